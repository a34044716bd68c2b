import { expect, test } from "./fixture.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { inRole } from "./person.ts";
import { HOME_WORKING_COUNCIL, NOTTINGHAM } from "./policy.ts";

// Without JavaScript and without a mail server.
test.use({ javaScriptEnabled: false });

test("an administrator sees what would have been sent, and has timed work run", async ({ visit, signInAs }) => {
  await signInAs(inRole("Administrator", HOME_WORKING_COUNCIL));
  const mail = await PortalPage.openAt(visit, "/admin/mail", "Mail");
  await expect(mail.main).toContainText("No mail is sent: no mail server is set");
  await mail.main.getByRole("button", { name: "Send a test mail to me" }).click();
  await expect(mail.main).toContainText("A test mail to you is on its way");
  const row = mail.main.getByRole("row").filter({ hasText: "A test of the mail from the portal" }).first();
  await expect(row).toContainText("Waiting");
  await row.getByRole("link").click();
  await expect(mail.main).toContainText("Open it in the portal:");

  const jobs = await PortalPage.openAt(visit, "/admin/jobs", "Timed work");
  await jobs.main.getByRole("button", { name: /^Run now.*Delete what has been kept long enough/ }).click();
  await expect(jobs.main).toContainText("Asked for: Delete what has been kept long enough");
  await expect(async () => {
    await visit.page.goto("/admin/jobs");
    await jobs.unfoldAll();
    const row = jobs.main.getByRole("row").filter({ hasText: "Asked for by you" }).first();
    await expect(row).toContainText("Nothing was due.", { timeout: 500 });
  }).toPass({ timeout: 90_000 });

  const me = await PortalPage.openAt(visit, "/me", "You in this portal");
  await expect(me.main).toContainText("A test of the mail from the portal");
  await me.main.getByRole("button", { name: "Switch the digest off" }).click();
  await expect(me.main).toContainText("You get no digest.");
  await me.main.getByRole("button", { name: "Switch the digest on" }).click();
  await expect(me.main).toContainText("You get a digest of your tasks once a working day");
});

test("somebody's tasks are at a secret address for their calendar, until they end it", async ({
  visit,
  signInAs,
  playwright,
}) => {
  await signInAs(inRole("Policy owner", NOTTINGHAM)); // whose policy's review is overdue, whatever other journeys do
  const tasks = await TasksPage.open(visit);
  await tasks.main.getByRole("button", { name: "Get an address" }).click();
  const address = await tasks.main.getByRole("textbox", { name: "Your secret address" }).inputValue();
  const calendar = await playwright.request.newContext(); // nobody who is signed in
  const found = await calendar.get(address);
  expect(found.status()).toBe(200);
  expect(found.headers()["content-type"]).toContain("text/calendar");
  const text = (await found.text()).replaceAll("\r\n ", "");
  expect(text).toContain("SUMMARY:Review ");
  expect(text).toContain("/policies/nottingham");
  const wrong = await calendar.get(address.replace(/.\.ics$/, "_.ics"), { maxRedirects: 0 });
  expect(wrong.status()).toBe(404);
  await tasks.main.getByRole("button", { name: "End this address" }).click();
  await expect(tasks.main.getByRole("button", { name: "Get an address" })).toBeVisible();
  expect((await calendar.get(address, { maxRedirects: 0 })).status()).toBe(404);
  await calendar.dispose();
});
