import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { startProcess, type TestProcess } from "#server/testing/process.ts";
import { startSmtp, type SmtpSteps } from "#server/testing/smtp.ts";

/** After each crash, the previous claim has ended. */
const BETWEEN_MS = 10 * 60_000;

/** Where the process dies: at one of its own steps, or at one of the mail server's. */
const DEATHS: readonly { name: string; says?: string; smtp?: keyof SmtpSteps }[] = [
  { name: "before-commit", says: "inside" },
  { name: "after-commit", says: "committed" },
  { name: "on-connecting", smtp: "onConnect" },
  { name: "on-writing", smtp: "onText" },
  { name: "taken-and-not-told", smtp: "onTaken" },
  { name: "after-recording", says: "sent" },
];

// Never lost; sent twice only if the server accepted it and we died before recording that, and then recognisable by its
// Message-ID.
describe.each(ENGINES)("mail of a portal that is killed at every step (%s)", (engine) => {
  it("goes out once, except where nobody can know", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "with-care-mail-"));
    const created = engine === "postgresql" ? await createPostgresqlDatabase() : null;
    if (!created) putEmbedded(folder);
    const smtp = await startSmtp();
    const settings = {
      DATA_DIR: folder,
      DATABASE_URL: created?.url ?? "",
      EVALUATION: "1",
      SMTP_URL: smtp.url,
      MAIL_FROM: "care@nao.invalid",
    };
    const begin = Date.now();
    const start = (number: number, ...more: string[]) => {
      const at = new Date(begin + (number + 1) * BETWEEN_MS).toISOString();
      return startProcess("mail-until-killed.ts", [more[0] ?? "nothing", at, more[1] ?? ""], settings);
    };
    const reached = (child: TestProcess, step: keyof SmtpSteps) =>
      new Promise<void>((resolve) => {
        // Mail left over from the previous crash comes first: crash while sending it, and while sending new mail.
        smtp.steps[step] = () => {
          child.child.kill("SIGKILL");
          resolve();
        };
      });

    for (const [number, { name, says, smtp: step }] of DEATHS.entries()) {
      const child = start(number, name, says ?? "");
      if (says) await child.hasPrinted(`${says}.`);
      if (step) await Promise.race([reached(child, step), child.ended]);
      child.child.kill("SIGKILL");
      await child.ended;
      if (step) delete smtp.steps[step];
    }
    const last = start(DEATHS.length);
    await last.hasPrinted("sent.");
    await last.ended;

    const { prisma, close } = created
      ? await openPostgresql(created.url, MIGRATIONS)
      : await openEmbedded(folder, MIGRATIONS);
    const rows = await prisma.mail.findMany();
    const causes = (await prisma.team.findMany()).map(({ id }) => id);
    await close();
    await smtp.stop();
    await created?.drop();
    rmSync(folder, { recursive: true });

    const committed = DEATHS.map(({ name }) => name).filter((name) => name !== "before-commit");
    expect(causes.sort()).toEqual([...committed].sort());
    expect(rows.map(({ subject }) => subject).sort()).toEqual([...committed].sort());
    expect(rows.every(({ state }) => state === "sent")).toBe(true);
    const taken = smtp.mails.map(({ subject = "" }) => subject);
    expect([...new Set(taken)].sort()).toEqual([...committed].sort());
    // The server accepted a mail without this being recorded: only that mail may arrive twice.
    const twice = taken.filter((subject, index) => taken.indexOf(subject) !== index);
    expect(twice.length, taken.join(", ")).toBe(1);
    for (const subject of committed) {
      const ids = smtp.mails.filter((mail) => mail.subject === subject).map(({ messageId }) => messageId);
      expect(new Set(ids), subject).toEqual(new Set([rows.find((row) => row.subject === subject)?.messageId]));
    }
  });
});
