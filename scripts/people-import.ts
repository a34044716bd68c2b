/**
 * `npm run people:import FILE.csv [-- --check] [--body SLUG] [--many-have-left]`: takes over a list of people; see
 * docs/people.md. Exit 0: it is taken over, or checked without a fault. 1: nothing was written.
 */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { faultInWords } from "#domain/people/directory/import-row.ts";
import { ContentError } from "#server/base/content/store.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import { closeDatabase } from "#server/base/db/database.ts";
import { DatabaseInUse } from "#server/base/db/embedded.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { LIST_LIMITS, TOO_LARGE } from "#server/people/directory/import-table-reader.ts";
import {
  commandLineSchema,
  importByCommand,
  type ImportCommandResult,
  type ImportCommandOptions,
} from "#server/people/directory/command-service.ts";
import { EnvironmentError, readEnvironment, withoutSignIn, type Env } from "#server/base/environment/environment.mjs";
import { StartFailure } from "#server/base/start-failure.ts";
import { askRunningPortal, NotAsked, notUnderstood } from "./running-portal.ts";
import { connectRooms } from "#server/shell/start.ts";

const USE = "Use: npm run people:import FILE.csv [-- --check] [--body SLUG] [--many-have-left]";

/** Shown to whoever typed the command; it says what to do. */
class Refusal extends Error {}

let shownAt = 0;

try {
  const { file, ...options } = readWish();
  const env = readEnvironment(withoutSignIn(process.env), process.cwd());
  const result = await carryOut(env, readFile(file), options);
  console.log(inWords(result));
  process.exitCode = result.code === "done" || (result.code === "checked" && result.report.faultCount === 0) ? 0 : 1;
} catch (error) {
  const isClear = [Refusal, NotAsked, StartFailure, EnvironmentError, ContentError].some(
    (kind) => error instanceof kind,
  );
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    isClear ? message : `The list could not be imported, and nothing was written: ${message.trim().split("\n").at(-1)}`,
  );
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

function readWish(): ImportCommandOptions & { file: string } {
  try {
    const options = {
      check: { type: "boolean" },
      body: { type: "string" },
      "many-have-left": { type: "boolean" },
    } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Refusal(`Give one file. ${USE}`);
    const { check = false, body = null, "many-have-left": manyMayLeave = false } = values;
    return { file, isCheck: check, body, manyMayLeave };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
}

/** Relative to where the command was typed, which npm tells us. */
function readFile(file: string): Buffer {
  const full = path.resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
  try {
    if (statSync(full).size > LIST_LIMITS.bytes) throw new Refusal(TOO_LARGE);
    return readFileSync(full);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`The file ${full} cannot be read: check its name and its permissions.`);
  }
}

async function carryOut(env: Env, bytes: Buffer, options: ImportCommandOptions): Promise<ImportCommandResult> {
  console.log("Checking the list …");
  const inUse = await open(env);
  const result = inUse ? await askPortal(env, bytes, options) : await importByCommand(bytes, options, showProgress);
  if (!result) throw new Refusal(`"${options.body}" is not a body that this portal serves. ${USE}`);
  if ("problem" in result) throw new Refusal(result.problem);
  return result;
}

/** @returns whether the embedded database belongs to a running portal */
async function open(env: Env): Promise<boolean> {
  try {
    if (!env.databaseUrl) makeDataFolder(env.dataDir);
    connectRooms();
    await openDatabase(env);
    return false;
  } catch (error) {
    if (error instanceof DatabaseInUse) return true;
    throw error;
  }
}

async function askPortal(
  env: Env,
  bytes: Buffer,
  { isCheck, manyMayLeave, body }: ImportCommandOptions,
): Promise<ImportCommandResult> {
  const query = [isCheck && "check=1", manyMayLeave && "many=1", body !== null && `body=${encodeURIComponent(body)}`];
  const url = `/api/people/import?${query.filter(Boolean).join("&")}`;
  const { address, response } = await askRunningPortal(env, "people-import", url, bytes);
  if (!response.body) throw notUnderstood(address);
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const read = commandLineSchema.safeParse(JSON.parse(line));
      if (!read.success) break;
      if ("problem" in read.data) throw new Refusal(read.data.problem);
      if ("report" in read.data) return read.data;
      showProgress(read.data.doing, read.data.done, read.data.of);
    }
  }
  throw notUnderstood(address);
}

/** At most twice a second, each on a new line if not on a terminal. */
function showProgress(doing: "people" | "evidence", done: number, of: number): void {
  if (of < 2000 || (done < of && Date.now() - shownAt < (process.stdout.isTTY ? 500 : 5000))) return;
  shownAt = Date.now();
  const words = `${doing === "people" ? "Writing people" : "Writing evidence"}: ${figure(done)} of ${figure(of)}`;
  if (!process.stdout.isTTY) console.log(words);
  else process.stdout.write(`\r${words.padEnd(60)}${done >= of ? "\n" : ""}`);
}

function inWords({ code, report }: ImportCommandResult): string {
  const { rows, unknown, faults, faultCount, bodies } = report;
  const lines = [`${figure(rows)} ${rows === 1 ? "row" : "rows"} read.`];
  if (unknown.length > 0) lines.push(`Columns that are not used: ${unknown.join(", ")}.`);
  if (faultCount > 0) {
    lines.push(
      `${figure(faultCount)} to put right${faultCount > faults.length ? `; the first ${faults.length}` : ""}:`,
    );
    lines.push(...faults.map((fault) => `  ${faultInWords(fault)}`), "Nothing was written.");
    return lines.join("\n");
  }
  for (const {
    slug,
    name,
    counts,
    newTeams,
    newTeamCount = newTeams.length,
    absenceCount = 0,
    notes,
    left,
    activeBefore,
    areMany,
  } of bodies) {
    const { added, changed, left: leaving, unchanged, gone } = counts;
    lines.push(
      `${name} (${slug}): ${figure(added)} added, ${figure(changed)} changed, ${figure(leaving)} left, ${figure(unchanged)} unchanged.`,
    );
    if (gone > 0) lines.push(`  ${figure(gone)} in the list had left before, and stay out.`);
    if (absenceCount > 0) lines.push(`  Absences recorded, changed or removed: ${figure(absenceCount)}.`);
    if (newTeams.length > 0)
      lines.push(
        `  New teams: ${newTeams.slice(0, 20).join(", ")}${newTeamCount > 20 ? ` and ${figure(newTeamCount - 20)} more` : ""}.`,
      );
    if (left.length > 0)
      lines.push(
        `  Not in the list, or past their leaving date: ${left
          .slice(0, 20)
          .map(({ email }) => email)
          .join(", ")}${leaving > 20 ? ` and ${figure(leaving - 20)} more` : ""}.`,
      );
    lines.push(...notes.map((note) => `  ${note}`));
    if (areMany && code !== "done")
      lines.push(
        `  So many leave (${figure(leaving)} of ${figure(activeBefore)}) that it has to be confirmed: add --many-have-left.`,
      );
  }
  const isNothing = bodies.every(
    ({ counts, absenceCount = 0 }) => counts.added + counts.changed + counts.left + absenceCount === 0,
  );
  if (code === "done") lines.push(isNothing ? "The directory says all of this already." : "The list is imported.");
  else lines.push(code === "checked" ? "This was a check: nothing was written." : "Nothing was written.");
  return lines.join("\n");
}

function figure(count: number): string {
  return count.toLocaleString("en-GB");
}
