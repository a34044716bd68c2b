import { expect, test } from "./own-portal.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const KEEP = "Every message about the flood of 14 November 2025, also on your own phone.";
const NOTE = "Request 118, from a resident.";
const STANDS = "Do not delete these messages";
const TASK = (reference: string) => `Confirm the hold ${reference}: do not delete these messages`;
const ALLOWED =
  "/check?policy=model&app=covered&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&chat=one-to-one";

// Without JavaScript; on a portal of its own, because everybody of the body is told.
test.describe("a hold", () => {
  test.use({ javaScriptEnabled: false });

  test(
    "is placed, stops every deletion, is confirmed, and ends",
    { tag: "@feature:holds" },
    async ({ visit, signInAs }) => {
      test.slow(); // four visits
      const { page } = visit;
      await signInAs(employeeOf(MODEL));
      await page.goto(ALLOWED);
      await page.getByText("Keep it", { exact: true }).click();
      await page.getByRole("button", { name: "Keep this result" }).click();
      const receipt = /DEC-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
      const before = await PortalPage.openAt(visit, "/holds", "Holds");
      await expect(before.main).toContainText("No hold concerns you now.");

      await signInAs(inRole("Governance officer", MODEL));
      await (await PortalPage.openAt(visit, "/holds", "Holds")).followLink("Place a hold");
      const form = await FormPage.at(visit, "Place a hold");
      await form.write({ "What must not be deleted?": KEEP, "Your note (optional)": NOTE });
      await form.choose({ "Why is it placed?": "Freedom of information request" });
      await form.press("Place the hold and tell them");
      const refused = await FormPage.refused(visit, "Place a hold");
      await expect(refused.errorSummary).toContainText("Write the day on which the request came in.");
      await expect(refused.errorSummary).toContainText(
        "Choose a group, name a person, write words, or choose everybody.",
      );
      await expect(refused.field("What must not be deleted?")).toHaveValue(KEEP);
      const day = { day: "20", month: "11", year: "2025" };
      await refused.writeDay("When did the request come in, or when did it happen?", day);
      await page.getByRole("checkbox", { name: "Everybody in the body" }).check();
      await refused.press("Place the hold and tell them");
      const reference = /HLD-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
      const placed = await FormPage.at(visit, STANDS, reference);
      expect(await placed.facts()).toMatchObject({ "What to keep": KEEP, Note: NOTE, "Placed by": "You" });
      await expect(placed.main.getByRole("heading", { name: /^Confirmed: 0 of / })).toBeVisible();

      await test.step("those whom it concerns are told what to keep, and not who asked; nothing is deleted", async () => {
        await signInAs(employeeOf(MODEL));
        await expect((await TasksPage.open(visit)).task(TASK(reference))).toBeVisible();
        await page.goto(ALLOWED);
        await expect(page.getByRole("main")).toContainText("Do not delete");
        await expect(page.getByRole("main")).not.toContainText("Ask about a hold before you delete anything.");
        const deleting = await FormPage.titled(visit, ...(await opened(`/decisions/${receipt}/delete`)));
        await expect(deleting.main).toContainText(KEEP);
        await expect(deleting.button("Delete this receipt")).toHaveCount(0);
        await page.goto(`/holds/${reference}`);
        const own = await FormPage.at(visit, STANDS, reference);
        await expect(own.main).not.toContainText(NOTE);
        await expect(own.main).toContainText("section 77");
        await own.button("I will not delete them").click();
        expect(await (await FormPage.at(visit, STANDS, reference)).facts()).toHaveProperty("You confirmed it");
        await expect((await TasksPage.open(visit)).task(TASK(reference))).toHaveCount(0);
      });

      await test.step("the officer sees who has confirmed, reminds once a day, and ends it with a reason", async () => {
        await signInAs(inRole("Governance officer", MODEL));
        await page.goto(`/holds/${reference}`);
        const watched = await FormPage.at(visit, STANDS, reference);
        await expect(watched.main.getByRole("heading", { name: /^Confirmed: 1 of / })).toBeVisible();
        await page.getByRole("button", { name: /^Remind the / }).click();
        expect(await (await FormPage.at(visit, STANDS, reference)).facts()).toHaveProperty("Last reminder");
        await page.getByRole("button", { name: /^Remind the / }).click();
        const again = await FormPage.refused(visit, STANDS, reference);
        await expect(again.errorSummary).toContainText("Nobody was reminded");
        await again.button("End the hold").click();
        const noReason = await FormPage.refused(visit, STANDS, reference);
        await expect(noReason.errorSummary).toContainText("Say why it ends.");
        await noReason.write({ "Why does it end?": "The request was answered." });
        await noReason.press("End the hold");
        const ended = await FormPage.at(visit, "This hold has ended", reference);
        expect(await ended.facts()).toMatchObject({ "Why it ended": "The request was answered.", "Ended by": "You" });
      });

      await test.step("then a result may be deleted again, after the question", async () => {
        await signInAs(employeeOf(MODEL));
        const [heading, title] = await opened(`/decisions/${receipt}/delete`);
        const deleting = await FormPage.titled(visit, heading, title);
        await deleting.press("Delete this receipt");
        const unanswered = await FormPage.titled(visit, heading, `Error: ${title}`);
        await unanswered.choose({ "Has anybody asked for this result?": "I am not sure" });
        await unanswered.press("Delete this receipt");
        const stopped = await FormPage.titled(visit, heading, `Error: ${title}`);
        await expect(stopped.errorSummary).toContainText("It was not deleted, and the governance officers were told");
        await stopped.choose({ "Has anybody asked for this result?": "No, not that I know of" });
        await stopped.press("Delete this receipt");
        await expect((await PortalPage.openAt(visit, "/decisions", "Your kept results")).main).not.toContainText(
          receipt,
        );
        const own = await PortalPage.openAt(visit, "/holds", "Holds");
        await expect(own.main).toContainText("Holds that have ended");
      });

      async function opened(path: string): Promise<[heading: string, title: string]> {
        await page.goto(path);
        return [`Delete ${receipt}?`, `Delete ${receipt}`];
      }
    },
  );
});
