import "server-only";

/** FEEL's reserved words, from its grammar or as types (DMN 1.6, 10.3.1). */
const RESERVED = new Set(
  "and between context date days duration else every external false for function hours if in instance item list minutes months not null number of or range return satisfies seconds some string then time true years".split(
    " ",
  ),
);
/**
 * Characters that have to be escaped in a literal. All others may stay; those that XML cannot hold are replaced on
 * writing.
 */
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A fact's name that FEEL can read anywhere: no hyphen, which is also a minus, and no reserved word. */
export function feelName(fact: string): string {
  const name = fact.replaceAll("-", "_");
  return RESERVED.has(name) ? `${name}_` : name;
}

/** A text as a FEEL literal, in quotation marks. */
export function feelText(text: string): string {
  return `"${text.replaceAll(/["\\\n\r\t]/g, (character) => ESCAPES[character] ?? character)}"`;
}

/** Texts as a FEEL list. */
export function feelList(texts: readonly string[]): string {
  return `[${texts.map(feelText).join(", ")}]`;
}

/** A FEEL unary test: "is one of these" or, if there are none, "is anything". */
export function unaryTests(answers: readonly string[]): string {
  return answers.length === 0 ? "-" : answers.map(feelText).join(", ");
}
