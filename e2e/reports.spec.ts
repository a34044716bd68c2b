import { giveAnswer } from "./acknowledgement-by-http.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { FormPage } from "./page/form-page.ts";
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
  await home.followLink("Your team’s answers");
  const team = await PortalPage.openAt(visit, "/team", "Your team");
  await expect(team.main.getByText(MINE.team).first()).toBeVisible();
  await expect(team.main.getByRole("row").filter({ hasText: MINE.name })).toContainText("Accepted");
  await expect(team.main).not.toContainText(OTHER.name);
  await expect(team.main).not.toContainText(OTHER.team);
  const states = team.main.getByRole("combobox", { name: "State" });
  await states.selectOption("acknowledged");
  await team.follow(() => team.main.getByRole("button", { name: "Apply" }).click());
  await expect(team.main.getByRole("row").filter({ hasText: MINE.name })).toContainText("Accepted");
  await expect(team.main.getByRole("table", { name: /^Your people/ })).not.toContainText("Not answered yet");
  const link = team.main.getByRole("link", { name: "Save this list as a file (CSV)" });
  const file = await visit.page.request.get((await link.getAttribute("href")) ?? "");
  expect(file.headers()["content-disposition"]).toMatch(/attachment; filename="team-acknowledgements-[\d-]+\.csv"/);
  const text = await file.text();
  expect(text).toContain("Person,E-mail,Team,Policy,Version,Answer");
  expect(text).toMatch(
    new RegExp(`${MINE.name},[^,]+@[^,]+,${MINE.team},${POLICY.title},v${POLICY.version},Accepted,`),
  );
  expect(text).not.toContain(OTHER.name);
});

test("a governance officer sees counts by team, then the names, and reminds who has not answered", async ({
  visit,
  signInAs,
}) => {
  const home = await signInAs(inRole("Governance officer", POLICY));
  await home.followLink("Answers by team");
  const report = await PortalPage.openAt(visit, "/governance", "Who has answered");
  const table = report.main.getByRole("table", { name: `Answers on “${POLICY.title}”, version ${POLICY.version}` });
  for (const { team, name } of [MINE, OTHER]) {
    await expect(table.getByRole("row").filter({ hasText: team })).toBeVisible();
    await expect(report.main).not.toContainText(name);
  }
  const link = report.main.getByRole("link", { name: "Save as a table (CSV)" }).first();
  const file = await visit.page.request.get((await link.getAttribute("href")) ?? "");
  expect(file.headers()["content-type"]).toContain("text/csv");
  const text = await file.text();
  expect(text).toContain(MINE.team);
  expect(text).not.toContain(MINE.name);

  await report.follow(() => table.getByRole("link", { name: OTHER.team }).click());
  const people = await FormPage.at(visit, "Who has answered, by name");
  await expect(people.main.getByRole("row").filter({ hasText: OTHER.name })).toContainText("Accepted");
  await expect(people.main).not.toContainText(MINE.name);
  await people.press("Remind those ticked");
  const refused = await FormPage.refused(visit, "Who has answered, by name");
  await expect(refused.errorSummary).toContainText("Choose at least one person to remind.");
  const first = refused.main.getByRole("checkbox").first();
  await first.check();
  await refused.press("Remind those ticked");
  await expect(visit.page.getByRole("main")).toContainText("One person is reminded");
  const again = await FormPage.at(visit, "Who has answered, by name");
  await again.main.getByRole("checkbox").first().check();
  await again.press("Remind those ticked");
  await expect(visit.page.getByRole("main")).toContainText("1 was reminded today already");
});

test("a policy owner, who does not see counts by team, sees the names and goes back home", async ({
  visit,
  signInAs,
}) => {
  await signInAs(inRole("Policy owner", POLICY));
  const people = await PortalPage.openAt(visit, "/governance/people", "Who has answered, by name");
  await expect(people.main.getByRole("link", { name: "Answers by team" })).toHaveCount(0);
  await expect(people.main.getByRole("link", { name: "Home", exact: true })).toHaveAttribute("href", "/");
});
