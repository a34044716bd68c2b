import { once } from "node:events";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { findFreePort } from "../scripts/test-postgresql.mjs";
import { expect, test as base } from "./own-portal.ts";
import { PortalPage } from "./page/portal-page.ts";
import { inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const test = base.extend<object, { mails: ParsedMail[]; smtpPort: number }>({
  smtpPort: [async ({}, use) => use(await findFreePort()), { scope: "worker" }],
  settings: [
    async ({ smtpPort }, use) => {
      const [host, from] = [`smtp://127.0.0.1:${smtpPort}`, "With Care <care@example-borough.invalid>"];
      await use({ SMTP_URL: host, MAIL_FROM: from });
    },
    { scope: "worker" },
  ],
  mails: [
    async ({ smtpPort }, use) => {
      const mails: ParsedMail[] = [];
      const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ["STARTTLS"],
        onData: (stream, _session, callback) => {
          void simpleParser(stream).then((mail) => (mails.push(mail), callback()), callback);
        },
      });
      server.listen(smtpPort, "127.0.0.1");
      await once(server.server, "listening");
      await use(mails);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    { scope: "worker" },
  ],
});

// Through a real mail server, the moment that its cause is recorded.
test("mail arrives at once, with links that lead back to the portal", async ({ visit, signInAs, mails, portal }) => {
  await signInAs(inRole("Administrator", MODEL));
  const page = await PortalPage.openAt(visit, "/admin/mail", "Mail");
  await expect(page.main).not.toContainText("no mail server is set");
  await page.main.getByRole("button", { name: "Send a test mail to me" }).click();
  await expect(page.main).toContainText("A test mail to you is on its way");
  const tests = () => mails.filter(({ subject }) => subject?.includes("A test of the mail")); // a sample request writes too
  await expect.poll(() => tests().length).toBe(1);
  const [mail] = tests();
  expect(mail?.from?.text).toContain("care@example-borough.invalid");
  expect(mail?.text).toContain(`${portal.address}/admin/mail`);
  expect(mail?.html).toContain(`href="${portal.address}/admin/mail"`);
  await expect(async () => {
    await visit.page.goto("/admin/mail?list=sent");
    await expect(page.main.getByRole("row").filter({ hasText: "A test of the mail" })).toContainText("Sent", {
      timeout: 500,
    });
  }).toPass({ timeout: 60_000 });
});
