/**
 * `npm run backup [FILE]`: writes everything in the database to one new file, from a running portal or a stopped one. Without
 * FILE it is in BACKUP_DIR, called by the time.
 * Exit 0: the file exists, and was read back completely.
 */
import { closeSync, createWriteStream, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { clock } from "#server/base/clock.ts";
import { BackupError, LEFT_OUT } from "#server/shell/backup/format.ts";
import { checkBackup } from "#server/shell/backup/read.ts";
import { writeBackup } from "#server/shell/backup/write.ts";
import { askRunningPortal, notUnderstood } from "./running-portal.ts";
import { commandEnvironment, givenFile, openToRead, runCommand } from "./command.ts";
import type { Env } from "#server/base/environment/environment.mjs";

const USE =
  "Use: npm run backup FILE, such as npm run backup with-care-2026-11-24.backup; or npm run backup, where BACKUP_DIR is set";

await runCommand("No backup was made", async () => {
  const env = commandEnvironment();
  const args = process.argv.slice(2);
  const file = args.length === 0 && env.backupDir !== null ? newIn(env.backupDir) : givenFile(args, USE);
  if (existsSync(file)) throw taken(file);
  console.log(await backup(env, file));
});

function newIn(folder: string): string {
  return path.join(folder, `with-care-${clock.now().toISOString().slice(0, 19).replaceAll(":", "")}Z.backup`);
}

/** Written to a temporary file for this account alone; it gets its name only once it was read back and is complete. */
async function backup(env: Env, file: string): Promise<string> {
  const draft = `${file}.${process.pid}.part`;
  const descriptor = openSync(draft, "wx", 0o600);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      rmSync(draft, { force: true });
      process.exit(signal === "SIGINT" ? 130 : 143);
    });
  try {
    await write(env, descriptor).finally(() => closeSync(descriptor));
    const { rows, tables, header } = await checkBackup(draft);
    putInPlace(draft, file);
    const people = tables.get("Person") ?? 0;
    return [
      `${file}: ${rows} rows in ${tables.size} tables, ${people} people, as of ${header.madeAt}. It was read back and is whole.`,
      ...header.heads.map(({ body, position, hash }) => `Evidence: ${body}:${position}:${hash}`),
      `Not in it: ${Object.keys(LEFT_OUT).join(" and ")} (everybody signs in anew), the content folder, and the sign-in secret.`,
      "It holds personal data, and is readable by this account alone: keep it so.",
    ].join("\n");
  } finally {
    rmSync(draft, { force: true });
  }
}

async function write(env: Env, descriptor: number): Promise<void> {
  const database = await openToRead(env);
  if (!database) return askPortal(env, descriptor);
  try {
    await writeBackup(database, descriptor, new Date());
  } finally {
    await database.close();
  }
}

/** The embedded database belongs to one process; if a portal is running on it, that one reads it out. */
async function askPortal(env: Env, descriptor: number): Promise<void> {
  const { address, response } = await askRunningPortal(env, "backup", "/api/backup", {});
  if (!response.ok || !response.body || response.headers.get("content-type") !== "application/gzip")
    throw notUnderstood(address);
  await pipeline(response.body, createWriteStream("", { fd: descriptor, autoClose: false }));
  fsyncSync(descriptor);
}

/** A link fails if the name is taken, while a rename would replace the file; some file systems have no links. */
function putInPlace(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch {
    if (existsSync(file)) throw taken(file);
    renameSync(draft, file);
  }
}

function taken(file: string): BackupError {
  return new BackupError(`${file} is there already, and a backup replaces nothing: give another name.`);
}
