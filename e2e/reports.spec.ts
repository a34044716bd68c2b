import { giveAnswer } from "./acknowledgement-by-http.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { CLEVELAND_OPCC as POLICY } from "./policy.ts";

// The first team of the body; the second has a manager and people of its own.
const MINE = { name: "Ewan Imagineham", team: "Office Services" };
const OTHER = { name: "Hamza Sampleham", team: "Field Services" };

test("a line manager sees how the own team has answered, by name, and nobody else's", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
}) => {
  for (const { name } of [MINE, OTHER]) {
    const person = { ...employeeOf(POLICY), name };
    const answering = await HttpVisit.as(playwright.request, baseURL ?? "", person);
    await giveAnswer(answering, POLICY.slug, "accepted");
    await answering.dispose();
  }
  const home = await signInAs(inRole("Line manager", POLICY));
  await home.followLink("Your team's answers");
  const team = await PortalPage.openAt(visit, "/team", "Your team");
  await expect(team.main.getByText(MINE.team).first()).toBeVisible();
  await expect(team.main.getByRole("row").filter({ hasText: MINE.name })).toContainText("Accepted");
  await expect(team.main).not.toContainText(OTHER.name);
  await expect(team.main).not.toContainText(OTHER.team);
  const link = team.main.getByRole("link", { name: "Save all answers as a table (CSV)" });
  const file = await visit.page.request.get((await link.getAttribute("href")) ?? "");
  expect(file.headers()["content-disposition"]).toMatch(/attachment; filename="team-acknowledgements-[\d-]+\.csv"/);
  const text = await file.text();
  expect(text).toContain("Person,Team,Policy,Version,Answer");
  expect(text).toContain(`${MINE.name},${MINE.team},${POLICY.title},${POLICY.version},Accepted,`);
  expect(text).not.toContain(OTHER.name);
});

test("a governance officer sees counts by team, the small ones left out, and no names", async ({ visit, signInAs }) => {
  const home = await signInAs(inRole("Governance officer", POLICY));
  await home.followLink("Answers by team");
  const report = await PortalPage.openAt(visit, "/governance", "Who has answered");
  const table = report.main.getByRole("table", { name: `Answers on “${POLICY.title}”, version ${POLICY.version}` });
  for (const { team, name } of [MINE, OTHER]) {
    const row = table.getByRole("row").filter({ hasText: team });
    await expect(row).toBeVisible();
    // Three people to a team: no number of theirs may be told.
    expect(await row.getByRole("cell").allInnerTexts()).not.toContainEqual(expect.stringMatching(/^[1-4]$/));
    await expect(report.main).not.toContainText(name);
  }
  await expect(table).toContainText("fewer than 5");
  const link = report.main.getByRole("link", { name: "Save as a table (CSV)" }).first();
  const file = await visit.page.request.get((await link.getAttribute("href")) ?? "");
  expect(file.headers()["content-type"]).toContain("text/csv");
  const text = await file.text();
  expect(text).toContain(MINE.team);
  expect(text).toContain("fewer than 5");
  expect(text).not.toContain(MINE.name);
});
