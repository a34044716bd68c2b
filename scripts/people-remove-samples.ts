/**
 * `npm run people:remove-samples [-- --check]`: removes the invented people of an evaluation from the database, so that
 * it can go live; see docs/operating.md. Exit 0: there are none left. --check only says what would be done.
 */
import { sampleCountInWords, SAMPLE_KINDS, type SampleKindName } from "#domain/gather/retention/sample.ts";
import { useDatabase } from "#server/base/db/database.ts";
import { removeSamples, type SampleReport } from "#server/gather/retention/sample-service.ts";
import { commandEnvironment, openToRead, readArguments, Refusal } from "./command.ts";
import { openUnlessInUse, runOnDatabase } from "./portal-database.ts";
import type { Env } from "#server/base/environment/environment.mjs";

const USE = "Use: npm run people:remove-samples, or npm run people:remove-samples -- --check";

await runOnDatabase("Nothing was removed, and the database is as it was", async () => {
  const options = { check: { type: "boolean", default: false } } as const;
  const isCheck = readArguments(USE, { options }).values.check;
  await open(commandEnvironment(), isCheck);
  console.log(isCheck ? "Looking at what invented people have made…" : "Removing invented people…");
  console.log(inWords(await removeSamples({ isCheck }), isCheck));
});

/** A check opens the database read-only: it does not even migrate an older one. */
async function open(env: Env, isCheck: boolean): Promise<void> {
  const database = isCheck ? await openToRead(env) : null;
  if (database) useDatabase(database);
  else if (isCheck || !(await openUnlessInUse(env)))
    throw new Refusal(
      `A portal is running on the embedded database in ${env.dataDir}, which belongs to one process: stop it first.`,
    );
}

function inWords(reports: readonly SampleReport[], isCheck: boolean): string {
  if (reports.length === 0) return "There are no invented people, and nothing of theirs is left.";
  const lines = reports.flatMap(({ body, counts, needs }) => [
    `${body}:`,
    ...(Object.keys(SAMPLE_KINDS) as SampleKindName[]).flatMap((kind) => {
      const count = counts[kind] ?? 0;
      return count > 0 ? [`  ${sampleCountInWords(kind, count)}`] : [];
    }),
    ...(needs.length > 0 ? ["  To see to:", ...needs.map((need) => `    ${need}`)] : []),
  ]);
  const end = isCheck
    ? "This was a check: nothing was written."
    : "The invented people are removed. Check the evidence: npm run evidence:verify";
  return [...lines, end].join("\n");
}
