import { expect, test } from "./fixture.ts";
import { AcknowledgePage } from "./page/acknowledge-page.ts";
import { CertificatePage } from "./page/certificate-page.ts";
import { FormPage } from "./page/form-page.ts";
import { HomePage } from "./page/home-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { HOME_WORKING_COUNCIL, NOTTINGHAM } from "./policy.ts";

const FEATURE = { tag: ["@feature:acknowledgement", "@feature:tasks"] };

// Each answer can be given once: the runs with and without JavaScript have a body each, and each journey its person.
const RUNS = [
  { javaScriptEnabled: true, policy: HOME_WORKING_COUNCIL },
  { javaScriptEnabled: false, policy: NOTTINGHAM },
];

const REASON = "It does not say who keeps the list of groups.\n\nI cannot agree to that.";
const REPLY = "The list is kept by your team's office.\nIt is in the next version.";

for (const { javaScriptEnabled, policy } of RUNS) {
  test.describe(`JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });
    const task = `Accept or decline “${policy.title}”, version ${policy.version}`;

    test("accepting: from the task to the certificate, and the task is gone", FEATURE, async ({ visit, signInAs }) => {
      const home = await signInAs(employeeOf(policy));
      await expect(home.main).toContainText("One thing to do.");
      await home.choose("See your tasks");
      const tasks = await TasksPage.shown(visit);
      await expect(tasks.task(task)).toContainText("Due");
      await tasks.begin(task);

      await (await AcknowledgePage.shown(visit, policy)).press("Record my answer");
      const unanswered = await AcknowledgePage.shownWithError(visit, policy);
      await expect(unanswered.errorSummary).toContainText("Choose whether you accept it.");
      await unanswered.answer("I accept");

      const confirmed = await CertificatePage.confirmed(visit, "accepted");
      const reference = await confirmed.reference();
      expect(reference).toMatch(/^ACK-\w{4}-\w{4}$/);
      for (const heading of ["What happens next", "Who to contact"])
        await expect(confirmed.main.getByRole("heading", { name: heading, exact: true })).toBeVisible();
      expect(await confirmed.facts()).toMatchObject({
        Answer: "Accepted",
        Version: expect.stringContaining(policy.version),
        "Given by": expect.stringMatching(/\w/),
        Statement: expect.stringContaining("I have read"),
      });
      await visit.page.reload();
      expect(await (await CertificatePage.confirmed(visit, "accepted")).reference()).toBe(reference);

      const tasksAfter = await TasksPage.open(visit);
      await expect(tasksAfter.main).toContainText("You have nothing to do.");
      await expect((await HomePage.open(visit)).main).toContainText("You have nothing to do.");
      const list = await PortalPage.openAt(visit, "/acknowledgements", "Your acknowledgements");
      await list.follow(() => list.main.getByRole("link", { name: `${reference} certificate` }).click());
      const certificate = await CertificatePage.shown(
        visit,
        `You accepted “${policy.title}”, version ${policy.version}`,
      );
      await expect(certificate.main).toContainText(/Version [0-9a-f]{64}/);
      await expect(certificate.main).toContainText(/Evidence row \d+: [0-9a-f]{64}/);
      await visit.page.emulateMedia({ media: "print" });
      await expect(certificate.mainNavigation).toBeHidden();
      await expect(certificate.main.getByText(reference).first()).toBeVisible();
      await visit.page.emulateMedia({ media: "screen" });

      const again = await AcknowledgePage.open(visit, policy);
      await expect(again.main).toContainText(`You accepted version ${policy.version}`);
      await expect(again.button("Record my answer")).toHaveCount(0);
    });

    test("declining: the policy owner reads the reason and answers, and one is asked again", async ({
      visit,
      signInAs,
    }) => {
      test.slow(); // four visits
      await signInAs(inRole("Administrator", policy));
      await (await AcknowledgePage.open(visit, policy)).answer("I cannot agree to it");
      const withoutReason = await AcknowledgePage.shownWithError(visit, policy);
      await expect(withoutReason.errorSummary).toContainText(
        "Say what you do not understand, or why you cannot agree.",
      );
      await expect(withoutReason.main.getByRole("radio", { name: "I cannot agree to it" })).toBeChecked();
      await withoutReason.answer("I cannot agree to it", REASON);
      const declined = await CertificatePage.confirmed(visit, "declined");
      const reference = await declined.reference();
      await expect(declined.main).toContainText("It does not say who keeps the list of groups.");
      await expect((await TasksPage.open(visit)).task(task)).toHaveCount(0);

      await signInAs(inRole("Policy owner", policy));
      const ownerTask = `Answer a decline of “${policy.title}”, version ${policy.version}`;
      const ownerTasks = await TasksPage.open(visit);
      await expect(ownerTasks.about(reference)).toContainText(ownerTask);
      await ownerTasks.follow(() => ownerTasks.about(reference).getByRole("link").click());
      const reply = await FormPage.at(visit, "Answer a decline");
      expect(await reply.facts()).toMatchObject({ Role: "Administrator", Reason: REASON });
      await reply.press("Send my answer");
      const empty = await FormPage.refused(visit, "Answer a decline");
      await expect(empty.errorSummary).toContainText("Write your answer.");
      await empty.main.getByRole("radio", { name: "The words are unclear" }).check();
      await empty.write({ "Your answer": REPLY });
      await empty.press("Send my answer");
      await expect((await TasksPage.open(visit)).about(reference)).toHaveCount(0);

      await signInAs(inRole("Administrator", policy));
      const asked = await TasksPage.open(visit);
      await expect(asked.task(task)).toContainText("your decline was answered");
      await asked.begin(task);
      const again = await AcknowledgePage.shown(visit, policy);
      await expect(again.main).toContainText("The list is kept by your team's office.");
      await again.answer("I accept");
      await CertificatePage.confirmed(visit, "accepted");
      await expect((await TasksPage.open(visit)).task(task)).toHaveCount(0);
      const earlier = await PortalPage.openAt(
        visit,
        `/acknowledgements/${reference}`,
        `You declined “${policy.title}”, version ${policy.version}`,
      );
      expect(await earlier.facts()).toMatchObject({ "Your reason": REASON, "The answer to you": REPLY });
    });

    test("a version that was superseded meanwhile is not answered, and the reason is kept", async ({
      visit,
      signInAs,
    }) => {
      await signInAs(inRole("Auditor", policy));
      const stale = await AcknowledgePage.open(visit, policy);
      await stale.makeStale();
      await stale.answer("I cannot agree to it", REASON);
      const shown = await AcknowledgePage.shownWithError(visit, policy);
      await expect(shown.errorSummary).toContainText("Another version has taken the place of the one you saw.");
      await expect(shown.field("What do you not understand, or why can you not agree?")).toHaveValue(REASON);
      await expect(shown.main.getByRole("radio", { name: "I cannot agree to it" })).not.toBeChecked();
      await expect((await TasksPage.open(visit)).task(task)).toBeVisible();
      await visit.page.goBack();
      await (await AcknowledgePage.shownWithError(visit, policy)).answer("I cannot agree to it");
      await CertificatePage.confirmed(visit, "declined");
    });
  });
}
