import type { Page } from "@playwright/test";

/** A browser tab, and whether pages in it can run scripts. */
export interface Visit {
  readonly page: Page;
  readonly hasJavaScript: boolean;
}
