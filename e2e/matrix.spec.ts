import { expect, test } from "./fixture.ts";
import { MatrixPage } from "./page/matrix-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH } from "./policy.ts";
import type { VerdictWord } from "./verdict.ts";

const COLLEAGUE = "A colleague";
const PARTNER = "An official partner or a councillor";
const CUSTOMER = "A customer or resident";
const PUBLIC = "The public";

/** The source's own table (S3.13 to S3.20). */
const SOURCE: readonly [row: string, sensitive: VerdictWord, nonSensitive: VerdictWord][] = [
  [COLLEAGUE, "Never", "With care"],
  [PARTNER, "Never", "With care"],
  [CUSTOMER, "Never", "Never"],
  [PUBLIC, "Never", "Through Communications"],
];

test("the matrix of Bromsgrove and Redditch says what the source's table says", async ({ visit, signInAs }) => {
  const home = await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await home.choose("See it in one table");
  const matrix = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  for (const [row, sensitive, nonSensitive] of SOURCE) {
    expect(await matrix.verdictsIn(row, "Sensitive"), `${row}, sensitive`).toEqual([sensitive]);
    expect(await matrix.verdictsIn(row, "I'm not sure"), `${row}, not sure`).toEqual([sensitive]);
    expect(await matrix.verdictsIn(row, "Not sensitive"), `${row}, not sensitive`).toEqual([nonSensitive]);
  }
  await expect(matrix.main).toContainText(
    "This holds when it is about times, places or cover, no approved channel could do it now",
  );
  await expect(await matrix.cell(COLLEAGUE, "Not sensitive")).toContainText("Changes if");
});

test("other assumptions change the cells, and the address keeps them", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
  await matrix.assume({ "Could an approved channel do it now?": "Yes" });

  const withAnother = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await withAnother.verdictsIn(COLLEAGUE, "Not sensitive")).toEqual(["Not recommended"]);
  expect(await withAnother.verdictsIn(COLLEAGUE, "Sensitive")).toEqual(["Never"]);
  expect(await withAnother.verdictsIn(CUSTOMER, "Not sensitive")).toEqual(["Never"]);
  expect(await withAnother.verdictsIn(PUBLIC, "Not sensitive")).toEqual(["Through Communications"]);
  await expect(withAnother.main).toContainText("an approved channel could do it now");

  await withAnother.assume({ "Is there an approved exception that covers it?": "Yes" });
  const withException = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await withException.verdictsIn(CUSTOMER, "Sensitive")).toEqual(["With care"]);
  await visit.page.reload();
  const reloaded = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await expect(reloaded.field("Could an approved channel do it now?")).toHaveValue("yes");
  expect(await reloaded.verdictsIn(CUSTOMER, "Sensitive")).toEqual(["With care"]);

  await reloaded.followLink("Back to the policy's own assumptions");
  await expect(visit.page).toHaveURL("/matrix?policy=bromsgrove-redditch");
  const own = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await own.verdictsIn(CUSTOMER, "Sensitive")).toEqual(["Never"]);
});

test("a cell opens why, and goes on into the questions with its answers", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const sentence = "Do not send it yourself. It goes through corporate Communications.";
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
  await matrix.openCell(PUBLIC, "Not sensitive");
  const opened = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await expect(opened.reason(sentence)).toBeInViewport();
  await expect(await opened.cell(PUBLIC, "Not sensitive")).toContainText("Selected");
  await opened.followLink("Read clause 3.8");
  await (await PolicyPage.shown(visit, BROMSGROVE_REDDITCH)).expectArrivedAt("3.8");
  await visit.page.goBack();
  const back = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await back.followLink("Go on with these answers");
  const result = await ResultPage.shown(visit, sentence);
  await result.expectVerdict("Through Communications");
  const lookedUp = expect.stringContaining("None that covers this");
  expect(await result.facts()).toMatchObject({
    For: PUBLIC,
    Sensitivity: "Not sensitive",
    "Approved exception": lookedUp,
  });
});
