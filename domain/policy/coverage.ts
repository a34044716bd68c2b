/** Every statement of a source is decided by a rule, served by a feature, or information only: none may be missing (clauses.md's traceability). */
import type { Fault } from "../decision/fault.ts";
import { FEATURES } from "../decision/feature.ts";
import type { Obligation, Rule, Sources } from "../decision/rule-file.ts";
import type { Clause } from "./clause.ts";

export interface Coverage {
  decided: number;
  served: number;
  information: number;
  missing: number;
  /** Of the served, how many by a planned feature. */
  planned: number;
  faults: Fault[];
}

/** What of a version the coverage rests on. */
export interface CoverageInput {
  source: { id: string; statements: number } | null;
  clauses: readonly Clause[];
  rules: readonly Rule[];
  obligations: readonly Obligation[];
  sources: Sources;
  file: string;
}

/**
 * Places every statement of a source on one list, in the order decided, served, information.
 * Decided: a clause that carries it is cited by a rule, or by an obligation that some rule uses.
 * A statement on no list, or served without a clause that a reader can see, is a fault; so is an id the source does not have.
 */
export function cover({ source, clauses, rules, obligations, sources, file }: CoverageInput): Coverage {
  const ids = source ? Array.from({ length: source.statements }, (_, at) => `${source.id}.${at + 1}`) : [];
  const used = new Set(rules.flatMap((rule) => rule.obligations));
  const cited = new Set([
    ...rules.flatMap((rule) => rule.because),
    ...obligations.filter(({ id }) => used.has(id)).flatMap(({ because }) => because),
  ]);
  const carried = new Set(clauses.flatMap((clause) => clause.from));
  const decided = new Set(clauses.filter(({ id }) => cited.has(id)).flatMap((clause) => clause.from));
  const result: Coverage = { decided: 0, served: 0, information: 0, missing: 0, planned: 0, faults: [] };
  const fault = (message: string) => result.faults.push({ file, rule: null, kind: "source", situation: null, message });

  for (const id of ids) {
    const feature = sources.served[id];
    if (decided.has(id)) result.decided++;
    else if (feature !== undefined) {
      result.served++;
      if (FEATURES[feature] === "planned") result.planned++;
      if (!carried.has(id))
        fault(`${id} is served by ${feature}, but no clause carries it. Add a clause with from="${id}".`);
    } else if (sources.information[id] !== undefined) result.information++;
    else {
      result.missing++;
      const hint = carried.has(id)
        ? "A clause carries it, but no rule or obligation cites that clause"
        : "No clause carries it";
      fault(`${id} is missing. ${hint}: list it under sources as served or information, or cite it.`);
    }
  }
  const known = new Set(ids);
  for (const id of [...carried, ...Object.keys(sources.served), ...Object.keys(sources.information)])
    if (!known.has(id)) {
      known.add(id);
      fault(
        `${id} is no statement of this policy's source${source ? ` (${source.id}.1 to ${source.id}.${source.statements})` : ""}.`,
      );
    }
  return result;
}
