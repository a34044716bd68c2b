import { expect, type Locator, type Page } from "@playwright/test";

const STOPS_AT_MOST = 120;

/** A person who uses only the keyboard, and must see where they are at every stop. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Presses Tab until the focus is on `goal`. */
  async tabTo(goal: Locator): Promise<void> {
    for (let stop = 0; stop < STOPS_AT_MOST; stop += 1) {
      await this.page.keyboard.press("Tab");
      await this.expectVisibleFocus();
      if (await goal.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab did not come to ${String(goal)} within ${STOPS_AT_MOST} stops.`);
  }

  async press(key: "Enter" | "Space" | "ArrowDown"): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Goes to a question's answers and chooses one with the arrow keys, as browsers do. */
  async choose(first: Locator, wanted: Locator): Promise<void> {
    await this.tabTo(first);
    await this.press("Space");
    while (!(await wanted.isChecked())) {
      await this.press("ArrowDown");
      await this.expectVisibleFocus();
      expect(await first.isChecked(), "the arrow keys came round without meeting the answer").toBe(false);
    }
  }

  /** Checks that the focused element, or the box around it, has an outline, is in the window, and is not covered. */
  async expectVisibleFocus(): Promise<void> {
    const seen = await this.page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return { what: "the page itself" };
      const around = focused.parentElement ?? focused;
      const isOutlined = [focused, around].some((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      });
      const { left, top, width, height } = focused.getClientRects()[0] ?? focused.getBoundingClientRect();
      const onTop = document.elementFromPoint(left + width / 2, top + height / 2);
      return {
        what: focused.outerHTML.slice(0, 160),
        isOutlined,
        isUncovered: onTop !== null && around.contains(onTop),
      };
    });
    if (seen.what === "the page itself") return; // between the last stop and the browser's own
    expect(seen).toEqual({ what: seen.what, isOutlined: true, isUncovered: true });
  }
}
