import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";
import type { Visit } from "./visit.ts";

const WCAG_2_2_AA: axe.RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const PHONE_AT_MOST = 640;
/** What colours and width change. In the dark on a phone nothing else is looked at: wide and light, the page holds to all. */
const BY_COLOUR_AND_WIDTH: axe.RunOnly = {
  type: "rule",
  values: ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
};

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/**
 * A file for each kind of page on which axe found nothing: tests visit the same ones again and again, in all workers.
 */
const LOOKED_AT = path.join(process.env["E2E_DATA_DIR"] ?? "", "looked-at");
/** For what is in order, only that it was checked; and no selectors for what is shown in full. */
const IN_SHORT: axe.RunOptions = { resultTypes: ["violations"], selectors: false };
/** References and keys in an address, which differ between tests on the same kind of page. */
const NAMES_IN_ADDRESS = /[A-Z]{2,3}-\w{4}-\w{4}|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=kept=)[^&]+/g;

/**
 * Runs axe over the current page, unless it has checked a page with this address and these headings at this width and
 * in these colours. Does nothing if JavaScript is off: axe would never return.
 */
export async function expectNoAxeViolations({ page, hasJavaScript }: Visit): Promise<void> {
  if (!hasJavaScript) return;
  const seen = await page.evaluate(() => {
    const matches = (query: string) => matchMedia(query).matches;
    const colours = [matches("(prefers-color-scheme: dark)"), matches("(forced-colors: active)"), matches("print")];
    const headings = [...document.querySelectorAll("h1, h2, h3")].map(({ textContent }) => textContent);
    return [innerWidth, ...colours, location.pathname, location.search, ...headings].join(" ");
  });
  const kind = createHash("sha256").update(seen.replace(NAMES_IN_ADDRESS, "…")).digest("hex");
  const mark = path.join(LOOKED_AT, kind);
  if (existsSync(mark)) return;
  const window = page.viewportSize();
  const isPhone = window !== null && window.width <= PHONE_AT_MOST;
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const { violations, passes } = await runAxe(page, isPhone && isDark ? BY_COLOUR_AND_WIDTH : WCAG_2_2_AA);
  expect(passes, "checks that axe could run").not.toEqual([]);
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`,
  );
  expect(found, `what axe finds at ${page.url()}`).toEqual([]);
  mkdirSync(LOOKED_AT, { recursive: true });
  writeFileSync(mark, "");
}

/** The portal has no frames: axe runs in the page itself, injected once for as long as the page stays. */
async function runAxe(page: Page, runOnly: axe.RunOnly): Promise<axe.AxeResults> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate((options) => window.axe.run(document, options), { ...IN_SHORT, runOnly });
}

/**
 * Checks that the page is no wider than its window; if it is, says what sticks out. A drawing may scroll in its own
 * frame.
 */
export async function expectNoSidewaysScrolling({ page }: Visit): Promise<void> {
  const found = await page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const widest = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
    const sticking = [...document.querySelectorAll("body *")].filter((element) => {
      if (element.closest("[role=region][tabindex='0']") !== null) return false;
      const { right, width } = element.getBoundingClientRect();
      return width > 1 && right > clientWidth + 1; // visually hidden text is one pixel wide
    });
    return {
      tooWideBy: Math.max(0, widest - clientWidth),
      sticking: sticking.map(({ outerHTML }) => outerHTML.slice(0, 160)),
    };
  });
  expect(found, `what is wider than the window at ${page.url()}`).toEqual({ tooWideBy: 0, sticking: [] });
}
