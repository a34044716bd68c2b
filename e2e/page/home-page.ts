import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** The cards of the start page, by their visible words. */
export type Card = "Check a message" | "Read the policy" | "See your tasks" | "Something went wrong";

export class HomePage extends PortalPage {
  static async open(visit: Visit): Promise<HomePage> {
    await visit.page.goto("/");
    return HomePage.shown(visit);
  }

  static shown(visit: Visit): Promise<HomePage> {
    return new HomePage(visit, "What do you need to do?").checked();
  }

  async choose(card: Card): Promise<void> {
    await this.followLink(card);
  }
}
