import { expect, test } from "./own-portal.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { addDraft } from "./proposal-by-http.ts";
import { inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const { slug, title } = MODEL;
const NEXT = "3.9";
const HEADING = `Publish version ${NEXT}`;

test("a version is proposed, signed by somebody else, and published from the portal", async ({
  visit,
  signInAs,
  portal: { content },
}) => {
  test.slow(); // three people
  addDraft(content, { slug, from: "3.0", version: NEXT, body: "example-borough" });
  const shown = () => FormPage.titled(visit, HEADING, `${HEADING}: ${title}`);

  await test.step("its author sees what it changes and who signs, and proposes it", async () => {
    await signInAs(inRole("Policy owner", MODEL));
    await expect(async () => {
      await visit.page.goto("/proposals");
      await expect(visit.page.getByRole("link", { name: `Propose version ${NEXT}` })).toBeVisible({ timeout: 500 });
    }).toPass();
    await (await PortalPage.openAt(visit, "/proposals", "Versions to publish")).followLink(`Propose version ${NEXT}`);
    const proposing = await FormPage.at(visit, `Propose version ${NEXT}`);
    await expect(proposing.main).toContainText("It is minor.");
    await proposing.press("Ask for the signatures");
    const refused = await FormPage.refused(visit, `Propose version ${NEXT}`);
    await refused.write({ "What does it change, and why?": "Clearer words." });
    await refused.press("Ask for the signatures");
    const proposal = await shown();
    await expect(proposal.main).toContainText("One signature is missing");
    await expect(proposal.button(`Sign version ${NEXT}`)).toHaveCount(0);
  });

  await test.step("a governance officer has a task, reads the differences, and signs", async () => {
    await signInAs(inRole("Governance officer", MODEL));
    await (await TasksPage.open(visit)).begin(`Sign “${title}”, version ${NEXT}, or send it back`);
    const proposal = await shown();
    await expect(proposal.main).toContainText("Clearer words.");
    await expect(
      proposal.main.getByRole("link", { name: /^Every situation and every word that changes/ }),
    ).toBeVisible();
    await proposal.button(`Sign version ${NEXT}`).click(); // and back to the same page
    await expect(visit.page.getByText("Everybody who has to has signed it.")).toBeVisible();
    await expect((await shown()).main).toContainText("Everybody who has to has signed it.");
  });

  await test.step("the author publishes it, and everybody reads it", async () => {
    await signInAs(inRole("Policy owner", MODEL));
    await (await TasksPage.open(visit)).begin(`Publish “${title}”, version ${NEXT}`);
    await (await shown()).button(HEADING).click();
    await expect(visit.page.getByRole("main").getByText("Published", { exact: true })).toBeVisible();
    await expect((await shown()).main).toContainText("Published");
    await signInAs(inRole("Employee", MODEL));
    await visit.page.goto(`/policies/${slug}/versions/${NEXT}`);
    await expect(visit.page.getByRole("main")).not.toContainText("Not published yet");
    await expect(visit.page.getByRole("main")).toContainText(`ersion ${NEXT}`);
  });
});

test("a change after a signature makes it void, and the page says so", async ({
  visit,
  signInAs,
  portal: { content },
}) => {
  addDraft(content, { slug, from: "3.0", version: "4.0", body: "example-borough" });
  await signInAs(inRole("Policy owner", MODEL));
  await expect(async () => {
    await visit.page.goto("/proposals");
    await expect(visit.page.getByRole("link", { name: "Propose version 4.0" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await (await PortalPage.openAt(visit, "/proposals", "Versions to publish")).followLink("Propose version 4.0");
  const proposing = await FormPage.at(visit, "Propose version 4.0");
  await proposing.write({ "What does it change, and why?": "More." });
  await proposing.press("Ask for the signatures");
  const heading = "Publish version 4.0";
  const proposal = await FormPage.titled(visit, heading, `${heading}: ${title}`);
  const where = proposal.address;
  addDraft(content, { slug, from: "2.1", version: "4.0", body: "example-borough" });
  await expect(async () => {
    await visit.page.goto(where);
    await expect(visit.page.getByRole("main")).toContainText("no signature counts any more", { timeout: 500 });
  }).toPass();
});
