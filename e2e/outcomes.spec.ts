import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { AboutPage } from "./page/about-page.ts";
import { MatrixPage } from "./page/matrix-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { OutcomesPage } from "./page/outcomes-page.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL, NOTTINGHAM } from "./policy.ts";

const SITUATIONS = 450;

// Pages without a script of their own send none: with and without JavaScript is the same journey.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("every situation is in the rows, and filters keep the sums right", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(NOTTINGHAM));
    await (await AboutPage.open(visit, NOTTINGHAM)).followLink("See every outcome");
    const all = await OutcomesPage.shown(visit);
    expect(await all.situations()).toBe(SITUATIONS);
    await expect(all.count).toHaveText(/^All 450 situations in \d+ rows\.$/);
    expect(await all.facts()).toMatchObject({
      Situations: expect.stringMatching(/^450/),
      Undecided: expect.stringMatching(/^0 As it should be/),
      Unreachable: expect.stringMatching(/^0 As it should be/),
      Uncited: expect.stringMatching(/^0 As it should be/),
      Laxer: expect.stringMatching(/^0 As it should be/),
    });
    await expect(all.main).toContainText(/Proven on .*\. ?Content hash \(SHA-256\): [0-9a-f]{64}/);

    const citizens = await all.filter({ "Who is it for?": "A citizen" });
    expect(citizens.address).toContain("audience=citizen");
    expect(await citizens.situations()).toBe(SITUATIONS / 5);
    await expect(citizens.count).toContainText("90 situations in");
    const careful = await citizens.choose("With care");
    expect(careful.address).toBe("/policies/nottingham/outcomes?version=1.1.1&audience=citizen&verdict=with-care");
    await expect(careful.rows).toHaveCount(1);
    await expect(careful.rows).toContainText("no other means reaches the citizen");
    await careful.followLink("2.6");
    await expect(visit.page).toHaveURL(/\/policies\/nottingham\/versions\/1\.1\.1#clause-2\.6$/);
  });
});

test("each version has its outcomes, and the matrix leads to them", async ({ visit, signInAs, expectNotFound }) => {
  await signInAs(employeeOf(MODEL));
  await (await MatrixPage.open(visit, MODEL)).followLink("See every outcome in one list");
  const current = await OutcomesPage.shown(visit);
  expect(await current.situations()).toBe(43200);
  await current.followLink("Version 1.0");
  const old = await OutcomesPage.shown(visit);
  expect(old.address).toBe("/policies/model/outcomes?version=1.0");
  expect(await old.situations()).toBe(8100);
  const address = "/policies/model/outcomes?version=9.9";
  expectNotFound(address);
  await NotFoundPage.open(visit, address);
});

test("the files say the same as the page, with version and hash inside", async ({ playwright, baseURL }) => {
  const program = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(BROMSGROVE_REDDITCH));
  const query = "?version=1.1&audience=citizen&content=non-sensitive";
  const json = JSON.parse((await program.get(`/policies/nottingham/outcomes.json${query}`)).text) as {
    hash: string;
    situations: number;
    rows: { situations: number; verdict: string; clauses: string[] }[];
    proof: Record<string, unknown>;
  };
  expect(json).toMatchObject({ policy: "nottingham", version: "1.1", filter: { verdict: null }, situations: 30 });
  expect(json.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(json.proof).toMatchObject({ situations: 450, undecided: 0, unreachable: 0, uncited: 0, laxer: 0 });
  expect(json.rows.reduce((sum, row) => sum + row.situations, 0)).toBe(30);
  expect(json.rows.every(({ clauses }) => clauses.length > 0)).toBe(true);
  const lines = async (file: string) => {
    const { status, text } = await program.get(`/policies/nottingham/${file}${query}`);
    expect(status).toBe(200);
    return text.trimEnd().split("\r\n");
  };
  const rows = await lines("outcomes.csv");
  expect(rows).toHaveLength(1 + json.rows.length);
  expect(rows[1]).toContain(`nottingham,v1.1,${json.hash}`);
  const situations = await lines("situations.csv");
  expect(situations).toHaveLength(1 + 30);
  expect(situations[1]).toContain(`nottingham,v1.1,${json.hash}`);
  for (const file of ["outcomes.csv", "outcomes.json", "situations.csv"])
    for (const path of [`/policies/nowhere/${file}`, `/policies/nottingham/${file}?version=9.9`])
      expect((await program.get(path)).status, path).toBe(404);
  await program.dispose();
});
