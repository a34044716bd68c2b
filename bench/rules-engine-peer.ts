import { Engine } from "json-rules-engine";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";

/** A policy's table for json-rules-engine. */
export interface PeerEngine {
  /** @returns the id of the first rule that applies, or undefined if none does */
  decide(situation: Answers): Promise<string | undefined>;
}

/**
 * Translates a table for json-rules-engine: a rule's position becomes its priority, every fact it names an `in`
 * condition, and the engine is stopped at the first rule that applies. (Conditions with priorities of their own, one
 * after the other, were tried and are no faster on these tables.)
 */
export function translateTable({ rules }: Pick<DecisionTable, "rules">): PeerEngine {
  const engine = new Engine();
  rules.forEach(({ id, when }, position) => {
    const conditions = Object.entries(when).map(([fact, value]) => ({ fact, operator: "in", value }));
    engine.addRule({ conditions: { all: conditions }, event: { type: id }, priority: rules.length - position });
  });
  engine.on("success", () => void engine.stop());
  return { decide: async (situation) => (await engine.run(situation)).events[0]?.type };
}
