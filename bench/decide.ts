import { Engine } from "json-rules-engine";
import { decide } from "#domain/policy/decision/decide.ts";
import { buildTable, type DecisionTable, situationAt } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "../domain/policy/decision/rule-file.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { lineOf, median, type Part } from "./line.ts";

const ROUNDS = 7;
/** Situations measured for each policy, evenly spread; both engines are compared on all of them. */
const MOST_MEASURED = 2_000;
/** One pass of ours is over before the clock has moved, so it is repeated for at least this long. */
const PASS_MS = 40;

/** CPU time of one decision on a whole situation, and of making the engine ready, against json-rules-engine on the same table. */
export const benchDecide: Part = async (print, say) => {
  const { versions } = await readContent("content");
  const whole = versions.flatMap((version) => wholeVersion(version) ?? []);
  if (whole.length < versions.length)
    throw new Error("Some policies cannot be read, so they cannot be measured: run npm run policy:check.");
  for (const { slug, version, table } of whole) {
    const name = `${slug}-${version}`;
    const engine = translateTable(table);
    say(`decide: ${name}, ${table.situations} situations`);
    await compare(name, table, engine);
    const situations = spread(table);
    const [ours, peers, builds, peerBuilds]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 0; round <= ROUNDS; round++) {
      const figures = [
        timePerDecision(table, situations),
        await timePerPeerDecision(engine, situations),
        timed(() => build(table)),
        timed(() => translateTable(table)),
      ];
      if (round > 0) [ours, peers, builds, peerBuilds].forEach((list, at) => list.push(figures[at] ?? NaN)); // 0 warms up
    }
    const peer = "json-rules-engine";
    print(lineOf({ name: `decide/${name}`, value: median(ours), unit: "µs", peer, peerValue: median(peers) }));
    print(
      lineOf({ name: `decide/${name}/build`, value: median(builds), unit: "µs", peer, peerValue: median(peerBuilds) }),
    );
  }
};

/** @throws Error at the first situation that the two decide by different rules */
async function compare(name: string, table: DecisionTable, engine: PeerEngine): Promise<void> {
  for (let at = 0; at < table.situations; at++) {
    const situation = situationAt(table, at);
    const decision = decide(table, situation);
    const [ours, peers] = [decision.settled ? decision.rule.id : "undecided", await engine.decide(situation)];
    if (ours !== peers)
      throw new Error(`On ${name} the two differ: ${ours} here, ${peers} there, for ${JSON.stringify(situation)}.`);
  }
}

function spread(table: DecisionTable): Answers[] {
  const count = Math.min(table.situations, MOST_MEASURED);
  return Array.from({ length: count }, (_, at) => situationAt(table, Math.floor((at * table.situations) / count)));
}

/** @returns microseconds */
function timePerDecision(table: DecisionTable, situations: readonly Answers[]): number {
  let decided = 0;
  const start = cpuMs();
  let elapsed = 0;
  do {
    for (const situation of situations) if (decide(table, situation).settled) decided++;
    elapsed = cpuMs() - start;
  } while (elapsed < PASS_MS);
  return (elapsed * 1_000) / decided;
}

/** @returns microseconds */
async function timePerPeerDecision(engine: PeerEngine, situations: readonly Answers[]): Promise<number> {
  let decided = 0;
  const start = cpuMs();
  for (const situation of situations) if ((await engine.decide(situation)) !== undefined) decided++;
  return ((cpuMs() - start) * 1_000) / decided;
}

function build({ facts, rules, obligations }: DecisionTable): DecisionTable {
  return buildTable(
    facts.map(({ name, fact }) => [name, fact] as const),
    rules,
    [...obligations.values()],
  );
}

/** @returns microseconds */
function timed(step: () => unknown): number {
  const start = cpuMs();
  step();
  return (cpuMs() - start) * 1_000;
}

/** CPU time of this process so far: in wall-clock time, whatever else runs delays the shorter of two passes more. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** A policy's table for json-rules-engine. */
interface PeerEngine {
  /** @returns the id of the first rule that applies, or undefined if none does */
  decide(situation: Answers): Promise<string | undefined>;
}

/**
 * Translates a table for json-rules-engine: a rule's position becomes its priority, every fact it names an `in`
 * condition, and the engine is stopped at the first rule that applies. (Conditions with priorities of their own, one
 * after the other, were tried and are no faster on these tables.)
 */
function translateTable({ rules }: Pick<DecisionTable, "rules">): PeerEngine {
  const engine = new Engine();
  rules.forEach(({ id, when }, position) => {
    const conditions = Object.entries(when).map(([fact, value]) => ({ fact, operator: "in", value }));
    engine.addRule({ conditions: { all: conditions }, event: { type: id }, priority: rules.length - position });
  });
  engine.on("success", () => void engine.stop());
  return { decide: async (situation) => (await engine.run(situation)).events[0]?.type };
}
