import type { Page } from "@playwright/test";
import { giveAnswer, recordOnPaper } from "./acknowledgement-by-http.ts";
import { inDays } from "./day.ts";
import { expect, test } from "./fixture.ts";
import { namesOf, personIdOf } from "./group-by-http.ts";
import { HttpVisit } from "./http-visit.ts";
import { CertificatePage } from "./page/certificate-page.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { inRole } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL as POLICY } from "./policy.ts";

const FEATURE = { tag: ["@feature:acknowledgement"] };
const OFFICER = inRole("Governance officer", POLICY);
const SIGNER = inRole("Auditor", POLICY);

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test(
    "an officer records an answer given on paper, and the person finds it marked",
    FEATURE,
    async ({ visit, signInAs, playwright, baseURL }) => {
      const asking = await HttpVisit.as(playwright.request, baseURL ?? "", OFFICER);
      const [name = ""] = await namesOf(asking, "Auditor", POLICY.body);
      await asking.dispose();
      await signInAs(OFFICER);
      const list = `/governance/people?policy=${POLICY.slug}&q=${encodeURIComponent(name)}`;
      const people = await PortalPage.openAt(visit, list, "Who has answered, by name");
      await people.followLink(`Record on paper for ${name}`);

      const heading = `What ${name} answered on paper`;
      const form = await FormPage.at(visit, heading);
      await form.choose({ "What did they answer?": "They accepted it" });
      await form.writeDay("Which day is on the paper?", inDays(1));
      await form.write({
        "Where is the signed paper kept?": "Blue file 7",
        "Why was it on paper?": "No device at work.",
      });
      await form.press("Record it");
      const refused = await FormPage.refused(visit, heading);
      await expect(refused.errorSummary).toContainText("Give a day that is not in the future.");
      await expect(refused.option("What did they answer?", "They accepted it")).toBeChecked();
      await expect(refused.field("Where is the signed paper kept?")).toHaveValue("Blue file 7");
      const today = inDays(0);
      await refused.writeDay("Which day is on the paper?", today);
      await refused.press("Record it");
      const recorded = await FormPage.at(visit, heading);
      await expect(recorded.main).toContainText(/It is recorded as ACK-\w{4}-\w{4}/);
      const reference = /ACK-\w{4}-\w{4}/.exec(await recorded.main.innerText())?.[0] ?? "";
      await expect(recorded.button("Record it")).toHaveCount(0);

      const after = await PortalPage.openAt(visit, list, "Who has answered, by name");
      const row = after.main.getByRole("row").filter({ hasText: name });
      await expect(row).toContainText("Accepted");
      await expect(row).toContainText(`Answered version ${POLICY.version} on ${today.words}, on paper`);
      await expect(row.getByRole("link", { name: `See the recording of ${name}` })).toBeVisible();
      const file = await visit.page.request.get(`/governance/people.csv?policy=${POLICY.slug}`);
      expect(await file.text()).toMatch(new RegExp(`${name},.*,Accepted,.*,Yes,No`));

      await signInAs(SIGNER);
      const own = await PortalPage.openAt(visit, "/acknowledgements", "Your acknowledgements");
      await expect(own.main.getByRole("row").filter({ hasText: reference })).toContainText("on paper");
      await own.follow(() => own.main.getByRole("link", { name: `${reference} certificate` }).click());
      const title = `You accepted “${POLICY.title}”, version ${POLICY.version}, on paper`;
      const certificate = await CertificatePage.shown(visit, title);
      expect(await certificate.facts()).toMatchObject({
        "Given on": `${today.words}, on paper`,
        "The paper is kept": "Blue file 7",
        "Why on paper": "No device at work.",
        Understanding: "Not checked: it was given on paper",
      });
      await expect(certificate.main).toContainText(/Evidence row \d+: [0-9a-f]{64}/);
    },
  );
});

/** How many sheets a page makes, in the size that it asks for. */
async function sheetsOf(page: Page): Promise<number> {
  const file = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  return file.toString("latin1").match(/\/Type\s*\/Page(?![a-z])/g)?.length ?? 0;
}

test("the board’s report, certificates and the poster are one sheet of A4 each", async ({
  page,
  signInAs,
  playwright,
  baseURL,
}) => {
  test.slow();
  const body = BROMSGROVE_REDDITCH;
  const officer = inRole("Governance officer", body);
  const visit = await HttpVisit.as(playwright.request, baseURL ?? "", officer);
  const own = await giveAnswer(visit, body.slug, "accepted");
  const manager = await personIdOf(visit, "Line manager", body.body);
  const onPaper = await recordOnPaper(visit, manager, body.slug);
  await visit.dispose();
  const fit = async (path: string) => {
    await test.step(path, async () => {
      await page.goto(path);
      expect(await sheetsOf(page)).toBe(1);
    });
  };
  await signInAs(officer);
  for (const path of ["/board", `/acknowledgements/${own}`, `/policies/${body.slug}/poster`]) await fit(path);
  await signInAs(inRole("Line manager", body));
  await fit(`/acknowledgements/${onPaper}`);
});
