import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { ResultPage } from "./page/result-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH, CLEVELAND_OPCC, HOME_WORKING_COUNCIL, MODEL, NAO, NOTTINGHAM } from "./policy.ts";
import { VERDICT_WORDS } from "./verdict.ts";

/** A result of each policy, those with the most to say among them. */
const RESULTS = [
  { of: NAO, query: "policy=nao&device=personal&purpose=file&audience=partner&content=non-sensitive" },
  { of: NOTTINGHAM, query: "policy=nottingham&audience=citizen&purpose=forward&content=non-sensitive" },
  {
    of: BROMSGROVE_REDDITCH,
    query:
      "policy=bromsgrove-redditch&audience=colleague&purpose=logistics&content=non-sensitive&alternative=yes&publishable=yes",
  },
  { of: BROMSGROVE_REDDITCH, query: "policy=bromsgrove-redditch&audience=citizen&purpose=forward&content=sensitive" },
  {
    of: HOME_WORKING_COUNCIL,
    query: "policy=home-working-council&audience=colleague&purpose=call&content=non-sensitive",
  },
  { of: CLEVELAND_OPCC, query: "policy=cleveland-opcc&audience=colleague&purpose=logistics&chat=one-to-one" },
  { of: MODEL, query: "policy=model&app=covered&audience=child" },
  { of: MODEL, query: "policy=model&app=covered&audience=colleague&purpose=file&content=non-sensitive" },
];

/** Most pixels of a result on a phone; it was 2,300 to 3,700. */
const MOST_HIGH = 1_700;

test.describe("on a phone, without JavaScript", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test("a result has verdict, what to do instead and the answers on its first screen, and is short", async ({
    visit,
    signInAs,
  }) => {
    test.slow(); // a sign-in for each policy
    for (const { of, query } of RESULTS)
      await test.step(query, async () => {
        await signInAs(employeeOf(of));
        await visit.page.goto(`/check?${query}`);
        const main = visit.page.getByRole("main");
        const end = await firstScreenEnd(visit.page);
        const words = main.getByText(new RegExp(`^(${VERDICT_WORDS.join("|")})$`)).first();
        const instead = main.getByRole("heading", { name: /^(What to use instead|What to do now|You could also)$/ });
        const changes = main.getByRole("link", { name: /^Change the answer to: / });
        const onFirst = [words, main.getByRole("heading", { level: 1 }), changes.first(), changes.last()];
        for (const one of [...onFirst, ...((await instead.count()) > 0 ? [instead] : [])]) {
          const box = await one.boundingBox();
          expect((box?.y ?? Infinity) + (box?.height ?? 0), await one.textContent().then(String)).toBeLessThanOrEqual(
            end,
          );
        }
        const height = await visit.page.evaluate(() => document.documentElement.scrollHeight);
        expect(height, "pixels").toBeLessThanOrEqual(MOST_HIGH);
      });
  });

  test("what to use instead stands above what to mind if one still needs to", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(NOTTINGHAM));
    const result = await ResultPage.open(
      visit,
      "policy=nottingham&audience=citizen&purpose=forward&content=non-sensitive",
      "Do not forward it if you can avoid that. If you still need to, mind the points below.",
    );
    await expect(result.main.getByRole("heading", { level: 2 }).filter({ hasText: /instead|still need/ })).toHaveText([
      "What to use instead",
      "If you still need to",
    ]);
  });

  test("“Was this an answer?” takes one press, thanks, and goes back", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(MODEL));
    const query = "policy=model&app=covered&audience=child";
    await visit.page.goto(`/check?${query}`);
    const result = await ResultPage.shownAnyhow(visit);
    await result.follow(() => result.main.getByRole("button", { name: "No", exact: true }).click());
    const thanks = await PortalPage.openAt(visit, result.address, "Thank you");
    expect(thanks.address).toBe(`/check/helped?${query}&said=no`);
    await expect(thanks.main.getByRole("link", { name: "Write to the policy owner" })).toBeVisible();
    await thanks.followLink("Back to the result");
    expect((await ResultPage.shownAnyhow(visit)).address).toBe(`/check?${query}`);
  });

  test("a lost phone is reported with the number to ring, or who has to add it", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(MODEL));
    await visit.page.goto("/incidents/new?kind=device");
    const main = visit.page.getByRole("main");
    await expect(main.getByRole("link", { name: "01632 960199" })).toHaveAttribute("href", "tel:01632960199");
    await signInAs(employeeOf(NAO));
    await visit.page.goto("/incidents/new?kind=device");
    await expect(main).toContainText("Your employer names no IT service desk here");
    await expect(main).toContainText("content/bodies/nao.yaml");
  });
});

/** Where the first screen ends: the navigation at the bottom edge covers what is under it. */
async function firstScreenEnd(page: Page): Promise<number> {
  const navigation = await page.getByRole("navigation", { name: "Main" }).boundingBox();
  return navigation?.y ?? 844;
}
