/**
 * Whether one decision table is at least as strict as another, proven over every situation of both. Verdicts are in the
 * order of VERDICTS; with the same verdict, the table with more duties is stricter, if it has all duties of the other
 * (docs/decisions/106-at-least-as-strict.md).
 */
import { unionAxes } from "./comparison.ts";
import { decide } from "./decide.ts";
import { NONE, OPEN, type Diagrams, type Ref } from "./decision-diagram.ts";
import { diagramsOver, productOf, type DecisionTable, type TableFact } from "./decision-table.ts";
import { oncePer } from "./once-per.ts";
import { groupValues, MOST_ANSWERS, type Group } from "./situation-group.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { isLaxer } from "./verdict.ts";

/** How what a table says compares with what the one that it is measured against says. */
export type OutcomeStanding = "equal" | "stricter" | "laxer" | "different";

/**
 * How a situation of both tables compares. `silent`: only the one measured against covers it; `fresh`: only the other
 * does; `neither` does. A table that does not know one of the answers does not cover the situation.
 */
const RELATIONS = ["equal", "stricter", "laxer", "different", "silent", "fresh", "neither"] as const;
export type SituationRelation = (typeof RELATIONS)[number];
/** Situations that are outside the order of strictness. */
export const APART = ["silent", "fresh", "neither"] as const satisfies readonly SituationRelation[];

/** A fact that only one of two tables asks for, or an answer that only one of them knows to a shared fact. */
export interface Unmatched {
  fact: string;
  answer: string | null;
  /** The table that has it. */
  of: "reference" | "candidate";
}

/** Why a table is not at least as strict as another, in as few answers as settle what both say. */
export interface Counterexample {
  /** The answers that are needed: with these, both tables say what they say whatever else is answered. */
  answers: Answers;
  relation: "laxer" | "different";
  /** What the two tables say. */
  reference: Rule;
  candidate: Rule;
  /** Duties, in words, that only the one or only the other has; none where the verdicts differ. */
  missing: readonly string[];
  added: readonly string[];
}

/**
 * `proven`: nothing is laxer, and whatever the reference covers is covered. `where-both-speak`: nothing is laxer, but the
 * candidate is silent where the reference speaks. `refuted`: see the counterexample.
 */
export type Strictness = "proven" | "where-both-speak" | "refuted";
export type StrictnessProof = NonNullable<ReturnType<typeof proveStrictness>>;

/** For each table, the key of each duty: equal keys are the same duty. */
type DutyKeys = ReadonlyMap<string, string>;

/**
 * Duties are the same if their words are. In versions of one policy they also are if they have the same name, unless the
 * words say otherwise; two policies may use one name for different things.
 */
export function dutyKeys(tables: readonly Pick<DecisionTable, "obligations">[], isOnePolicy: boolean): DutyKeys[] {
  const words = new Set<string>();
  const byName = new Map<string, string>();
  return tables.map(({ obligations }) => {
    const texts = new Set([...obligations.values()].map(({ text }) => text));
    const own = [...obligations.values()].map(({ id, text }) => {
      const named = isOnePolicy && !words.has(text) ? byName.get(id) : undefined;
      return [id, named === undefined || texts.has(named) ? text : named] as const;
    });
    for (const [id, key] of own) {
      words.add(key);
      byName.set(id, byName.get(id) ?? key);
    }
    return new Map(own);
  });
}

/** What a rule says in terms that can be compared. */
export interface Said extends Pick<Rule, "verdict"> {
  duties: ReadonlySet<string>;
}

/** The verdict and the duties of a rule; where nothing may be done, nothing has to be. */
export const saidBy = ({ verdict, obligations }: Rule, keys: DutyKeys): Said => ({
  verdict,
  duties: new Set(verdict === "never" ? [] : obligations.map((id) => keys.get(id) ?? id)),
});

