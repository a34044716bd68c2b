import { setTimeout as pause } from "node:timers/promises";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { preparePublication } from "#server/base/content/publish.ts";
import { loadContent } from "#server/base/content/store.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { publishWithin } from "#server/policy/proposal/change.ts";
import { proposeVersion, settleProposals, signVersion } from "#server/policy/proposal/service.ts";
import { connectRooms } from "#server/shell/connect-rooms.ts";
import { DRAFT } from "#server/testing/draft.ts";
import { addPerson } from "#server/testing/people.ts";

// Has a version proposed and signed, begins to publish it, and stays where it was told to stop, until killed:
// "before" the files are written, or "after". With "again" it starts like a portal, on the same data.
const [step] = process.argv.slice(2);
const BODY = "example-borough";
const env = getEnv();
connectRooms(() => Promise.resolve([]));
await loadContent();
const { prisma } = await openDatabase(env);
if (step === "again") {
  await settleProposals();
  console.log("settled.");
  process.exit(0);
}
const author = await addPerson({ prisma }, "author", { body: BODY, roles: ["employee", "policy-owner"] });
const officer = await addPerson({ prisma }, "officer", { body: BODY, roles: ["employee", "governance-officer"] });
const proposed = await proposeVersion(author, { ...DRAFT, startKey: "key", note: "Clearer words." });
if (proposed.code !== "done") throw new Error(JSON.stringify(proposed));
const signed = await signVersion(officer, proposed.reference);
if (signed.code !== "done") throw new Error(JSON.stringify(signed));
const { id } = await prisma.versionProposal.findFirstOrThrow();
const publication = await preparePublication(env.contentDir, (one) => one.version === DRAFT.version, "2026-12-08");
const rules = { signedBy: ["governance-officer" as const], signatures: 1 };
await transact(async (tx) => {
  const ending = { actor: PORTAL_ACTOR, at: new Date() };
  if (step === "after") await publishWithin(tx, id, { directory: env.contentDir, publication, rules, ...ending });
  console.log("stopped.");
  await pause(600_000);
  throw new Error("Nobody killed it.");
});
