import { expect } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export type Decision = "Approve" | "Ask for changes" | "Decline";

/** A request that was sent, for those who may read it in full; or the permission, for those it covers. */
export class RequestPage extends PortalPage {
  static async open(visit: Visit, reference: string): Promise<RequestPage> {
    await visit.page.goto(`/exceptions/${reference}`);
    return RequestPage.shown(visit, reference);
  }

  static shown(visit: Visit, reference: string): Promise<RequestPage> {
    return new RequestPage(visit, `Exception ${reference}`).checked();
  }

  async decide(decision: Decision): Promise<void> {
    await this.followLink(decision);
  }

  async expectState(state: string): Promise<void> {
    await expect(this.main.getByText(state, { exact: true }).first()).toBeVisible();
  }

  /** The steps so far, oldest first, by their titles. */
  async steps(): Promise<string[]> {
    const history = this.main.getByRole("heading", { name: "What happened" }).locator("..");
    const steps = await history.getByRole("listitem").allInnerTexts();
    return steps.map((words) => words.split("\n")[0] ?? "");
  }
}
