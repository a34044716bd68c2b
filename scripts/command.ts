import path from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { openEmbeddedToRead } from "#server/base/db/embedded.ts";
import { openPostgresqlToRead } from "#server/base/db/postgresql.ts";
import { EnvironmentError, readEnvironment, withoutSignIn, type Env } from "#server/base/environment/environment.mjs";
import { StartFailure } from "#server/base/start-failure.ts";
import { BackupError } from "#server/shell/backup/format.ts";

/** Where the migrations are. */
export const MIGRATION_FOLDER = path.resolve("prisma", "migrations");

/** Shown to whoever typed the command; it says what to do. */
export class Refusal extends Error {}

/**
 * Runs a command from its arguments to its exit code.
 * @param failure what did not happen, for an error that does not say it by itself
 * @param exitCode after an error
 */
export async function runCommand(failure: string, run: () => Promise<void>, exitCode = 1): Promise<void> {
  try {
    await run();
  } catch (error) {
    const isClear = [Refusal, BackupError, StartFailure, EnvironmentError].some((kind) => error instanceof kind);
    const message = error instanceof Error ? error.message : String(error);
    console.error(isClear ? message : `${failure}: ${message.trim().split("\n").at(-1)}`);
    process.exitCode = exitCode;
  }
}

/** The arguments as Node reads them. @throws Refusal with the usage */
export function readArguments<const Config extends ParseArgsConfig>(use: string, config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${use}`);
  }
}

/** A file relative to where the command was typed, which npm tells us. */
export const typedPath = (file: string): string => path.resolve(process.env["INIT_CWD"] ?? process.cwd(), file);

/** The one file given to a command. @throws Refusal with the usage if there is none, or anything else */
export function givenFile(args: readonly string[], use: string): string {
  const [file, ...more] = args;
  if (!file) throw new Refusal(`Name the file. ${use}`);
  const odd = [file, ...more].find((one) => one.startsWith("-")) ?? more[0];
  if (odd !== undefined) throw new Refusal(`"${odd}" is not understood. ${use}`);
  return typedPath(file);
}

/** The settings of a command, where nobody signs in. @throws EnvironmentError */
export const commandEnvironment = (): Env => readEnvironment(withoutSignIn(process.env), process.cwd());

/**
 * Opens the database read-only.
 * @param migrations null: whatever version it is of
 * @returns null where a running portal has the embedded one
 */
export const openToRead = async ({ databaseSessionUrl, dataDir }: Env, migrations: string | null = MIGRATION_FOLDER) =>
  databaseSessionUrl ? openPostgresqlToRead(databaseSessionUrl, migrations) : openEmbeddedToRead(dataDir, migrations);
