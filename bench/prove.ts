import { buildTable, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { prove } from "#domain/policy/decision/prove.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { CLAUSE } from "#domain/testing/generated-table.ts";
import { provePlainly } from "#domain/testing/plain-proof.ts";
import { RICH, themedTable } from "#domain/testing/themed-table.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { lineOf, median, type Part } from "./line.ts";

const ROUNDS = 7;
const PEER = "plain walk";
/** For the generated table. */
const SEED = 1;

/** Time of working out and proving the tables of all versions, once in a process that has not done it yet and then warm, against a plain walk. */
export const benchProve: Part = async (print, say) => {
  const { versions } = await readContent("content");
  const whole = versions.flatMap((version) => wholeVersion(version) ?? []);
  if (whole.length < versions.length)
    throw new Error("Some policies cannot be read, so they cannot be proven: run npm run policy:check.");
  const situations = whole.reduce((sum, { table }) => sum + table.situations, 0);
  say(`prove: ${whole.length} versions, ${situations} situations`);
  const first = timed(() => whole.forEach(proveVersion));
  compare(whole);
  const [ours, plain]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timed(() => whole.forEach(proveVersion)));
    plain.push(timed(() => whole.forEach(walkVersion)));
  }
  const peerValue = median(plain);
  print(lineOf({ name: "prove/all/first", value: first, unit: "ms", peer: PEER, peerValue }));
  print(lineOf({ name: "prove/all", value: median(ours), unit: "ms", peer: PEER, peerValue }));
  proveRich(print, say);
};

/** A table too large for any walk: made and proven anew each time, against the limit of a second. */
function proveRich(print: Parameters<Part>[0], say: Parameters<Part>[1]): void {
  const before = process.memoryUsage().rss;
  const times = Array.from({ length: ROUNDS }, () =>
    timed(() => prove(themedTable(RICH, SEED), new Set([CLAUSE]), [], "rules.yaml")),
  );
  const megabytes = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
  say(`prove: ${RICH.facts} facts, ${RICH.rules} rules, ${megabytes} MB more than before`);
  print(lineOf({ name: "prove/diagram", value: median(times), unit: "ms", peer: "a second", peerValue: 1_000 }));
}

/** @throws Error if the two counts differ, or there is a fault */
function compare(versions: readonly PolicyVersion[]): void {
  for (const version of versions) {
    const { wrongExamples, faults, ...counts } = proveVersion(version);
    if (
      wrongExamples > 0 ||
      faults.length > 0 ||
      JSON.stringify(sorted(counts)) !== JSON.stringify(sorted(walkVersion(version)))
    )
      throw new Error(`${version.slug} ${version.version} is faulty, or the plain walk counts otherwise.`);
  }
}

function proveVersion({ table, clauses, examples }: PolicyVersion) {
  return prove(workedOut(table), idsOf(clauses), examples, "rules.yaml");
}

function walkVersion({ table, clauses }: PolicyVersion) {
  return provePlainly(table, idsOf(clauses));
}

/** Computes again what was computed when the policy was read. */
function workedOut({ facts, rules, obligations }: DecisionTable): DecisionTable {
  return buildTable(
    facts.map(({ name, fact }) => [name, fact] as const),
    rules,
    [...obligations.values()],
  );
}

const idsOf = (clauses: PolicyVersion["clauses"]) => new Set(clauses.map(({ id }) => id));
const sorted = (counts: object) => Object.entries(counts).sort(([one], [other]) => one.localeCompare(other));

/** @returns milliseconds */
function timed(step: () => unknown): number {
  const start = performance.now();
  step();
  return performance.now() - start;
}
