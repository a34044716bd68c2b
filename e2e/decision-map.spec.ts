import { expect, test } from "./fixture.ts";
import { MapPage } from "./page/map-page.ts";
import { OutcomesPage } from "./page/outcomes-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf } from "./person.ts";
import { NOTTINGHAM, POLICIES } from "./policy.ts";

const SENTENCE = "Do not forward it if you can avoid that. If you still need to, mind the points below.";
const ANSWERS = "audience=citizen&purpose=forward&content=non-sensitive";

// Pages without a script of their own send none: with and without JavaScript is the same journey.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the way to a result is marked there, and on the map", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(NOTTINGHAM));
    const result = await ResultPage.open(visit, `policy=nottingham&${ANSWERS}`, SENTENCE);
    await expect(result.main.getByRole("heading", { name: "How you got this answer" })).toBeVisible();
    const steps = result.main.getByRole("list").filter({ hasText: "Forwarding a message" }).first();
    await expect(steps).toContainText("Who is it for? A citizen");
    await expect(steps).toContainText("A colleague: Not covered");
    await result.followLink("See these answers on the map of all questions");
    const map = await MapPage.shown(visit);
    expect(map.address).toBe(`/policies/nottingham/map?version=1.1.1&${ANSWERS}`);
    await expect(map.main).toContainText("Your answers are marked: 1 → 4 → ");
    await expect(map.inWords(1)).toContainText("Your answers");
    await expect(map.inWords(1)).toContainText("A citizen: go to 4 (your answer)");
    await expect(map.drawing.getByText("Your answers").first()).toBeVisible();
    await map.followLink("Back to the result");
    await ResultPage.shown(visit, SENTENCE);
  });
});

test("the map and its words lead on to each other, the outcomes and the questions", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NOTTINGHAM));
  await (await OutcomesPage.open(visit, "nottingham")).followLink("See it as a map of questions");
  const map = await MapPage.shown(visit);
  await expect(map.main.getByRole("img", { name: /^Map of 7 questions\./ })).toBeVisible();
  await expect(map.main).not.toContainText("Your answers");
  await map.inWords(1).getByRole("link", { name: "go to 2" }).click();
  await expect(visit.page).toHaveURL(/#question-2$/);
  await MapPage.open(visit, "nottingham", "?audience=citizen");
  await (await MapPage.shown(visit)).followLink("Go on");
  await QuestionPage.shown(visit, "What is the message for?");
});

for (const { width, name } of [
  { width: 1280, name: "a desk" },
  { width: 390, name: "a phone" },
  { width: 320, name: "a small phone" },
])
  test.describe(`on ${name}`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("no text of any map is small, cut, or wider than its place", async ({ visit, signInAs }) => {
      test.slow(); // one map for each policy
      await signInAs(employeeOf(NOTTINGHAM));
      for (const { slug } of POLICIES) {
        const map = await MapPage.openToMeasure(visit, slug);
        const faults = await map.drawing.evaluate((svg) => {
          const scale = svg.getBoundingClientRect().width / Number(svg.getAttribute("width"));
          const found: string[] = [];
          const whole = svg.getBoundingClientRect();
          for (const text of svg.querySelectorAll("text")) {
            const size = Number.parseFloat(getComputedStyle(text).fontSize) * scale;
            if (size < 15) found.push(`${text.textContent}: ${size} px`);
            const box = text.getBoundingClientRect();
            const own = text.parentElement?.querySelector(":scope > rect:not(.fill-ink)");
            const outer = own ? own.getBoundingClientRect() : whole;
            if (box.left < outer.left - 1 || box.right > outer.right + 1) found.push(`${text.textContent}: too wide`);
          }
          return found;
        });
        expect(faults, slug).toEqual([]);
        const overflow = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, slug).toBeLessThanOrEqual(0);
      }
    });
  });
