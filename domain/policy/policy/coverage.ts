/**
 * Every statement of a source is decided by a rule, implemented by a feature, or information only: none may be missing
 * (docs/source-statements.md).
 */
import { isPlanned, type Feature, FEATURES } from "#domain/policy/decision/feature.ts";
import type { Fault, Obligation, Rule, Sources } from "#domain/policy/decision/rule-file.ts";
import type { Clause } from "./clause.ts";
import { z } from "zod";

export type Coverage = ReturnType<typeof cover>;

/** The parts of a version that coverage is computed from. */
export interface CoverageInput {
  source: { id: string; statements: number } | null;
  clauses: readonly Clause[];
  rules: readonly Rule[];
  obligations: readonly Obligation[];
  sources: Sources;
  /** Without a source: which feature implements a clause that no rule decides. */
  served?: ServedClauses;
  file: string;
}

export const COVERAGE_KINDS = ["decided", "served", "information", "missing"] as const;
export type CoverageKind = (typeof COVERAGE_KINDS)[number];

/** One statement, or clause, and how it is covered. */
export interface CoverageLine {
  id: string;
  kind: CoverageKind;
  /** The clauses that carry it. */
  clauses: readonly Clause[];
  /** Ids of the rules based on it. */
  rules: readonly string[];
  /** Obligations of rules that are based on it. */
  obligations: readonly Obligation[];
  /** The features that implement it: its own, or those of its obligations. */
  features: readonly Feature[];
  /** Why it needs nothing more. */
  reason: string | null;
}

/** Why a clause of a policy without a source needs nothing more. */
const TEXT_ONLY = {
  information: "It tells something; there is nothing to do.",
  other: "People read it and act on it; the portal has no part in it.",
};

/**
 * Assigns every statement of a source to one list, in the order decided, served, information; for a policy without a
 * source, every clause. Decided: a clause that carries it is cited by a rule, or by an obligation that some rule uses.
 */
export function coverageLines(input: Omit<CoverageInput, "file">): CoverageLine[] {
  const { source, clauses, sources, served = {} } = input;
  if (source)
    return Array.from({ length: source.statements }, (_, at) => {
      const id = `${source.id}.${at + 1}`;
      const carrying = clauses.filter(({ from }) => from.includes(id));
      return locate(input, id, carrying, sources.served[id], sources.information[id]);
    });
  return clauses.map((clause) => {
    const text = clause.strength === "information" ? TEXT_ONLY.information : TEXT_ONLY.other;
    return locate(input, clause.id, [clause], served[clause.id], text);
  });
}

function locate(
  { rules, obligations }: Pick<CoverageInput, "rules" | "obligations">,
  id: string,
  clauses: readonly Clause[],
  feature: Feature | undefined,
  reason: string | undefined,
): CoverageLine {
  const used = new Set(rules.flatMap((rule) => rule.obligations));
  const rests = ({ because }: { because: readonly string[] }) => clauses.some((clause) => because.includes(clause.id));
  const citing = rules.filter(rests);
  const obliging = obligations.filter((obligation) => used.has(obligation.id) && rests(obligation));
  const head = { id, clauses, rules: citing.map((rule) => rule.id), obligations: obliging };
  if (citing.length > 0 || obliging.length > 0) {
    const features = [...new Set(obliging.flatMap((obligation) => obligation.feature ?? []))];
    return { ...head, kind: "decided", features, reason: null };
  }
  if (feature !== undefined) return { ...head, kind: "served", features: [feature], reason: null };
  const kind = reason === undefined ? "missing" : "information";
  return { ...head, kind, features: [], reason: reason ?? null };
}

/**
 * Counts the lists, and finds errors in them: a statement on no list, or served without a clause that a reader can see;
 * an id the source does not have.
 */
export function cover(input: CoverageInput) {
  const { source, clauses, sources, file } = input;
  const lines = coverageLines(input);
  const faults: Fault[] = [];
  const fault = (message: string) => faults.push({ file, rule: null, kind: "source", situation: null, message });
  for (const { id, kind, clauses: carrying, features } of lines) {
    if (kind === "served" && carrying.length === 0)
      fault(`${id} is served by ${features.join()}, but no clause carries it. Add a clause with from="${id}".`);
    if (kind !== "missing") continue;
    const hint =
      carrying.length > 0 ? "A clause carries it, but no rule or obligation cites that clause" : "No clause carries it";
    fault(`${id} is missing. ${hint}: list it under sources as served or information, or cite it.`);
  }
  const known = new Set(source ? lines.map(({ id }) => id) : []);
  const carried = clauses.flatMap((clause) => clause.from);
  for (const id of [...carried, ...Object.keys(sources.served), ...Object.keys(sources.information)])
    if (!known.has(id)) {
      known.add(id);
      const range = source ? ` (${source.id}.1 to ${source.id}.${source.statements})` : "";
      fault(`${id} is no statement of this policy's source${range}.`);
    }
  const count = (kind: CoverageKind) => lines.filter((line) => line.kind === kind).length;
  return {
    /** What is counted: statements of the source or, if a policy has none, its own clauses. */
    of: source ? ("statements" as const) : ("clauses" as const),
    decided: count("decided"),
    served: count("served"),
    information: count("information"),
    missing: count("missing"),
    /** How many of the total depend on a planned feature. */
    planned: lines.filter(({ features }) => features.some(isPlanned)).length,
    faults,
  };
}

// Which feature implements a clause that no rule decides, for policies without a source: content/served-clauses.yaml.

const feature = z.string().refine((name): name is Feature => Object.hasOwn(FEATURES, name), "there is no such feature");

/** By policy, by id of the clause. */
export const servedClausesSchema = z.record(z.string(), z.record(z.string(), feature));

/** For one policy, by id of the clause. */
export type ServedClauses = Readonly<Record<string, Feature>>;
