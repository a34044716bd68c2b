import type { Actor } from "#domain/access/permission/permission.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { startException } from "#server/policy/exception/draft-service.ts";
import { submitException } from "#server/policy/exception/service.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { recordReleases } from "#server/policy/policy/service.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";

// Fifty people acknowledge and twenty send requests, all at once; prints each as soon as it is answered "recorded".
// The second time, on the same data, everybody presses the button again.
const SAME_DRAFT = { startKey: "only", situation: {}, clauses: [] };
const database = await openDatabase(getEnv());
const isAgain = process.argv[2] === "again";
await recordReleases();
const people: Actor[] = [];
for (let number = 0; number < 50; number++) {
  const personId = `person-${number}`;
  const known = { personId, name: personId, email: "", roles: ["employee" as const], body: "nao", employer: "nao" };
  people.push(isAgain ? { ...known, team: null } : await addPerson(database, personId));
}
async function startAgain(actor: Actor): Promise<string> {
  const started = await startException(actor, "nao", SAME_DRAFT);
  return started?.ok ? started.reference : "";
}
const askers = people.slice(0, 20);
const drafts: string[] = [];
for (const actor of askers) drafts.push(isAgain ? await startAgain(actor) : await completeDraft(actor, "only"));
console.log("ready");

const acknowledging = people.map(async (actor) => {
  const policy = await getOwnPolicy(actor, "nao");
  if (!policy?.current) throw new Error("There is no policy nao.");
  const { version, hash } = policy.current;
  const result = await acknowledgePolicy(actor, { slug: "nao", version, hash, answer: "accepted", reason: "" });
  if (result.code !== "recorded" && result.code !== "already") throw new Error(result.code);
  console.log(`recorded ${result.reference}.`);
});
const sending = askers.map(async (actor, index) => {
  const reference = drafts[index] ?? "";
  const result = await submitException(actor, reference);
  if (!result.ok) throw new Error(JSON.stringify(result));
  console.log(`recorded ${reference}.`);
});
await Promise.all([...acknowledging, ...sending]);
console.log("all recorded.");
process.exit(0);
