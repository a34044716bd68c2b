/** Proofs over every situation of a table, never on samples (docs/design.md, "Rules as data"). */
import { decide, describe } from "./decide.ts";
import { situationAt, situationsWith, type DecisionTable, type TableFact } from "./decision-table.ts";
import type { Answers, Fault } from "./fault.ts";
import type { Example, Rule } from "./rule-file.ts";
import { isLaxer, type Verdict } from "./verdict.ts";

/** At most this many faults of one kind are listed; the counts are always whole. */
const MOST_LISTED = 20;

export interface Proof {
  situations: number;
  /** Situations without a rule. */
  undecided: number;
  /** Rules that can never decide anything. */
  unreachable: number;
  /** Rules that cite no clause. */
  uncited: number;
  /** Citations of a clause that the text does not have. */
  brokenCitations: number;
  /** Situations that are laxer than a less sensitive one. */
  laxer: number;
  /** Examples whose verdict differs from the table's. */
  wrongExamples: number;
  faults: Fault[];
}

/**
 * Proves a table: every situation decided, every rule reachable, every verdict citing a clause that is there, never laxer
 * as an ordered fact becomes stricter, every example right, every path of the wizard ending where the table does.
 * @param clauseIds ids of the clauses in the same version's text; null where it could not be read, then citations stay unproven
 * @param file path of the rules below the content folder, named in the faults
 */
export function prove(
  table: DecisionTable,
  clauseIds: ReadonlySet<string> | null,
  examples: readonly Example[],
  file: string,
): Proof {
  const undecided = proveDecided(table, file);
  const unreachable = proveReachable(table, file);
  const uncited = proveCited(table, file);
  const broken = clauseIds ? proveCitations(table, clauseIds, file) : none;
  const laxer = proveNeverLaxer(table, file);
  const wrong = proveExamples(table, examples, file);
  const wizard = undecided.count === 0 ? proveWizard(table, file) : none;
  return {
    situations: table.situations,
    undecided: undecided.count,
    unreachable: unreachable.count,
    uncited: uncited.count,
    brokenCitations: broken.count,
    laxer: laxer.count,
    wrongExamples: wrong.count,
    faults: [undecided, unreachable, uncited, broken, laxer, wrong, wizard].flatMap(({ faults }) => faults),
  };
}

interface Finding {
  count: number;
  faults: Fault[];
}

const none: Finding = { count: 0, faults: [] };

function proveDecided(table: DecisionTable, file: string): Finding {
  const gaps: number[] = [];
  table.winner.forEach((rule, situation) => rule < 0 && gaps.push(situation));
  const faults = gaps.slice(0, MOST_LISTED).map((at): Fault => {
    const situation = situationAt(table, at);
    const more = gaps.length > 1 ? ` It is one of ${gaps.length} such situations.` : "";
    const message = `No rule decides this situation: ${describe(situation)}. Add a rule for it.${more}`;
    return { file, rule: null, kind: "undecided", situation, message };
  });
  return { count: gaps.length, faults };
}

function proveReachable(table: DecisionTable, file: string): Finding {
  const used = new Set(table.winner);
  const faults = table.rules.flatMap((rule, index): Fault[] => {
    if (used.has(index)) return [];
    const situation = Object.fromEntries(
      table.facts.map(({ name, answers }) => [name, rule.when[name]?.[0] ?? answers[0] ?? ""]),
    );
    const earlier = table.rules.find((other) =>
      table.facts.every(({ name }) => other.when[name]?.includes(situation[name] ?? "") ?? true),
    );
    const before = earlier && earlier !== rule ? `, for example "${earlier.id}" does for ${describe(situation)}` : "";
    const message = `The rule "${rule.id}" can never decide anything: earlier rules take all its situations${before}. Remove it or move it up.`;
    return [{ file, rule: rule.id, kind: "unreachable", situation, message }];
  });
  return { count: faults.length, faults };
}

function proveCited(table: DecisionTable, file: string): Finding {
  const faults = table.rules.flatMap((rule, index): Fault[] => {
    if (rule.because.length > 0) return [];
    const message = `The rule "${rule.id}" cites no clause. Name at least one under "because".`;
    return [{ file, rule: rule.id, kind: "uncited", situation: situationDecidedBy(table, index), message }];
  });
  return { count: faults.length, faults };
}

function proveCitations(table: DecisionTable, clauseIds: ReadonlySet<string>, file: string): Finding {
  const byRule = table.rules.flatMap((rule, index) =>
    rule.because
      .filter((clause) => !clauseIds.has(clause))
      .map((clause): Fault => ({
        file,
        rule: rule.id,
        kind: "broken-citation",
        situation: situationDecidedBy(table, index),
        message: `The rule "${rule.id}" cites clause ${clause}, which the text does not have. Correct the number or add the clause.`,
      })),
  );
  const byObligation = [...table.obligations.values()].flatMap((obligation) => {
    const index = table.rules.findIndex((rule) => rule.obligations.includes(obligation.id));
    return obligation.because
      .filter((clause) => !clauseIds.has(clause))
      .map((clause): Fault => ({
        file,
        rule: table.rules[index]?.id ?? null,
        kind: "broken-citation",
        situation: situationDecidedBy(table, index),
        message: `The obligation "${obligation.id}" cites clause ${clause}, which the text does not have. Correct the number or add the clause.`,
      }));
  });
  const faults = [...byRule, ...byObligation];
  return { count: faults.length, faults };
}

