/** Every situation of a version, grouped into few rows, for programs. */
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { Diagrams, NONE } from "#domain/policy/decision/decision-diagram.ts";
import { groupValues, type Group } from "#domain/policy/decision/situation-group.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import { lastDayOf } from "#domain/policy/policy/on-day.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { refuse, type ApiAnswer } from "./evaluation-schema.ts";
import type { OutcomeList } from "./outcome-schema.ts";
import type { RequestError } from "./problem.ts";

type Filter = Readonly<Record<string, readonly string[]>>;

/**
 * The outcomes that an address asks for.
 * @param day the day that `version` is looked at on, YYYY-MM-DD
 * @param query fact and answer; a repeated fact matches any of its answers. If empty, everything
 */
export function listOutcomes(
  { version, day }: { version: PolicyVersion; day: string },
  query: Iterable<[string, string]>,
): ApiAnswer<OutcomeList> {
  const { slug: policy, version: number, hash, table } = version;
  const read = readFilter(table, query);
  if ("errors" in read) return refuse(read.errors);
  const groups = groupByRule(table, read.filter);
  if (!groups) return refuse([{ detail: TOO_MANY }]);
  const outcomes = groups.flatMap(({ label, when, situations }) => {
    const rule = table.rules[label];
    if (!rule) return [];
    return [
      {
        when: copyOf(when),
        situations,
        verdict: rule.verdict,
        rule: rule.id,
        reasons: rule.because.map((clause) => ({ clause, text: clauseById(version, clause).text })),
        obligations: obligationsOf(version, rule),
        instead: [...rule.instead],
      },
    ];
  });
  const situations = outcomes.reduce((sum, outcome) => sum + outcome.situations, 0);
  const head = { policy, version: number, hash, on: day, rulesUntil: lastDayOf(version) };
  return { ok: true, resource: { ...head, filter: copyOf(read.filter), situations, outcomes } };
}

const TOO_MANY = "These are too many different situations to list. Send some answers, so that fewer are left.";

/** The situations of a filter in few lines, each labelled with the number of the rule that decides it. */
function groupByRule({ facts, diagrams, winner }: DecisionTable, filter: Filter): Group[] | null {
  const filtered = new Diagrams(diagrams.sizes, diagrams.order);
  const isIn = filtered.firstOf([
    facts.map(({ name, answers }) => answers.map((answer) => filter[name]?.includes(answer) ?? true)),
  ]);
  const all = filtered.combine([winner], ([rule = NONE]) => rule, diagrams);
  const root = filtered.combine([all, isIn], ([rule = NONE, held]) => (held === NONE ? NONE : rule));
  return groupValues(facts, filtered, root);
}

function readFilter(
  table: DecisionTable,
  query: Iterable<[string, string]>,
): { filter: Filter } | { errors: RequestError[] } {
  const asked = new Map<string, Set<string>>();
  const errors: RequestError[] = [];
  for (const [name, answer] of query) {
    const fact = table.facts.find((one) => one.name === name);
    if (!fact)
      errors.push({
        detail: `This policy has no fact "${name}". Its facts are ${table.facts.map((one) => one.name).join(", ")}.`,
        parameter: name,
      });
    else if (!fact.answers.includes(answer))
      errors.push({
        detail: `"${answer}" is not an answer to ${name}. The answers are ${fact.answers.join(", ")}.`,
        parameter: name,
      });
    else asked.set(name, (asked.get(name) ?? new Set()).add(answer));
  }
  if (errors.length > 0) return { errors };
  const inOrder = table.facts.flatMap(({ name, answers }): [string, string[]][] => {
    const requested = asked.get(name);
    return requested ? [[name, answers.filter((answer) => requested.has(answer))]] : [];
  });
  return { filter: Object.fromEntries(inOrder) };
}

function copyOf(when: Filter): Record<string, string[]> {
  return Object.fromEntries(Object.entries(when).map(([fact, answers]) => [fact, [...answers]]));
}
