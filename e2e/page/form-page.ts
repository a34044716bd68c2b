import { expect, type Locator } from "@playwright/test";
import type { Day } from "../day.ts";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** A page with a form, found by its visible text: its questions, labels and buttons. */
export class FormPage extends PortalPage {
  /** @param more what follows the heading in the title: the reference of a request */
  static at(visit: Visit, heading: string, more = ""): Promise<FormPage> {
    return new FormPage(visit, heading, `${heading}${more && `, ${more}`}`).checked();
  }

  /** A page whose title differs from its heading. */
  static titled(visit: Visit, heading: string, title: string): Promise<FormPage> {
    return new FormPage(visit, heading, title).checked();
  }

  /** The same page, returned with what has to be corrected. */
  static async refused(visit: Visit, heading: string, more = ""): Promise<FormPage> {
    const page = await new FormPage(visit, heading, `Error: ${heading}${more && `, ${more}`}`).checked();
    await expect(page.errorSummary).toContainText("There is a problem");
    await expect(page.page.locator(":focus")).toContainText("There is a problem");
    return page;
  }

  get errorSummary(): Locator {
    return this.main.getByRole("alert");
  }

  field(label: string): Locator {
    return this.main.getByRole("textbox", { name: label, exact: true });
  }

  group(legend: string): Locator {
    return this.main.getByRole("group", { name: legend, exact: true });
  }

  option(legend: string, label: string): Locator {
    return this.group(legend).getByRole("radio", { name: label, exact: true });
  }

  button(name: string): Locator {
    return this.main.getByRole("button", { name, exact: true });
  }

  async write(texts: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(texts)) await this.field(label).fill(text);
  }

  async choose(answers: Readonly<Record<string, string>>): Promise<void> {
    for (const [legend, label] of Object.entries(answers)) await this.option(legend, label).check();
  }

  async writeDay(legend: string, { day, month, year }: Pick<Day, "day" | "month" | "year">): Promise<void> {
    for (const [label, value] of Object.entries({ Day: day, Month: month, Year: year }))
      await this.group(legend).getByRole("textbox", { name: label, exact: true }).fill(value);
  }

  async press(button: string): Promise<void> {
    await this.follow(() => this.button(button).click());
  }
}
