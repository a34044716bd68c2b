import { type Action, can, type Role, ROLE_NAMES } from "../domain/access/permission/permission.ts";
import { expect, test } from "./fixture.ts";
import { HomePage } from "./page/home-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

test.use({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });

/** What each role opens from its desk in one step, and which line of the table of permissions lets it. */
const REGISTERS: readonly (readonly [link: string, path: string, action: Action])[] = [
  ["Reports of accidents", "/incidents", "incident.handle"],
  ["Register of breaches", "/incidents/breaches", "incident.read-breaches"],
  ["Decide on exceptions", "/exceptions/queue", "exception.decide"],
  ["Register of exceptions", "/exceptions/register", "exception.read-register"],
  ["Your team’s answers", "/team", "team.read"],
  ["Answers by name", "/governance/people", "acknowledgement.follow-up"],
  ["Campaigns", "/campaigns", "campaign.manage"],
  ["Register of chat groups", "/groups#register", "group.read-register"],
  ["Register of holds", "/holds", "hold.read-register"],
  ["Questions to answer", "/questions", "question.answer"],
  ["Drafts of policies", "/drafts", "policy.edit-draft"],
  ["What nobody found", "/questions/unfound", "question.answer"],
  ["The board’s report", "/board", "board.read"],
  ["People", "/admin/people", "person.manage"],
  ["Mail", "/admin/mail", "mail.manage"],
  ["Timed work", "/admin/jobs", "schedule.manage"],
  ["Health of the portal", "/admin/health", "health.read"],
  ["Evidence", "/evidence", "evidence.read"],
];

const DESKS = [
  "line-manager",
  "governance-officer",
  "policy-owner",
  "auditor",
  "senior-information-risk-owner",
  "administrator",
] as const satisfies readonly Role[];

for (const role of DESKS)
  test(`the desk of the ${ROLE_NAMES[role].toLowerCase()} has its registers one step away`, async ({
    visit,
    signInAs,
  }) => {
    const home = await signInAs(inRole(ROLE_NAMES[role], MODEL));
    const heading = visit.page.getByRole("heading", { level: 2, name: "Your desk" });
    const desk = home.main.locator("section").filter({ has: heading });
    await expect(desk).toContainText(ROLE_NAMES[role]);
    for (const [link, path, action] of REGISTERS) {
      const isTheirs = can({ roles: [role], body: "one" }, action, { body: "one" });
      const found = desk.getByRole("link", { name: link, exact: true });
      await expect(found, link).toHaveCount(isTheirs ? 1 : 0);
      if (!isTheirs) continue;
      expect(await found.getAttribute("href")).toBe(path);
      await home.follow(() => found.click());
      await expect(visit.page.getByRole("heading", { level: 1 }), path).not.toHaveText("Page not found");
      await HomePage.open(visit);
    }
  });

test("an employee has no desk: the check, tasks, the policy, what went wrong, and all pages one step behind", async ({
  visit,
  signInAs,
}) => {
  const home = await signInAs(employeeOf(MODEL));
  await expect(home.main.getByRole("heading", { name: "Your desk" })).toHaveCount(0);
  expect(await home.main.getByRole("link").count()).toBeLessThan(12);
  const bar = home.mainNavigation.getByRole("link");
  await expect(bar.filter({ visible: true })).toHaveText([/^Check/, /^Tasks/, "Policies", "Search", /^Report/]);
  await home.main.getByRole("searchbox", { name: "Say it in your own words" }).fill("voice note to the team");
  await home.follow(() => home.main.getByRole("button", { name: "Find" }).click());
  await expect(visit.page.getByRole("heading", { level: 1 })).toHaveText("What fits your question");
  const more = await PortalPage.openAt(visit, "/more", "All pages");
  await more.followLink("Ask for an exception");
});

test("what nobody found reaches the policy owner: as a number, and in words only with the asker’s tick", async ({
  visit,
  signInAs,
}) => {
  await signInAs(employeeOf(MODEL));
  const nothing = await PortalPage.openAt(visit, "/search?q=xyzzyqplugh", "Search the policies", /Search: xyzzyqplugh/);
  await nothing.followLink("Tell the policy owner what you looked for");
  const form = visit.page.getByRole("main");
  await expect(form.getByLabel("What you looked for")).toHaveValue("xyzzyqplugh");
  await form.getByLabel("The policy owner may read these words, without my name").check();
  await nothing.follow(() => form.getByRole("button", { name: "Tell the policy owner" }).click());
  await expect(visit.page.getByRole("heading", { level: 1 })).toHaveText("The policy owner can see it now");

  await signInAs(inRole("Policy owner", MODEL));
  const page = await PortalPage.openAt(visit, "/questions/unfound", "What people did not find");
  await expect(page.main.getByRole("table", { name: "Words that found nothing" })).toContainText("xyzzyqplugh");
});