/** How `candidate` compares with `reference`; both speak. */
export function outcomeStandingOf(candidate: Said, reference: Said): OutcomeStanding {
  if (candidate.verdict !== reference.verdict)
    return isLaxer(candidate.verdict, reference.verdict) ? "laxer" : "stricter";
  const [lacks, adds] = [lackedBy(candidate, reference), lackedBy(reference, candidate)].map((some) => some.length > 0);
  if (lacks) return adds ? "different" : "laxer";
  return adds ? "stricter" : "equal";
}

/** The duties of the other that it does not have. */
const lackedBy = ({ duties }: Said, other: Said): string[] => [...other.duties].filter((duty) => !duties.has(duty));

function relationOf(candidate: Said | null, reference: Said | null): SituationRelation {
  const [speaks, spoke] = [candidate, reference].map((said) => said !== null && said.verdict !== "not-covered");
  if (!candidate || !reference || !speaks || !spoke) return speaks ? "fresh" : spoke ? "silent" : "neither";
  return outcomeStandingOf(candidate, reference);
}

/**
 * Proves that `candidate` is at least as strict as `reference`, or finds the smallest counterexample. Facts and answers
 * are matched by name; whatever only one table knows counts with each of its values for that table, and makes no
 * difference to the other. The cost depends on the size of the diagrams, not on the number of situations.
 * @param isOnePolicy whether the tables are of versions of one policy: see `dutyKeys`
 * @returns null if the tables depend on too many different things to be compared
 */
export const proveStrictness = (reference: DecisionTable, candidate: DecisionTable, isOnePolicy: boolean) =>
  (isOnePolicy ? ofVersions : ofPolicies)(reference)(candidate);

const proofs = (isOnePolicy: boolean) =>
  oncePer((reference: DecisionTable) =>
    oncePer((candidate: DecisionTable) => {
      try {
        return prove(reference, candidate, isOnePolicy);
      } catch (error) {
        if (error instanceof RangeError) return null; // too many situations to count, or nodes to keep
        throw error;
      }
    }),
  );
const [ofVersions, ofPolicies] = [proofs(true), proofs(false)];

function prove(reference: DecisionTable, candidate: DecisionTable, isOnePolicy: boolean) {
  const axes = unionAxes([reference, candidate]);
  const { diagrams, winners } = diagramsOver(axes, [reference, candidate]);
  const [keys = new Map<string, string>(), newKeys = keys] = dutyKeys([reference, candidate], isOnePolicy);
  const [was, is] = [
    reference.rules.map((rule) => saidBy(rule, keys)),
    candidate.rules.map((rule) => saidBy(rule, newKeys)),
  ];
  const relation = (values: readonly number[]) =>
    relationOf(is[values[1] ?? NONE] ?? null, was[values[0] ?? NONE] ?? null);
  const root = diagrams.combine(winners, (values) => RELATIONS.indexOf(relation(values)));
  const tally = diagrams.tally(root);
  const counts = Object.fromEntries(RELATIONS.map((one, at) => [one, tally.get(at) ?? 0])) as Record<
    SituationRelation,
    number
  >;
  const isRefuted = counts.laxer + counts.different > 0;
  const strictness: Strictness = isRefuted ? "refuted" : counts.silent > 0 ? "where-both-speak" : "proven";
  return {
    strictness,
    /** The facts of both, with every answer that one of them knows; all groups are in terms of these. */
    axes,
    situations: productOf(axes),
    counts,
    apart: apartOf(axes, diagrams, root),
    unmatched: [...unmatchedIn(reference, candidate, "reference"), ...unmatchedIn(candidate, reference, "candidate")],
    counterexample: isRefuted
      ? counterexampleIn({ axes, diagrams, winners, relation }, [reference, candidate], [keys, newKeys])
      : null,
  };
}

/** Groups for each relation that is outside the order; none if there are too many to list. */
function apartOf(axes: readonly TableFact[], diagrams: Diagrams, root: Ref) {
  const canGroup = axes.every(({ answers }) => answers.length <= MOST_ANSWERS);
  return Object.fromEntries(
    APART.map((one) => {
      const label = RELATIONS.indexOf(one);
      const only = diagrams.combine([root], ([value]) => (value === label ? 0 : NONE));
      return [one, (canGroup && groupValues(axes, diagrams, only)) || []];
    }),
  ) as Record<(typeof APART)[number], Group[]>;
}

