/**
 * `npm run mail:bounce -- [FILE …]`: records that mails did not arrive, from the delivery reports (RFC 3464) in files,
 * or the one on standard input. Exit 0: each was a report on a mail of the portal; 1: one was not, and changed nothing.
 */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { NoReport, readDeliveryReport } from "#server/evidence/outbox/bounce-reader.ts";
import { recordBounce } from "#server/evidence/outbox/service.ts";
import { commandEnvironment, Refusal, typedPath } from "./command.ts";
import { openToWrite, runOnDatabase } from "./portal-database.ts";

const USE = "Use: npm run mail:bounce -- [FILE …]; without a file the report is read from standard input.";

await runOnDatabase("The reports could not be recorded", async () => {
  const files = process.argv.slice(2).filter((arg) => arg !== "--");
  const odd = files.find((file) => file.startsWith("-"));
  if (odd !== undefined) throw new Refusal(`"${odd}" is not understood. ${USE}`);
  await openToWrite(commandEnvironment());
  for (const file of files.length === 0 ? [null] : files) if (!(await take(file))) process.exitCode = 1;
});

/** @returns whether it is a report on a mail of the portal */
async function take(file: string | null): Promise<boolean> {
  const label = file ?? "standard input";
  const read = () => (file === null ? buffer(process.stdin) : readFile(typedPath(file)));
  const source = await read().catch(() => null);
  if (source === null) {
    console.error(`${label}: the file cannot be read.`);
    return false;
  }
  const report = await readDeliveryReport(source).catch((error: unknown) => {
    if (!(error instanceof NoReport)) throw error;
    console.error(`${label}: ${error.message}`);
    return null;
  });
  if (report === null) return false;
  const result = await recordBounce(report);
  switch (result.code) {
    case "bounced":
      console.log(
        `${label}: the mail to ${result.name} (${result.body}) did not arrive, status ${result.status}. Administrators have a task.`,
      );
      return true;
    case "known":
      console.log(`${label}: it is known already that the mail to ${result.name} did not arrive. Nothing is changed.`);
      return true;
    case "not-failed":
      console.log(`${label}: it does not say that a mail failed. Nothing is changed.`);
      return true;
    case "unknown":
      console.error(
        `${label}: no mail of this portal has the Message-ID ${report.messageId} and went to ${report.recipients.flatMap(({ addresses }) => addresses).join(", ")}. Nothing is changed.`,
      );
      return false;
  }
}
