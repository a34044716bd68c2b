/** Large decision tables made up from a seed: what a rich policy looks like, at any size. */
import { buildTable, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { rule } from "./generated-table.ts";

interface Shape {
  facts: number;
  answers: number;
  rules: number;
  /** A rule speaks of facts that are at most so far apart: those of one theme. */
  theme: number;
  /** How many of the rules are made unsound: laxer where the ordered fact is stricter. */
  lax?: number;
  /** Without a rule for all the rest. */
  open?: boolean;
}

/** 25 facts of four answers, 200 rules of two to four facts each, the last for all the rest. */
export const RICH: Shape = { facts: 25, answers: 4, rules: 200, theme: 6 };

/**
 * A table from a seed: each rule for some answers of two to four facts of one theme. The facts are named in an order that
 * has nothing to do with the themes. The first is ordered: rules that speak of it say never of its strictest answers.
 */
export function themedTable(
  { facts, answers, rules, theme, lax = 0, open = false }: Shape,
  seed: number,
): DecisionTable {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const places = shuffled(facts, below);
  const names = Array.from({ length: answers }, (_, at) => `a${at}`);
  let unsound = lax;
  const rows = Array.from({ length: open ? rules : rules - 1 }, (_, at): Rule => {
    const start = below(facts - theme + 1);
    const spoken = shuffled(theme, below).slice(0, 2 + below(3));
    const named = spoken.map((fact) => places[start + fact] ?? 0);
    const when = named.map((fact): [string, string[]] => {
      const given = fact === 0 ? [...names.keys()] : shuffled(answers, below);
      const some = new Set(given.slice(0, 1 + below(2)));
      return [`f${fact}`, names.filter((_, answer) => some.has(answer))];
    });
    const verdict = VERDICTS[below(VERDICTS.length - 1)] ?? "never";
    const isSound = !named.includes(0) || unsound-- <= 0;
    return rule(`r${at}`, Object.fromEntries(when), isSound && named.includes(0) ? "never" : verdict);
  });
  const words = (label: string) => ({ label, hint: null, when: null, as: null });
  const fact = (ordered: boolean): Fact => ({
    ask: "?",
    short: "?",
    help: null,
    ordered,
    answers: Object.fromEntries(names.map((name) => [name, words(name)])),
  });
  return buildTable(
    Array.from({ length: facts }, (_, at): [string, Fact] => [`f${at}`, fact(at === 0)]),
    open ? rows : [...rows, rule("rest", {}, "never")],
    [],
  );
}

function shuffled(count: number, below: (limit: number) => number): number[] {
  const places = [...Array(count).keys()];
  for (let at = count - 1; at > 0; at--) {
    const other = below(at + 1);
    [places[at], places[other]] = [places[other] ?? 0, places[at] ?? 0];
  }
  return places;
}

/** mulberry32: the same numbers on every machine. @returns numbers from 0, below 1 */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