function unmatchedIn(from: DecisionTable, other: DecisionTable, of: Unmatched["of"]): Unmatched[] {
  return from.facts.flatMap(({ name, answers }): Unmatched[] => {
    const known = other.facts.find((fact) => fact.name === name)?.answers;
    if (!known) return [{ fact: name, answer: null, of }];
    return answers.filter((answer) => !known.includes(answer)).map((answer) => ({ fact: name, answer, of }));
  });
}

interface Compared {
  axes: readonly TableFact[];
  diagrams: Diagrams;
  winners: readonly Ref[];
  relation(values: readonly number[]): SituationRelation;
}

function counterexampleIn(
  { axes, diagrams, winners, relation }: Compared,
  [reference, candidate]: readonly [DecisionTable, DecisionTable],
  keys: readonly DutyKeys[],
): Counterexample | null {
  // Each pair of outcomes that is a counterexample, as one number.
  const failing = diagrams.combine(winners, (values) => {
    if (!FAILS.includes(relation(values))) return NONE;
    const [was, is] = [reference.outcomeOf[values[0] ?? NONE] ?? 0, candidate.outcomeOf[values[1] ?? NONE] ?? 0];
    return was * candidate.rules.length + is;
  });
  const found = fewestAnswers(diagrams, failing);
  const answers = Object.fromEntries(
    axes.flatMap(({ name, answers: possible }, axis) => {
      const answer = possible[found?.[axis] ?? OPEN];
      return answer === undefined ? [] : [[name, answer] as const];
    }),
  );
  const [was, is] = [decide(reference, answers), decide(candidate, answers)];
  if (!found || !was.settled || !is.settled) return null;
  const said = [saidBy(was.rule, keys[0] ?? new Map()), saidBy(is.rule, keys[1] ?? new Map())] as const;
  const isSame = was.rule.verdict === is.rule.verdict;
  return {
    answers,
    relation: outcomeStandingOf(said[1], said[0]) === "different" ? "different" : "laxer",
    reference: was.rule,
    candidate: is.rule,
    missing: isSame ? lackedBy(said[1], said[0]) : [],
    added: isSame ? lackedBy(said[0], said[1]) : [],
  };
}

const FAILS: readonly SituationRelation[] = ["laxer", "different"];

/**
 * The fewest answers with which a function has the same value, other than NONE, whatever else is answered; of several,
 * those that come first in the order of the axes and of their answers.
 * @returns for each axis the index of its answer, or OPEN; null if the function is NONE everywhere
 * @throws DiagramLimitError
 */
export function fewestAnswers(diagrams: Diagrams, root: Ref): number[] | null {
  const nothing = diagrams.leaf(NONE);
  if (root === nothing) return null;
  /** The function where it is the same for all of these, NONE elsewhere: what an axis that is left open leaves. */
  const shared = (refs: readonly Ref[]): Ref =>
    refs.reduce((all, ref) =>
      all === ref || all === nothing
        ? all
        : ref === nothing
          ? ref
          : diagrams.combine([all, ref], ([one = NONE, other]) => (one === other ? one : NONE)),
    );
  const known = new Map<string, boolean>();
  const settles = (ref: Ref, most: number): boolean => {
    const node = diagrams.nodeAt(ref);
    if (!node) return ref !== nothing;
    const key = `${ref} ${most}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found =
      (most > 0 && node.children.some((child) => settles(child, most - 1))) || settles(shared(node.children), most);
    known.set(key, found);
    return found;
  };
  let left = 0;
  while (!settles(root, left)) left++;
  let ref = root;
  return diagrams.sizes.map((size, axis) => {
    const given = Array.from({ length: size }, (_, answer) => diagrams.withAnswer(ref, axis, answer));
    const answer = left > 0 ? given.findIndex((next) => settles(next, left - 1)) : OPEN;
    ref = answer === OPEN ? shared(given) : (given[answer] ?? ref);
    if (answer !== OPEN) left--;
    return answer;
  });
}
