/** Proofs over every situation of a table, never on samples (docs/design.md, "Rules as data"). */
import { decide, describe } from "./decide.ts";
import { DiagramLimitError, Diagrams, NONE, OPEN } from "./decision-diagram.ts";
import { answersAt, digitsOf, type DecisionTable, type TableFact } from "./decision-table.ts";
import type { Answers, ClauseSubjects, Example, Fault, Rule } from "./rule-file.ts";
import { situationsOver } from "./situation-group.ts";
import { isLaxer, type Verdict } from "./verdict.ts";
import { keysOf } from "#domain/base/list/page.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { RulePeriod } from "./period.ts";

/** At most this many faults of one kind are listed; the counts are always complete. */
const MOST_LISTED = 20;

/**
 * Up to this many situations, every path of the wizard is walked. This repeats what the diagram has already proven; the
 * walk is an independent check.
 */
const MOST_WALKED = 200_000;

export interface Proof {
  situations: number;
  /** Situations without a rule. */
  undecided: number;
  /** Rules that can never decide anything. */
  unreachable: number;
  /** Rules that cite no clause. */
  uncited: number;
  /** Citations of a clause that is not in the text. */
  brokenCitations: number;
  /** Situations that have a laxer verdict than a less sensitive one. */
  laxer: number;
  /** Examples whose verdict differs from the table's. */
  wrongExamples: number;
  faults: Fault[];
}

/**
 * Proves a table: every situation is decided, every rule reachable, every verdict cites an existing clause, never laxer
 * as an ordered fact becomes stricter, every example is right, every path of the wizard ends where the table does, and
 * no clause is quoted for a situation that it is not about.
 * @param clauseIds ids of the clauses in the same version's text; if null, it could not be read, and citations stay
 * unproven
 * @param file path of the rules below the content folder, for the faults
 * @param about what clauses are about; of a clause that is not named there, it is not known
 */
export function prove(
  table: DecisionTable,
  clauseIds: ReadonlySet<string> | null,
  examples: readonly Example[],
  file: string,
  about: ClauseSubjects = {},
): Proof {
  const decided = lookAt(table);
  const laxer = withinLimit(() => proveNeverLaxer(table));
  const found = {
    undecided: proveDecided(table, decided),
    unreachable: proveReachable(table, decided),
    uncited: proveCited(table, decided),
    broken: clauseIds ? proveCitations(table, decided, clauseIds) : [],
    subject: proveSubject(table, clauseIds, about),
    laxer: laxer.faults,
    wrong: proveExamples(table, examples),
  };
  const undecided = decided.tally.get(NONE) ?? 0;
  const wizard = undecided === 0 && table.situations <= MOST_WALKED ? proveWizard(table) : [];
  return {
    situations: table.situations,
    undecided,
    unreachable: found.unreachable.length,
    uncited: found.uncited.length,
    brokenCitations: found.broken.length,
    laxer: laxer.count,
    wrongExamples: found.wrong.length,
    faults: [...Object.values(found).flat(), ...wizard].map((one) => ({ file, ...one })),
  };
}

type Found = Omit<Fault, "file">;

/** What each rule decides, by its index. */
interface Decided {
  /** The number of situations it decides; for NONE, the number without a rule. */
  tally: ReadonlyMap<number, number>;
  example(rule: number): Answers | null;
}

function lookAt(table: DecisionTable): Decided {
  const { diagrams, winner } = table;
  return {
    tally: diagrams.tally(winner),
    example(rule) {
      const first = rule < 0 ? null : diagrams.first(winner, rule);
      return first && answersAt(table, first);
    },
  };
}

function proveDecided(table: DecisionTable, { tally }: Decided): Found[] {
  const gaps = tally.get(NONE) ?? 0;
  const faults: Found[] = [];
  if (gaps === 0) return faults;
  const more = gaps > 1 ? ` It is one of ${gaps} such situations.` : "";
  for (const { answers } of table.diagrams.cubes(table.winner, [], (rule) => rule === NONE)) {
    const axes = table.facts.map((fact, axis) => ({ answers: answers[axis] ?? [...fact.answers.keys()] }));
    for (const places of situationsOver(axes)) {
      if (faults.length === MOST_LISTED) return faults;
      const indexes = axes.map((some, axis) => some.answers[places[axis] ?? 0] ?? 0);
      const situation = answersAt(table, indexes);
      const message = `No rule decides this situation: ${describe(situation)}. Add a rule for it.${more}`;
      faults.push({ rule: null, kind: "undecided", situation, message });
    }
  }
  return faults;
}

