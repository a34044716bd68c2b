/**
 * What a new table changes, in as few lines as there are things that a manager would say: which messages to whom had one
 * verdict and now have another.
 */
import { productOf, withStrides, type TableFact } from "./decision-table.ts";
import type { TableDifference, VerdictChange } from "./difference.ts";
import { groupSituations, situationsOver } from "./situation-group.ts";
import type { Verdict } from "./verdict.ts";

/** Some messages whose verdict changed, under some conditions. */
export interface ChangeLine {
  from: Verdict;
  to: Verdict;
  /** What is sent, and to whom: fact → answers; a fact that may have any answer is left out. */
  about: Readonly<Record<string, readonly string[]>>;
  /** The other facts that matter, in the same way. */
  when: Readonly<Record<string, readonly string[]>>;
  /** False if only some of the situations that these describe have changed. */
  isAll: boolean;
}

/** The facts that say what a message is and whom it is for; a table without them is described by its first two. */
const SUBJECTS = ["purpose", "audience"];

/**
 * The lines of each change of verdict, in the order of the difference; none for one with too many situations to list, or
 * where an answer to a new question decides by itself (see `DecidingAnswer`): that is said once, not for each message.
 */
export function summariseChanges(difference: Pick<TableDifference, "axes" | "verdicts" | "deciding">): ChangeLine[] {
  const axes = withStrides(
    difference.axes.map((axis) => ({
      ...axis,
      answers: axis.answers.filter((one) => !decides(difference, axis, one)),
    })),
  );
  const named = SUBJECTS.flatMap((subject) => axes.find(({ name }) => name === subject) ?? []);
  const subjects = named.length > 0 ? named : axes.slice(0, 2);
  return difference.verdicts.flatMap((change) =>
    linesOf({ ...change, groups: undecided(change, axes) }, axes, subjects),
  );
}

function decides({ deciding }: Pick<TableDifference, "deciding">, { name }: TableFact, answer: string): boolean {
  return deciding.some((one) => one.fact === name && one.answer === answer);
}

/** The groups without the answers that decide by themselves: those that the axes no longer have. */
function undecided({ groups }: VerdictChange, axes: readonly TableFact[]): VerdictChange["groups"] {
  return groups.flatMap((group) => {
    const when = Object.fromEntries(
      Object.entries(group.when).map(([name, held]) => {
        const answers = axes.find((axis) => axis.name === name)?.answers ?? held;
        return [name, held.filter((answer) => answers.includes(answer))] as const;
      }),
    );
    return Object.values(when).some((held) => held.length === 0) ? [] : [{ ...group, when }];
  });
}

type Conditions = Pick<ChangeLine, "when" | "isAll">;

function linesOf({ from, to, groups }: VerdictChange, axes: readonly TableFact[], subjects: readonly TableFact[]) {
  const others = axes.filter((axis) => !subjects.includes(axis));
  const kinds: Conditions[] = [];
  const keys: string[] = [];
  const labels = [...situationsOver(subjects)].map(() => -1);
  let cell = 0;
  for (const digits of situationsOver(subjects)) {
    const covering = groups.filter(({ when }) =>
      subjects.every(({ name, answers }, at) => when[name]?.includes(answers[digits[at] ?? 0] ?? "") ?? true),
    );
    if (covering.length > 0) {
      const conditions = conditionsOf(covering, others);
      const key = JSON.stringify(conditions);
      if (!keys.includes(key)) kinds[keys.push(key) - 1] = conditions;
      labels[cell] = keys.indexOf(key);
    }
    cell++;
  }
  return groupSituations(subjects, labels).flatMap(({ label, when: about }): ChangeLine[] => {
    const conditions = kinds[label];
    return conditions ? [{ from, to, about, ...conditions }] : [];
  });
}

/** What the situations of one cell have in common in the facts that are not its own. */
function conditionsOf(groups: VerdictChange["groups"], others: readonly TableFact[]): Conditions {
  const held = others.map((axis) => {
    const found = axis.answers.filter((answer) => groups.some(({ when }) => when[axis.name]?.includes(answer) ?? true));
    return { ...axis, answers: found, isAny: found.length === axis.answers.length };
  });
  const changed = groups.reduce(
    (sum, { when }) => sum + others.reduce((all, { name, answers }) => all * (when[name] ?? answers).length, 1),
    0,
  );
  return {
    when: Object.fromEntries(held.filter(({ isAny }) => !isAny).map(({ name, answers }) => [name, answers])),
    isAll: changed === productOf(held),
  };
}
