/**
 * Several decision tables put together: every situation by the combination of rules that decide it, and the rules of one
 * table that says what was chosen for each combination (docs/decisions/106-at-least-as-strict.md).
 */
import { grouped } from "#domain/base/list/grouped.ts";
import { unionAxes } from "./comparison.ts";
import { NONE } from "./decision-diagram.ts";
import { answersAt, diagramsOver, productOf, type DecisionTable, type TableFact } from "./decision-table.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { dutyKeys, saidBy, outcomeStandingOf } from "./strictness.ts";

/**
 * `agree`: all tables say the same. `strictest`: all speak, and one is at least as strict as each other. `to-decide`:
 * some are silent, or none is at least as strict as each other.
 */
export type CombinationKind = "agree" | "strictest" | "to-decide";

/** Situations that the same rules decide. */
export interface Combination {
  /** The names of the rules, which tell it apart from the other combinations. */
  key: string;
  kind: CombinationKind;
  /** For each table the rule that decides; null where it does not know one of the answers. */
  rules: readonly (Rule | null)[];
  /** The table whose answer is taken unless somebody chooses another; null if there is something to decide. */
  strictest: number | null;
  /** What all its situations share: the conditions of its rules. An earlier combination may take some of them. */
  when: Rule["when"];
  situations: number;
  example: Answers;
}

export type Combinations = NonNullable<ReturnType<typeof combinationsOf>>;

/** More combinations than this are nobody's to work through. */
const MOST_COMBINATIONS = 1_500;

/**
 * All combinations of rules that decide some situation, in the order of the tables and their rules: each situation is in
 * the first whose conditions it meets.
 * @returns null if there are too many, or the tables depend on too many different things
 */
export function combinationsOf(tables: readonly DecisionTable[]) {
  try {
    return combine(tables);
  } catch (error) {
    if (error instanceof RangeError) return null; // too many situations to count, or nodes to keep
    throw error;
  }
}

function combine(tables: readonly DecisionTable[]) {
  const axes = unionAxes(tables);
  const { diagrams, winners } = diagramsOver(axes, tables);
  const found = new Map<string, { label: number; rules: (Rule | null)[]; places: number[] }>();
  const root = diagrams.combine(winners, (values) => {
    // A table without a rule comes after all of its rules.
    const places = values.map((value, at) => (value === NONE ? (tables[at]?.rules.length ?? 0) : value));
    const key = places.join();
    const known = found.get(key) ?? {
      label: found.size,
      places,
      rules: places.map((place, at) => tables[at]?.rules[place] ?? null),
    };
    found.set(key, known);
    return known.label;
  });
  if (found.size > MOST_COMBINATIONS) return null;
  const tally = diagrams.tally(root);
  const judge = judgeOf(tables);
  const combinations = [...found.values()]
    .sort((a, b) => comparePlaces(a.places, b.places))
    .map(({ label, rules }): Combination => ({
      key: rules.map((rule) => rule?.id ?? "_").join("--"),
      rules,
      ...judge(rules),
      when: sharedBy(axes, tables, rules),
      situations: tally.get(label) ?? 0,
      example: answersAt({ facts: axes }, diagrams.first(root, label) ?? []),
    }));
  return { axes, situations: productOf(axes), combinations };
}

function comparePlaces(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((place, index) => place !== other[index]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}

function judgeOf(tables: readonly DecisionTable[]) {
  const keys = dutyKeys(tables, false);
  return (rules: Combination["rules"]): Pick<Combination, "kind" | "strictest"> => {
    const said = rules.map((rule, at) => rule && saidBy(rule, keys[at] ?? new Map()));
    const speaking = said.flatMap((one) => (one === null || one.verdict === "not-covered" ? [] : [one]));
    const covered = rules.findIndex((rule) => rule !== null);
    if (speaking.length === 0)
      return covered < 0 ? { kind: "to-decide", strictest: null } : { kind: "agree", strictest: covered };
    if (speaking.length < said.length) return { kind: "to-decide", strictest: null };
    const standings = speaking.map((one) => speaking.map((other) => outcomeStandingOf(one, other)));
    if (standings.every(([first]) => first === "equal")) return { kind: "agree", strictest: 0 };
    const strictest = standings.findIndex((own) => own.every((one) => one === "equal" || one === "stricter"));
    return strictest < 0 ? { kind: "to-decide", strictest: null } : { kind: "strictest", strictest };
  };
}

/** Fact → the answers that meet the conditions of all of these rules; facts that may have any answer are left out. */
const sharedBy = (
  axes: readonly TableFact[],
  tables: readonly DecisionTable[],
  rules: Combination["rules"],
): Combination["when"] =>
  Object.fromEntries(
    axes.flatMap(({ name, answers }) => {
      const held = answers.filter((answer) =>
        rules.every((rule, at) => {
          const own = tables[at]?.facts.find((fact) => fact.name === name);
          return !rule || !own || (own.answers.includes(answer) && (rule.when[name]?.includes(answer) ?? true));
        }),
      );
      return held.length === answers.length ? [] : [[name, held] as const];
    }),
  );

/** A rule of the table that was put together: whose answer it takes, and where. */
export interface MergedRule<Taken> {
  when: Combination["when"];
  taken: Taken;
}

/**
 * The rules of a table in which the first match has what was chosen for the combination of each situation. Where the
 * choice does not depend on the later tables, their rules are left out.
 * @param chosen what is taken for a combination; equal things are the same
 */
export function mergedRules<Taken>(
  { axes, combinations }: Pick<Combinations, "axes" | "combinations">,
  tables: readonly DecisionTable[],
  chosen: (combination: Combination) => Taken,
): MergedRule<Taken>[] {
  const rulesFor = (some: readonly Combination[], depth: number): MergedRule<Taken>[] => {
    const [first] = some;
    if (!first) return [];
    const taken = chosen(first);
    if (some.every((one) => chosen(one) === taken))
      return [{ when: sharedBy(axes, tables, first.rules.slice(0, depth)), taken }];
    const parts = grouped(some, ({ rules }) => rules[depth] ?? null);
    return [...parts.values()].flatMap((part) => rulesFor(part, depth + 1));
  };
  return rulesFor(combinations, 0);
}
