import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import type { Visit } from "./visit.ts";

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PHONE_AT_MOST = 640;
/** What colours and width change. In the dark on a phone nothing else is looked at: wide and light, the page holds to all. */
const BY_COLOUR_AND_WIDTH = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];

/** What axe has looked at already in this worker: journeys pass the same kinds of page again and again. */
const lookedAt = new Set<string>();
/** References and keys in an address, which differ from journey to journey on one kind of page. */
const NAMES_IN_ADDRESS = /[A-Z]{2,3}-\w{4}-\w{4}|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=kept=)[^&]+/g;

/**
 * Runs axe over the page as it stands, unless it has seen a page of this address and these headings in this window and
 * these colours. Does nothing where JavaScript is off: axe would never come back.
 */
export async function expectNoAxeViolations({ page, hasJavaScript }: Visit): Promise<void> {
  if (!hasJavaScript) return;
  const seen = await page.evaluate(() => {
    const matches = (query: string) => matchMedia(query).matches;
    const colours = [matches("(prefers-color-scheme: dark)"), matches("(forced-colors: active)"), matches("print")];
    const headings = [...document.querySelectorAll("h1, h2, h3")].map(({ textContent }) => textContent);
    return [innerWidth, innerHeight, ...colours, location.pathname, location.search, ...headings].join(" ");
  });
  const kind = seen.replace(NAMES_IN_ADDRESS, "…");
  if (lookedAt.has(kind)) return;
  const window = page.viewportSize();
  const isPhone = window !== null && window.width <= PHONE_AT_MOST;
  // On a phone the navigation sticks to the lower edge, across whatever happens to lie there, and axe would call that
  // too small a target. One scrolls; axe gets a window as tall as the page.
  if (isPhone) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...window, height: Math.max(height, window.height) });
  }
  // The portal has no frames, so axe need not open a second tab to gather what it found in them: "legacy mode".
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const rules = isPhone && isDark ? axe.withRules(BY_COLOUR_AND_WIDTH) : axe.withTags(WCAG_2_2_AA);
  const { violations, passes } = await rules.analyze();
  if (isPhone) await page.setViewportSize(window);
  expect(passes, "checks that axe could run").not.toEqual([]);
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`,
  );
  expect(found, `what axe finds at ${page.url()}`).toEqual([]);
  lookedAt.add(kind);
}

/** The page is no wider than its window; where it is, says what sticks out. A drawing may be moved in a frame of its own. */
export async function expectNoSidewaysScrolling({ page }: Visit): Promise<void> {
  const found = await page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const widest = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
    const sticking = [...document.querySelectorAll("body *")].filter((element) => {
      if (element.closest("[role=region][tabindex='0']") !== null) return false;
      const { right, width } = element.getBoundingClientRect();
      return width > 1 && right > clientWidth + 1; // what is only read out is one pixel wide
    });
    return {
      tooWideBy: Math.max(0, widest - clientWidth),
      sticking: sticking.map(({ outerHTML }) => outerHTML.slice(0, 160)),
    };
  });
  expect(found, `what is wider than the window at ${page.url()}`).toEqual({ tooWideBy: 0, sticking: [] });
}
