/**
 * `npm run people:remove-samples [-- --check]`: removes the invented people of an evaluation from the database, so that
 * it can go live; see docs/operating.md. Exit 0: there are none left. --check only says what would be done.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { sampleCountInWords, SAMPLE_KINDS, type SampleKindName } from "#domain/gather/retention/sample.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import { closeDatabase, useDatabase } from "#server/base/db/database.ts";
import { DatabaseInUse, openEmbeddedToRead } from "#server/base/db/embedded.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { openPostgresqlToRead } from "#server/base/db/postgresql.ts";
import { EnvironmentError, readEnvironment, withoutSignIn, type Env } from "#server/base/environment/environment.mjs";
import { removeSamples, type SampleReport } from "#server/gather/retention/sample-service.ts";
import { StartFailure } from "#server/base/start-failure.ts";
import { connectRooms } from "#server/shell/start.ts";

const USE = "Use: npm run people:remove-samples, or npm run people:remove-samples -- --check";
const MIGRATIONS = path.resolve("prisma", "migrations");

/** Shown to whoever typed the command; it says what to do. */
class Refusal extends Error {}

try {
  const isCheck = readCheck();
  const env = readEnvironment(withoutSignIn(process.env), process.cwd());
  await open(env, isCheck);
  console.log(isCheck ? "Looking at what invented people have made…" : "Removing invented people…");
  console.log(inWords(await removeSamples({ isCheck }), isCheck));
} catch (error) {
  const isClear = [Refusal, StartFailure, EnvironmentError].some((kind) => error instanceof kind);
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    isClear ? message : `Nothing was removed, and the database is as it was: ${message.trim().split("\n").at(-1)}`,
  );
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

function readCheck(): boolean {
  try {
    return parseArgs({ options: { check: { type: "boolean", default: false } } }).values.check;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
}

/** A check opens the database read-only: it does not even migrate an older one. */
async function open(env: Env, isCheck: boolean): Promise<void> {
  const { databaseSessionUrl, dataDir } = env;
  const running = `A portal is running on the embedded database in ${dataDir}, which belongs to one process: stop it first.`;
  try {
    if (!isCheck) {
      if (!databaseSessionUrl) makeDataFolder(dataDir);
      connectRooms();
      await openDatabase(env);
      return;
    }
    const database = databaseSessionUrl
      ? await openPostgresqlToRead(databaseSessionUrl, MIGRATIONS)
      : await openEmbeddedToRead(dataDir, MIGRATIONS);
    if (!database) throw new Refusal(running);
    useDatabase(database);
  } catch (error) {
    throw error instanceof DatabaseInUse ? new Refusal(running) : error;
  }
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