function proveNeverLaxer(table: DecisionTable, file: string): Finding {
  const laxer = new Set<number>();
  const listed = new Map<string, Fault>();
  for (const fact of table.facts.filter(({ fact }) => fact.ordered))
    for (const [strict, lax] of comparablePairs(fact))
      for (let situation = 0; situation < table.situations; situation++) {
        if (Math.floor(situation / fact.stride) % fact.answers.length !== strict) continue;
        const other = situation + (lax - strict) * fact.stride;
        const rule = table.rules[table.winner[situation] ?? -1];
        const reference = table.rules[table.winner[other] ?? -1];
        if (!rule || !reference || !loosens(rule.verdict, reference.verdict)) continue;
        laxer.add(situation);
        const key = `${rule.id} ${reference.id} ${strict} ${lax}`;
        if (listed.has(key)) continue;
        const [strictName, laxName] = [fact.answers[strict], fact.answers[lax]];
        const message = `With ${fact.name} "${strictName}" the rule "${rule.id}" says ${rule.verdict}, but with "${laxName}" the rule "${reference.id}" says ${reference.verdict}, all else being equal. The more sensitive must never be the laxer.`;
        listed.set(key, { file, rule: rule.id, kind: "laxer", situation: situationAt(table, situation), message });
      }
  return { count: laxer.size, faults: [...listed.values()].slice(0, MOST_LISTED) };
}

/** Pairs [stricter answer, laxer answer] of an ordered fact; one that is treated `as` another is held only to that other's level. */
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

/** True when the stricter answer's verdict is laxer than the other's, or leaves the policy's cover. */
function loosens(verdict: Verdict, reference: Verdict): boolean {
  return isLaxer(verdict, reference) || (verdict === "not-covered" && reference !== "not-covered");
}

function proveExamples(table: DecisionTable, examples: readonly Example[], file: string): Finding {
  const faults = examples.flatMap((example): Fault[] => {
    const said = verdictFor(table, example.facts);
    if (said.verdict === example.verdict) return [];
    const message = `The example "${example.name}" expects ${example.verdict}, but ${said.says}. Correct the example or the rules.`;
    return [{ file, rule: said.rule, kind: "wrong-example", situation: example.facts, message }];
  });
  return { count: faults.length, faults };
}

function verdictFor(
  table: DecisionTable,
  answers: Answers,
): { verdict: Verdict | null; rule: string | null; says: string } {
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

/** Walks every path of the wizard and compares its end with the table, for all situations that the path stands for. */
function proveWizard(table: DecisionTable, file: string): Finding {
  const faults: Fault[] = [];
  const outcomeOf = outcomesByRule(table);
  const walk = (answers: Answers, open: Int32Array): void => {
    const decision = decide(table, answers);
    if (!decision.settled) {
      const [next] = decision.needs;
      const fact = table.facts.find(({ name }) => name === next);
      if (!fact) throw new Error(`The wizard asks for ${next}, which the table does not use.`);
      fact.answers.forEach((answer, at) => {
        const within = open.filter((situation) => Math.floor(situation / fact.stride) % fact.answers.length === at);
        walk({ ...answers, [next]: answer }, within);
      });
      return;
    }
    const said = outcomeOf.get(decision.rule);
    const differs = open.find((situation) => table.outcome[situation] !== said);
    if (differs === undefined) return;
    const situation = situationAt(table, differs);
    const message = `The wizard ends with ${decision.rule.verdict} after ${describe(answers)}, but the table says otherwise for ${describe(situation)}.`;
    faults.push({ file, rule: decision.rule.id, kind: "wizard", situation, message });
  };
  walk({}, situationsWith(table, {}));
  return { count: faults.length, faults: faults.slice(0, MOST_LISTED) };
}

/** The outcome of every rule that decides something. */
function outcomesByRule(table: DecisionTable): ReadonlyMap<Rule, number> {
  const outcomes = new Map<Rule, number>();
  for (let situation = 0; situation < table.situations; situation++) {
    const rule = table.rules[table.winner[situation] ?? -1];
    const outcome = table.outcome[situation];
    if (rule && outcome !== undefined) outcomes.set(rule, outcome);
  }
  return outcomes;
}

function situationDecidedBy(table: DecisionTable, rule: number): Answers | null {
  const situation = rule < 0 ? -1 : table.winner.indexOf(rule);
  return situation < 0 ? null : situationAt(table, situation);
}
