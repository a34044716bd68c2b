/** The proof of a table worked out the plain way, one situation after the other, each time rule by rule: slow, and what the quick one is compared with. */
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Proof } from "#domain/policy/decision/prove.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { plainRule } from "./generated-table.ts";

/** The counts of a proof, without examples and without the paths of the wizard. */
export function provePlainly(
  table: DecisionTable,
  clauseIds: ReadonlySet<string>,
): Omit<Proof, "wrongExamples" | "faults"> {
  const used = new Set<Rule>();
  let [situations, undecided, laxer] = [0, 0, 0];
  for (const situation of allSituations(table.facts)) {
    situations++;
    const rule = plainRule(table, situation);
    if (!rule) {
      undecided++;
      continue;
    }
    used.add(rule);
    if (lessSensitive(table, situation).some((other) => isLaxerThan(rule, plainRule(table, other)))) laxer++;
  }
  const cited = [...table.rules, ...table.obligations.values()].flatMap(({ because }) => because);
  return {
    situations,
    undecided,
    laxer,
    unreachable: table.rules.filter((rule) => !used.has(rule)).length,
    uncited: table.rules.filter(({ because }) => because.length === 0).length,
    brokenCitations: cited.filter((clause) => !clauseIds.has(clause)).length,
  };
}

function* allSituations([fact, ...others]: DecisionTable["facts"]): Generator<Answers> {
  if (!fact) yield {};
  else
    for (const answer of fact.answers) for (const rest of allSituations(others)) yield { [fact.name]: answer, ...rest };
}

/** The situations that this one may not be laxer than: one ordered fact answered less strictly, or as what the answer is treated as. */
function lessSensitive({ facts }: DecisionTable, situation: Answers): Answers[] {
  return facts.flatMap(({ name, fact }) => {
    if (!fact.ordered) return [];
    const order = Object.keys(fact.answers);
    const given = situation[name] ?? "";
    const level = (answer: string) => order.indexOf(fact.answers[answer]?.as ?? answer);
    const others = order.filter((other) => level(given) < level(other) || fact.answers[given]?.as === other);
    return others.map((other) => ({ ...situation, [name]: other }));
  });
}

/** `not-covered` is laxer than whatever is covered, and nothing is laxer than `not-covered`. */
function isLaxerThan({ verdict }: Rule, other: Rule | undefined): boolean {
  if (!other || other.verdict === "not-covered") return false;
  return VERDICTS.indexOf(verdict) > VERDICTS.indexOf(other.verdict);
}
