/**
 * `npm run restore FILE [-- --replace | --check]`: puts a backup in the place of what the database holds, which must be
 * empty unless --replace is given. --check only reads the file. Exit 0: restored, and the evidence is whole.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { BackupError, type BackupHeader } from "#server/shell/backup/format.ts";
import { checkBackup } from "#server/shell/backup/read.ts";
import { lookInto, restore, splitMigrations } from "#server/shell/backup/restore.ts";
import { lockSchema } from "#server/base/content/lock.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import { openEmbeddedToRestore } from "#server/base/db/embedded.ts";
import { openPostgresqlToRestore } from "#server/base/db/postgresql.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { findSamples } from "#server/gather/retention/sample-queries.ts";
import { commandEnvironment, givenFile, MIGRATION_FOLDER, openToRead, runCommand } from "./command.ts";
import type { Env } from "#server/base/environment/environment.mjs";

const USE = "Use: npm run restore FILE, npm run restore FILE -- --replace, or npm run restore FILE -- --check";

await runCommand("Nothing was restored, and the database is as it was", async () => {
  const given = process.argv.slice(2);
  const flags = ["--replace", "--check"] as const;
  const [isReplacing, isChecking] = flags.map((flag) => given.includes(flag));
  const file = givenFile(
    given.filter((one) => !flags.some((flag) => flag === one)),
    USE,
  );
  const env = commandEnvironment();
  const { header, rows, tables } = await checkBackup(file);
  splitMigrations(header, MIGRATION_FOLDER);
  console.log(
    `${file} is whole: made ${header.madeAt} by With Care ${header.software}, ${rows} rows in ${tables.size} tables, ${tables.get("Person") ?? 0} people.`,
  );
  if (!isChecking) {
    await putBack(env, file, isReplacing === true);
    for (const words of missingPolicies(env, header)) console.log(words);
    process.exitCode = (await verify(env, header)) ? 0 : 1;
  }
});

async function putBack(env: Env, file: string, isReplacing: boolean): Promise<void> {
  const { databaseSessionUrl, databaseOwnerUrl, dataDir } = env;
  if (!databaseSessionUrl) makeDataFolder(dataDir);
  const opened = databaseSessionUrl
    ? await openPostgresqlToRestore(databaseSessionUrl, databaseOwnerUrl)
    : await openEmbeddedToRestore(dataDir);
  const target = databaseSessionUrl
    ? `the PostgreSQL database ${databaseName(databaseSessionUrl)}`
    : `the embedded database in ${dataDir}`;
  if (!opened)
    throw new BackupError(
      `A portal is running on ${target}: stop it first (all of them, where several share it), then restore.`,
    );
  try {
    const present = await lookInto(opened.connection);
    if (present.kind === "foreign")
      throw new BackupError(
        `There are tables in ${target} that With Care did not make, such as ${present.table}: give it a database of its own.`,
      );
    if (present.kind === "filled" && !isReplacing)
      throw new BackupError(
        `There are ${present.rows} rows in ${target}. To lose them for those of the backup, say so: npm run restore FILE -- --replace`,
      );
    console.log(
      present.kind === "filled"
        ? `Replacing the ${present.rows} rows of ${target}…`
        : `Restoring into ${target}, which is empty…`,
    );
    await opened.begin();
    await restore(opened.connection, file, MIGRATION_FOLDER);
    await opened.finish();
  } finally {
    await opened.close();
  }
  console.log("Restored. Everybody signs in anew; mail that was waiting then is sent at the next start.");
}

async function verify(env: Env, { heads }: BackupHeader): Promise<boolean> {
  const database = await openToRead(env);
  if (!database)
    throw new BackupError("A portal was started meanwhile: check the evidence with npm run evidence:verify.");
  try {
    const { people, access } = await findSamples(database.prisma, new Date());
    if (people + access > 0)
      console.log(
        `There are ${people} invented people of an evaluation in it. With an identity provider the portal does not start before they are removed: npm run people:remove-samples -- --check, then npm run people:remove-samples.`,
      );
    const reports = await verifyChains(database.prisma, heads);
    for (const { body, head, fault } of reports)
      console.log(
        fault
          ? `Evidence of ${body}: FAULT at row ${fault.position}: ${fault.problem}. It was so when the backup was made.`
          : `Evidence of ${body}: ${head.position} ${head.position === 1 ? "row" : "rows"}, all right.`,
      );
    return reports.every(({ fault }) => fault === null);
  } finally {
    await database.close();
  }
}

/** Records depend on the texts of published versions; they are in the content folder, not in the backup. */
function missingPolicies({ contentDir }: Env, { policies }: BackupHeader): string[] {
  const file = path.join(contentDir, "content.lock.json");
  const lock = lockSchema.safeParse(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
  const known = lock.success ? lock.data : {};
  const missing = policies.filter(({ policy, version, hash }) => known[policy]?.[version]?.hash !== hash);
  return missing.map(
    ({ policy, version, hash }) =>
      `The content folder ${contentDir} lacks ${policy} version ${version} (${hash.slice(0, 12)}…), on which records rest: put its folder and content.lock.json back from your copy.`,
  );
}

function databaseName(databaseUrl: string): string {
  const { hostname, pathname } = new URL(databaseUrl);
  return `${decodeURIComponent(pathname.slice(1))} at ${hostname || "localhost"}`;
}
