/**
 * `npm run policy:check [-- --json] [-- --watch] [-- --content DIR]`: proves and lints every policy. Exit 1 if anything
 * is wrong.
 */
import { watch } from "chokidar";
import { clock } from "#server/base/clock.ts";
import { checkContent, servedClauseFaults, type Check } from "#server/base/content/check.ts";
import { checkJourneys } from "#server/base/content/journeys.ts";
import { lintContent, type Finding } from "#server/base/content/lint.ts";
import { describeFinding } from "#server/base/content/publish.ts";
import { readContent } from "#server/base/content/read.ts";
import { JOURNEYS, readOptions } from "./options.ts";

/** Editors save in several steps; the files are read once they have been unchanged for this long. */
const QUIET_MS = 200;

type Result = Check & {
  findings: Finding[];
  /** Whether the end-to-end tests were there to be checked. */
  hasJourneys: boolean;
};

const options = readOptions("policy:check");
if (options.watch) watchFolder();
else {
  const result = await check();
  console.log(options.json ? JSON.stringify(result, null, 2) : report(result));
  process.exitCode = result.ok ? 0 : 1;
}

async function check(): Promise<Result> {
  try {
    const content = await readContent(options.content);
    const { policies, faults: found } = checkContent(content);
    const journeys = await checkJourneys(content, options.journeys);
    const faults = [...found, ...servedClauseFaults(content), ...(journeys ?? [])];
    const findings = await lintContent(options.content, content, faults, clock.today());
    return {
      ok: faults.length === 0 && !findings.some(({ blocks }) => blocks),
      policies,
      faults,
      findings,
      hasJourneys: journeys !== null,
    };
  } catch (error) {
    const message = `The content folder "${options.content}" cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    const faults = [{ file: options.content, rule: null, kind: "content" as const, situation: null, message }];
    return { ok: false, policies: [], faults, findings: [], hasJourneys: false };
  }
}

/** Checks at once and after each save, until the command is stopped. */
function watchFolder(): void {
  let timer: NodeJS.Timeout | undefined;
  let checking = Promise.resolve();
  const recheck = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      checking = checking.then(async () => {
        const result = await check();
        const time = clock.now().toLocaleTimeString("en-GB", { timeZone: "Europe/London" });
        console.log([`\n${time}`, ...problemLines(result), conclusion(result)].join("\n"));
      });
    }, QUIET_MS);
  };
  const watcher = watch(options.content, { ignoreInitial: true, ignored: /(^|[/\\])\.[^/\\]+\.tmp$/ });
  watcher.on("all", recheck).on("error", (error) => console.error(`The folder cannot be watched: ${String(error)}`));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
  console.log(`Watching ${options.content}. Press Ctrl-C to end.`);
  recheck();
}

function report(result: Result): string {
  const { policies } = result;
  const lines = policies.map(({ slug, version, situations, periods, sources, ...counts }) => {
    const { of, decided, served, information, missing, planned } = sources;
    const wrong = Object.entries(counts).filter(([, count]) => count > 0);
    if (situations === 0) return `${slug} ${version}: its rules could not be read, so nothing is proven.`;
    const proof = wrong.length === 0 ? "all proven" : wrong.map(([name, count]) => `${name} ${count}`).join(", ");
    return [
      `${slug} ${version}: ${situations} situations${periods > 1 ? ` in ${periods} periods` : ""}, ${proof}.`,
      `  ${of === "clauses" ? "Clauses" : "Statements"}: ${decided} decided, ${served} served, ${information} information, ${missing} missing; ${planned} with a planned feature.`,
    ].join("\n");
  });
  const total = (pick: (policy: Check["policies"][number]) => number) =>
    policies.reduce((sum, policy) => sum + pick(policy), 0);
  // Each source once, however many versions restate it.
  const restating = new Map(
    policies.flatMap((policy) => (policy.sources.of === "statements" ? [[policy.slug, policy]] : [])),
  );
  const statements = [...restating.values()].reduce(
    (sum, { sources: { decided, served, information, missing } }) => sum + decided + served + information + missing,
    0,
  );
  lines.push(
    `In total: ${policies.length} versions, ${total((policy) => policy.situations)} situations, ${statements} statements, ${total(({ sources }) => sources.missing)} missing, ${total(({ sources }) => sources.planned)} planned.`,
    // A package has none, and says nothing of them; a folder that was named should be there.
    ...(result.hasJourneys ? ["Journeys: looked at for each feature that is named."] : []),
    ...(result.hasJourneys || options.journeys === JOURNEYS
      ? []
      : [`Journeys: there is no folder "${options.journeys}", so they were not looked at.`]),
  );
  return [...lines, ...problemLines(result), conclusion(result)].join("\n");
}

/** Faults first, then what a version needs before it comes into force, then advice; each with its place. */
function problemLines({ faults, findings }: Result): string[] {
  const unplaced = faults.filter(({ kind }) => kind === "lock" || kind === "journey");
  return [
    ...unplaced.map(({ file, message }) => `${file}: ${message}`),
    ...findings.filter(({ blocks }) => blocks).map(describeFinding),
    ...findings.filter(isToDo).map((finding) => `Before it is in force: ${describeFinding(finding)}`),
    ...findings.filter(({ level }) => level === "warning").map((finding) => `Advice: ${describeFinding(finding)}`),
  ];
}

/** What a draft may still have, and a version in force may not. */
function isToDo({ blocks, level }: Finding): boolean {
  return level === "error" && !blocks;
}

function conclusion({ ok, faults, findings }: Result): string {
  const toDo = findings.filter(isToDo).length;
  if (ok && toDo === 0) return "Everything holds.";
  const located = findings.filter(({ blocks, rule }) => blocks && !faults.some(({ kind }) => kind === rule)).length;
  const count = faults.length + located;
  const drafts =
    toDo === 0 ? "" : ` ${toDo} ${toDo === 1 ? "thing" : "things"} to put right before drafts come into force.`;
  return `${ok ? "No fault" : `${count} ${count === 1 ? "fault" : "faults"}`}.${drafts}`;
}
