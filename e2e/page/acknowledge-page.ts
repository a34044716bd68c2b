import { expect } from "@playwright/test";
import type { ExpectedPolicy } from "../policy.ts";
import type { Visit } from "../visit.ts";
import { FormPage } from "./form-page.ts";

/** Where people accept or decline their employer's policy. */
export class AcknowledgePage extends FormPage {
  static async open(visit: Visit, policy: ExpectedPolicy): Promise<AcknowledgePage> {
    await visit.page.goto(`/policies/${policy.slug}/acknowledge`);
    return AcknowledgePage.shown(visit, policy);
  }

  static shown(visit: Visit, { title }: ExpectedPolicy): Promise<AcknowledgePage> {
    return new AcknowledgePage(visit, `Your answer to “${title}”`).checked();
  }

  static async shownWithError(visit: Visit, { title }: ExpectedPolicy): Promise<AcknowledgePage> {
    const heading = `Your answer to “${title}”`;
    const page = await new AcknowledgePage(visit, heading, `Error: ${heading}`).checked();
    await expect(page.page.locator(":focus")).toContainText("There is a problem");
    return page;
  }

  async answer(answer: "I accept" | "I do not understand it" | "I cannot agree to it", reason = ""): Promise<void> {
    await this.main.getByRole("radio", { name: answer, exact: true }).check();
    if (reason) await this.write({ "What do you not understand, or why can you not agree?": reason });
    await this.press("Record my answer");
  }

  /** Sends what a page sends that was opened before another version was published. */
  async makeStale(): Promise<void> {
    await this.main.locator('input[name="hash"]').evaluate((input) => input.setAttribute("value", "0".repeat(64)));
  }
}
