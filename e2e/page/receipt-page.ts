import { expect, type Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** A decision receipt, right after it was kept or later, for anybody who may read it. */
export class ReceiptPage extends PortalPage {
  static kept(visit: Visit): Promise<ReceiptPage> {
    return new ReceiptPage(visit, "You have kept this result").checked();
  }

  static shown(visit: Visit, sentence: string): Promise<ReceiptPage> {
    return new ReceiptPage(visit, sentence, /Receipt DEC-\w{4}-\w{4} – With Care$/).checked();
  }

  static open(visit: Visit, path: string, sentence: string): Promise<ReceiptPage> {
    return visit.page.goto(path).then(() => ReceiptPage.shown(visit, sentence));
  }

  async reference(): Promise<string> {
    const reference = /DEC-\w{4}-\w{4}/.exec(await this.main.innerText())?.[0] ?? "";
    expect(reference).not.toBe("");
    return reference;
  }

  /** Presses a button that disappears once it has worked; the address may stay the same. */
  async press(button: string): Promise<void> {
    await this.button(button).click();
    await expect(this.button(button)).toHaveCount(0);
  }

  button(name: string): Locator {
    return this.main.getByRole("button", { name, exact: true });
  }

  section(name: string): Locator {
    return this.main.getByRole("region", { name, exact: true });
  }
}