const proveReachable = (table: DecisionTable, { tally }: Decided): Found[] =>
  table.rules.flatMap((rule, index): Found[] => {
    if (tally.has(index)) return [];
    const situation = Object.fromEntries(
      table.facts.map(({ name, answers }) => [name, rule.when[name]?.[0] ?? answers[0] ?? ""]),
    );
    const earlier = table.rules.find((other) =>
      table.facts.every(({ name }) => other.when[name]?.includes(situation[name] ?? "") ?? true),
    );
    const before = earlier && earlier !== rule ? `, for example "${earlier.id}" does for ${describe(situation)}` : "";
    const message = `The rule "${rule.id}" can never decide anything: earlier rules take all its situations${before}. Remove it or move it up.`;
    return [{ rule: rule.id, kind: "unreachable", situation, message }];
  });

const proveCited = (table: DecisionTable, { example }: Decided): Found[] =>
  table.rules.flatMap((rule, index): Found[] => {
    if (rule.because.length > 0) return [];
    const message = `The rule "${rule.id}" cites no clause. Name at least one under "because".`;
    return [{ rule: rule.id, kind: "uncited", situation: example(index), message }];
  });

function proveCitations(table: DecisionTable, { example }: Decided, clauseIds: ReadonlySet<string>): Found[] {
  const broken = (what: string, because: readonly string[], index: number) =>
    because
      .filter((clause) => !clauseIds.has(clause))
      .map((clause): Found => {
        const message = `The ${what} cites clause ${clause}, which the text does not have. Correct the number or add the clause.`;
        const rule = table.rules[index]?.id ?? null;
        return { rule, kind: "broken-citation", situation: example(index), message };
      });
  return [
    ...table.rules.flatMap(({ id, because }, index) => broken(`rule "${id}"`, because, index)),
    ...[...table.obligations.values()].flatMap(({ id, because }) => {
      const user = table.rules.findIndex((rule) => rule.obligations.includes(id));
      return broken(`obligation "${id}"`, because, user);
    }),
  ];
}

/**
 * No rule quotes a clause, as its reason or under one of its duties, for a situation that the clause is not about. Each
 * answer that a clause excludes is looked for among all situations that the rule decides.
 */
function proveSubject(table: DecisionTable, clauseIds: ReadonlySet<string> | null, about: ClauseSubjects): Found[] {
  const unknown = Object.keys(about)
    .filter((clause) => clauseIds && !clauseIds.has(clause))
    .map((clause): Found => {
      const message = `about.${clause}: the text has no clause ${clause}. Correct the number or take it out.`;
      return { rule: null, kind: "wrong-subject", situation: null, message };
    });
  const wrong = table.rules.flatMap((rule, index) =>
    quotedBy(table, rule).flatMap(({ clause, where }): Found[] => {
      const [situation] = situationsBeside(table, index, about[clause] ?? {});
      if (!situation) return [];
      const message = `The rule "${rule.id}" quotes clause ${clause}${where}, and decides ${describe(situation)}, which that clause is not about. Name a clause that fits, split the rule, or correct about.${clause}.`;
      return [{ rule: rule.id, kind: "wrong-subject", situation, message }];
    }),
  );
  return [...unknown, ...wrong].slice(0, MOST_LISTED);
}

/** The clauses that somebody reads beside a rule's answer, and where. */
const quotedBy = (table: DecisionTable, rule: Rule): { clause: string; where: string }[] => [
  ...rule.because.map((clause) => ({ clause, where: "" })),
  ...rule.obligations.flatMap((id) =>
    (table.obligations.get(id)?.because ?? []).map((clause) => ({ clause, where: ` under the duty "${id}"` })),
  ),
];

