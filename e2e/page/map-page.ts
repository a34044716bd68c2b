import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** The map of a version's questions. */
export class MapPage extends PortalPage {
  static async open(visit: Visit, slug: string, query = ""): Promise<MapPage> {
    await visit.page.goto(`/policies/${slug}/map${query}`);
    return MapPage.shown(visit);
  }

  /** To measure only the drawing, without checking the page around it. */
  static async openToMeasure(visit: Visit, slug: string): Promise<MapPage> {
    await visit.page.goto(`/policies/${slug}/map`);
    return new MapPage(visit, "Map of the questions", /^Map of the questions: /);
  }

  static shown(visit: Visit): Promise<MapPage> {
    return new MapPage(visit, "Map of the questions", /^Map of the questions: /).checked();
  }

  /** The drawing that this window shows. */
  get drawing(): Locator {
    return this.main.locator("svg.map").filter({ visible: true });
  }

  /** A question of the list in words. */
  inWords(number: number): Locator {
    return this.main.locator(`#question-${number}`);
  }
}
