import { expect, type Locator, type Page } from "@playwright/test";
import { expectNoAxeViolations } from "../accessibility.ts";
import type { Visit } from "../visit.ts";

/** Where the main navigation leads, by its visible words. */
export type NavigationItem =
  | "Check a message"
  | "Tasks"
  | "Policies"
  | "Search"
  | "Report what went wrong"
  | "Matrix"
  | "Exceptions"
  | "All pages";

/** Any page of the portal. An instance means that its heading and title are there and axe finds nothing. */
export class PortalPage {
  readonly page: Page;
  readonly main: Locator;

  protected constructor(
    readonly visit: Visit,
    private readonly h1: string | RegExp,
    private readonly title: string | RegExp = h1,
  ) {
    this.page = visit.page;
    this.main = visit.page.getByRole("main");
  }

  /** Opens an address by hand, as a bookmark does. */
  static async openAt(
    visit: Visit,
    path: string,
    heading: string | RegExp,
    title?: string | RegExp,
  ): Promise<PortalPage> {
    await visit.page.goto(path);
    return new PortalPage(visit, heading, title).checked();
  }

  protected async checked(): Promise<this> {
    const { page, h1, title } = this;
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(h1); // one h1 and no second
    await expect(page).toHaveTitle(typeof title === "string" ? `${title} – With Care` : title);
    await expectNoAxeViolations(this.visit);
    return this;
  }

  /** Does something that leads to another address, and waits for it. */
  async follow(step: () => Promise<void>): Promise<void> {
    const before = this.page.url();
    await step();
    await this.page.waitForURL((url) => url.href !== before);
  }

  async followLink(name: string): Promise<void> {
    await this.follow(() => this.main.getByRole("link", { name, exact: true }).click());
  }

  /** Goes to one of the main places; the caller says which page to expect. */
  async goTo(place: NavigationItem): Promise<void> {
    await this.follow(() => this.mainNavigation.getByRole("link", { name: place }).click());
  }

  async signOut(): Promise<void> {
    await this.follow(() => this.page.getByRole("button", { name: "Sign out" }).click());
  }

  get mainNavigation(): Locator {
    return this.page.getByRole("navigation", { name: "Main" });
  }

  /** Path, query and fragment. */
  get address(): string {
    const { pathname, search, hash } = new URL(this.page.url());
    return pathname + search + hash;
  }

  /** Opens whatever is folded away. */
  async unfoldAll(): Promise<void> {
    await this.main.locator("details").evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
  }

  /** The facts on the page: what is beside each term. */
  async facts(): Promise<Record<string, string>> {
    const pairs = await this.main
      .getByRole("term")
      .evaluateAll((terms) => terms.map((term) => [term.textContent, term.nextElementSibling?.textContent ?? ""]));
    return Object.fromEntries(pairs) as Record<string, string>;
  }
}