/** Situations that a rule decides and that have an answer which is not among these; one for each such answer. */
const situationsBeside = (table: DecisionTable, rule: number, allowed: ClauseSubjects[string]): Answers[] =>
  table.facts.flatMap(({ name, answers }, axis) => {
    const excluded = allowed[name] ? answers.filter((answer) => !allowed[name]?.includes(answer)) : [];
    return excluded.flatMap((answer) => {
      const digits = onlyAt(table.diagrams.sizes, axis, answers.indexOf(answer));
      const first = table.diagrams.first(table.winner, rule, digits);
      return first ? [answersAt(table, first)] : [];
    });
  });

/** A proof that would take too much work is a fault: it must not count as proven. */
function withinLimit(proof: () => { count: number; faults: Found[] }) {
  try {
    return proof();
  } catch (error) {
    if (!(error instanceof DiagramLimitError)) throw error;
    const fault: Found = { rule: null, kind: "laxer", situation: null, message: error.message };
    return { count: 0, faults: [fault] };
  }
}

function proveNeverLaxer(table: DecisionTable) {
  const { diagrams, winner, rules } = table;
  const isLoosened = (rule: number, other: number) => {
    const [given, reference] = [rules[rule], rules[other]];
    return given !== undefined && reference !== undefined && loosens(given.verdict, reference.verdict);
  };
  const own = new Diagrams(diagrams.sizes, diagrams.order);
  let laxer = own.leaf(NONE);
  const faults: Found[] = [];
  table.facts.forEach((fact, axis) => {
    if (!fact.fact.ordered) return;
    for (const [strict, lax] of diagrams.pairsWhere(winner, axis, comparablePairs(fact), isLoosened)) {
      const withAnswer = (answer: number) =>
        own.combine([winner], ([rule = NONE]) => rule, diagrams, onlyAt(own.sizes, axis, answer));
      // Both rules as one number, if one is laxer than the other.
      const loosened = own.combine([withAnswer(strict), withAnswer(lax)], ([rule = NONE, other = NONE]) =>
        isLoosened(rule, other) ? rule * rules.length + other : NONE,
      );
      const isStrict = own.firstOf([own.sizes.map((size, at) => (at === axis ? onlyOf(size, strict) : null))]);
      laxer = own.combine([laxer, loosened, isStrict], ([known = NONE, found = NONE, given]) =>
        given === 0 && found !== NONE ? 1 : known,
      );
      for (const { value, answers } of own.examples(loosened)) {
        if (value === NONE || faults.length === MOST_LISTED) continue;
        const [rule, reference] = [rules[Math.floor(value / rules.length)], rules[value % rules.length]];
        if (!rule || !reference) continue;
        const [strictName, laxName] = [fact.answers[strict], fact.answers[lax]];
        const message = `With ${fact.name} "${strictName}" the rule "${rule.id}" says ${rule.verdict}, but with "${laxName}" the rule "${reference.id}" says ${reference.verdict}, all else being equal. The more sensitive must never be the laxer.`;
        const places = answers.map((some, at) => (at === axis ? strict : (some?.[0] ?? 0)));
        const situation = answersAt(table, places);
        faults.push({ rule: rule.id, kind: "laxer", situation, message });
      }
    }
  });
  return { count: own.tally(laxer).get(1) ?? 0, faults };
}

const onlyAt = (sizes: readonly number[], axis: number, answer: number) =>
  sizes.map((_, other) => (other === axis ? answer : OPEN));
const onlyOf = (size: number, answer: number) => Array.from({ length: size }, (_, at) => at === answer);

/**
 * Pairs [stricter answer, laxer answer] of an ordered fact; one that is treated `as` another is compared only with that
 * one's level.
 */
function comparablePairs({ fact, answers }: TableFact): [number, number][] {
  const rank = (answer: string) => answers.indexOf(fact.answers[answer]?.as ?? answer);
  return answers.flatMap((strict, at) =>
    answers.flatMap((lax, other): [number, number][] => {
      const follows = rank(strict) < rank(lax);
      const treatedAs = fact.answers[strict]?.as === lax;
      return follows || treatedAs ? [[at, other]] : [];
    }),
  );
}

/** True if the stricter answer's verdict is laxer than the other's, or becomes `not-covered`. */
const loosens = (verdict: Verdict, reference: Verdict): boolean =>
  isLaxer(verdict, reference) || (verdict === "not-covered" && reference !== "not-covered");

