import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { AboutPage } from "./page/about-page.ts";
import { FormPage } from "./page/form-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { CLEVELAND_OPCC, MODEL, NOTTINGHAM, POLICIES } from "./policy.ts";

const HEADING = "How each statement is covered";
const SURVEYS = { tag: "@feature:surveys" };
const AROUND = {
  tag: [
    "@feature:scope-box",
    "@feature:channels",
    "@feature:contacts",
    "@feature:related-policies",
    "@feature:reviews",
  ],
};

// Without JavaScript.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("from a policy to its statements, and to where one of them is served", SURVEYS, async ({ visit, signInAs }) => {
    const owner = inRole("Policy owner", NOTTINGHAM);
    await signInAs(owner);
    await (await AboutPage.open(visit, NOTTINGHAM)).followLink("See how each statement is covered");
    const title = `${HEADING}: ${NOTTINGHAM.title}, version ${NOTTINGHAM.version} – With Care`;
    const all = await PortalPage.openAt(visit, `/policies/nottingham/coverage`, HEADING, new RegExp(`^${title}$`));
    await expect(all.main.getByRole("row")).toHaveCount(34); // its 33 statements, and the head
    await expect(all.main.getByRole("status")).toContainText("All 33 statements.");
    await expect(all.main.getByRole("row").filter({ hasText: /^S2\.20/ })).toContainText("Captured records");
    await all.followLink("Served by the portal 13");
    const served = await PortalPage.openAt(visit, all.address, HEADING, new RegExp(`^${title}$`));
    await expect(served.main.getByRole("row")).toHaveCount(14);
    await served.main.getByRole("row").filter({ hasText: "S2.30" }).getByRole("link", { name: "Checks held" }).click();
    const register = await PortalPage.openAt(visit, "/checks-held", "Checks held");
    await register.followLink("Record a check");

    const form = await FormPage.at(visit, "Record a check");
    await form.press("Record the check");
    const refused = await FormPage.refused(visit, "Record a check");
    await refused.choose({ "What was it?": "Survey" });
    await refused.writeDay("When was it held?", { day: "10", month: "1", year: "2026" });
    await refused.write({
      "Who held it?": "Information governance",
      "Who took part?": "40 of 60 in Housing",
      "What was the result?": "Most knew that calls are out.",
    });
    await refused.press("Record the check");
    const done = await FormPage.at(visit, "You have recorded the check");
    const reference = /SUR-\w{4}-\w{4}/.exec(visit.page.url())?.[0] ?? "";
    expect(await done.facts()).toMatchObject({ Kind: "Survey", "Who took part": "40 of 60 in Housing" });
    await signInAs(inRole("Auditor", NOTTINGHAM));
    const read = await PortalPage.openAt(visit, "/checks-held", "Checks held");
    await expect(read.main.getByRole("row").filter({ hasText: reference })).toContainText("10 January 2026");
    await expect(read.main.getByRole("link", { name: "Record a check" })).toHaveCount(0);
  });
});

test("the policy without a source lists its clauses, of each version", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(MODEL));
  const old = await PortalPage.openAt(
    visit,
    "/policies/model/coverage?version=1.0",
    HEADING,
    /version 1\.0 – With Care$/,
  );
  await expect(old.main).toContainText("has no source");
  const asked = "/policies/model/coverage?version=2.1&feature=records";
  const filtered = await PortalPage.openAt(visit, asked, HEADING, /version 2\.1 – With Care$/);
  await expect(filtered.main.getByRole("row").filter({ hasText: "8.2" })).toContainText("Captured records");
});

test("every feature that a policy names has its home", async ({ playwright, baseURL }) => {
  const homes = new Set<string>();
  for (const { slug, body } of POLICIES) {
    const officer = await HttpVisit.as(playwright.request, baseURL ?? "", { role: "Governance officer", body });
    const { text } = await officer.get(`/policies/${slug}/coverage`);
    const table = text.slice(text.indexOf("<tbody"), text.indexOf("</tbody"));
    const hrefs = new Set([...table.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href));
    for (const href of [...hrefs].filter((one) => !/\/(versions|outcomes)\b/.test(one))) {
      const [path = "", anchor] = href.split("#");
      const home = await officer.get(path.replaceAll("&amp;", "&"));
      expect(home.status, path).toBe(200);
      if (anchor) expect(home.text, `${path}#${anchor}`).toContain(`id="${anchor}"`);
      homes.add(path);
    }
    await officer.dispose();
  }
  expect([...homes].sort()).toEqual(expect.arrayContaining(["/checks-held", "/exceptions", "/records"]));
});

test(
  "around a policy's text stand its scope, channels, contacts, related policies and review",
  AROUND,
  async ({ visit, signInAs }) => {
    await signInAs(inRole("Governance officer", CLEVELAND_OPCC));
    const page = await PolicyPage.open(visit, CLEVELAND_OPCC);
    const facts = await page.facts();
    for (const term of ["Apps", "Devices", "People", "Related policies", "Next review by"])
      expect(facts[term], term).toBeTruthy();
    const channels = page.main.getByRole("table", { name: "Approved channels" }).getByRole("row");
    expect(await channels.count()).toBeGreaterThan(1);
    const contacts = page.main.locator("section", {
      has: visit.page.getByRole("heading", { name: "Channels and contacts" }),
    });
    await expect(contacts.getByRole("term").first()).toBeVisible();
    const calendar = await visit.page.request.get("/policies/reviews.ics");
    expect(await calendar.text()).toContain("BEGIN:VCALENDAR");
  },
);
