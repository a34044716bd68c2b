/**
 * `npm run people:import FILE.csv [-- --check] [--body SLUG] [--many-have-left]`: takes over a list of people; see
 * docs/people.md. Exit 0: it is taken over, or checked without a fault. 1: nothing was written.
 */
import { readFileSync, statSync } from "node:fs";
import { faultInWords } from "#domain/people/directory/import-row.ts";
import { LIST_LIMITS, TOO_LARGE } from "#server/people/directory/import-table-reader.ts";
import {
  commandLineSchema,
  importByCommand,
  type ImportCommandResult,
  type ImportCommandOptions,
} from "#server/people/directory/command-service.ts";
import { askRunningPortal, notUnderstood } from "./running-portal.ts";
import { commandEnvironment, readArguments, Refusal, typedPath } from "./command.ts";
import { openUnlessInUse, runOnDatabase } from "./portal-database.ts";
import type { Env } from "#server/base/environment/environment.mjs";

const USE = "Use: npm run people:import FILE.csv [-- --check] [--body SLUG] [--many-have-left]";

let shownAt = 0;

await runOnDatabase("The list could not be imported, and nothing was written", async () => {
  const { file, ...options } = readWish();
  const env = commandEnvironment();
  const result = await carryOut(env, readFile(file), options);
  console.log(inWords(result));
  process.exitCode = result.code === "done" || (result.code === "checked" && result.report.faultCount === 0) ? 0 : 1;
});

function readWish(): ImportCommandOptions & { file: string } {
  const flag = { type: "boolean", default: false } as const;
  const options = { check: flag, body: { type: "string" }, "many-have-left": flag } as const;
  const { positionals, values } = readArguments(USE, { allowPositionals: true, options });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Refusal(`Give one file. ${USE}`);
  return { file, isCheck: values.check, body: values.body ?? null, manyMayLeave: values["many-have-left"] };
}

function readFile(file: string): Buffer {
  const full = typedPath(file);
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
  const result = (await openUnlessInUse(env))
    ? await importByCommand(bytes, options, showProgress)
    : await askPortal(env, bytes, options);
  if (!result) throw new Refusal(`"${options.body}" is not a body that this portal serves. ${USE}`);
  if ("problem" in result) throw new Refusal(result.problem);
  return result;
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