const proveExamples = (table: DecisionTable, examples: readonly Example[]): Found[] =>
  examples.flatMap((example): Found[] => {
    const said = verdictFor(table, example.facts);
    if (said.verdict === example.verdict) return [];
    const message = `The example "${example.name}" expects ${example.verdict}, but ${said.says}. Correct the example or the rules.`;
    return [{ rule: said.rule, kind: "wrong-example", situation: example.facts, message }];
  });

function verdictFor(table: DecisionTable, answers: Answers) {
  try {
    const decision = decide(table, answers);
    if (!decision.settled)
      return { verdict: null, rule: null, says: `its facts leave open: ${decision.needs.join(", ")}` };
    const { id, verdict } = decision.rule;
    return { verdict, rule: id, says: `the rule "${id}" says ${verdict}` };
  } catch (error) {
    return { verdict: null, rule: null, says: error instanceof Error ? error.message : String(error) };
  }
}

/** Walks every path of the wizard and compares its end with the table, for all situations on the path. */
function proveWizard(table: DecisionTable): Found[] {
  const faults: Found[] = [];
  const { diagrams, winner } = table;
  const walk = (answers: Answers): void => {
    const decision = decide(table, answers);
    if (!decision.settled) {
      const [next] = decision.needs;
      const fact = table.facts.find(({ name }) => name === next);
      if (!fact) throw new Error(`The wizard asks for ${next}, which the table does not use.`);
      for (const answer of fact.answers) walk({ ...answers, [next]: answer });
      return;
    }
    const digits = digitsOf(table, answers);
    const said = table.outcomeOf[table.rules.indexOf(decision.rule)];
    const differs = diagrams.values(winner, digits).find((rule) => table.outcomeOf[rule] !== said);
    if (differs === undefined) return;
    const situation = answersAt(table, diagrams.first(winner, differs, digits) ?? []);
    const message = `The wizard ends with ${decision.rule.verdict} after ${describe(answers)}, but the table says otherwise for ${describe(situation)}.`;
    faults.push({ rule: decision.rule.id, kind: "wizard", situation, message });
  };
  walk({});
  return faults.slice(0, MOST_LISTED);
}

// The proof of a table whose rules begin or end on a day: each period is proven over all of its situations.

export interface PeriodsProof extends Proof {
  /** How many periods were proven; the other numbers are those of all periods together. */
  periods: number;
}

/**
 * Proves each period as `prove` does. An example with a day is held against the period of that day, one without against
 * every period.
 * @param periods none if the rules could not be read
 */
export function provePeriods(
  periods: readonly RulePeriod[],
  clauseIds: ReadonlySet<string> | null,
  examples: readonly Example[],
  file: string,
  about: ClauseSubjects = {},
): PeriodsProof {
  const proofs = periods.map((period) => {
    const own = examples.filter(({ on }) => on === undefined || isIn(period, on));
    const proof = prove(period.table, clauseIds, own, file, about);
    return { ...proof, faults: proof.faults.map((fault) => inPeriod(fault, period)) };
  });
  const sums = {
    situations: 0,
    undecided: 0,
    unreachable: 0,
    uncited: 0,
    brokenCitations: 0,
    laxer: 0,
    wrongExamples: 0,
  };
  for (const proof of proofs) for (const name of keysOf(sums)) sums[name] += proof[name];
  return { periods: proofs.length, ...sums, faults: proofs.flatMap(({ faults }) => faults) };
}

const isIn = ({ from, until }: RulePeriod, day: string): boolean =>
  (from === null || from <= day) && (until === null || day <= until);

function inPeriod(fault: Fault, period: RulePeriod): Fault {
  const words = periodInWords(period);
  return words === null ? fault : { ...fault, message: `${words}: ${fault.message}` };
}

/** "Until 31 March 2027", "From 1 April 2027" or both; null for a period without an end on either side. */
export function periodInWords({ from, until }: Pick<RulePeriod, "from" | "until">): string | null {
  if (from === null) return until === null ? null : `Until ${dateInWords(until)}`;
  return `From ${dateInWords(from)}${until === null ? "" : ` until ${dateInWords(until)}`}`;
}
