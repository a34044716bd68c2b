import { setTimeout as pause } from "node:timers/promises";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { deliverMail } from "#server/evidence/outbox/deliver.ts";
import { connectRooms } from "#server/shell/connect-rooms.ts";
import { addPerson } from "#server/testing/people.ts";

// Tells one person something urgent, under the name given, and sends all that waits, at the time given; says each step.
const [name = "", at = "", stopAt = ""] = process.argv.slice(2);
connectRooms();
const database = await openDatabase(getEnv());
if (!(await database.prisma.person.findUnique({ where: { id: "person" } }))) await addPerson(database, "person");
const notice: Notice = {
  body: "nao",
  to: "person",
  kind: "hold-placed",
  subject: name,
  paragraphs: ["Read it."],
  href: "/holds",
};
const say = async (step: string) => {
  console.log(`${step}.`);
  if (step === stopAt) await pause(60_000); // until killed
};
if (name !== "nothing")
  await transact(async (tx) => {
    await tx.team.create({ data: { id: name, body: "nao", name } });
    await say("inside");
    return { result: null, evidence: [], notices: [notice] };
  });
await say("committed");
await deliverMail(new Date(at));
await say("sent");
process.exit(0);
