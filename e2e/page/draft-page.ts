import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export type Part = "What you want to do, and why" | "For whom, and for how long" | "Risk assessment" | "Check and send";

/** A request as its requester works on it: its parts, and how far each is. */
export class DraftPage extends PortalPage {
  static async open(visit: Visit, reference: string): Promise<DraftPage> {
    await visit.page.goto(`/exceptions/${reference}`);
    return new DraftPage(visit, "Ask for an exception", `Ask for an exception, ${reference}`).checked();
  }

  /** The request just begun. */
  static begun(visit: Visit): Promise<DraftPage> {
    return new DraftPage(visit, "Ask for an exception", /^Ask for an exception, EX-.* – With Care$/).checked();
  }

  /** The same after a decider sent it back. */
  static sentBack(visit: Visit, reference: string): Promise<DraftPage> {
    return new DraftPage(visit, "Change your request", `Change your request, ${reference}`).checked();
  }

  get reference(): string {
    return /EX-\w{4}-\w{4}/.exec(this.address)?.[0] ?? "";
  }

  /** The row of a part, with its state and what a decider asked to change in it. */
  part(part: Part): Locator {
    return this.main.getByRole("listitem").filter({ hasText: new RegExp(`^${part}`) });
  }

  async go(part: Part): Promise<void> {
    await this.follow(() => this.part(part).getByRole("link").click());
  }
}
