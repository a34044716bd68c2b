import "server-only";

/** What FEEL keeps for itself, as words of its grammar or as types (DMN 1.6, 10.3.1). */
const RESERVED = new Set(
  "and between context date days duration else every external false for function hours if in instance item list minutes months not null number of or range return satisfies seconds some string then time true years".split(
    " ",
  ),
);
/** What may not stand in a literal as it is. Everything else may, and what XML cannot hold is replaced where it is written. */
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A fact's name as FEEL can read it wherever it stands: no hyphen, which is also a minus, and no word of its grammar. */
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

/** "Is one of these", or for none "is anything", as a FEEL unary test. */
export function unaryTests(answers: readonly string[]): string {
  return answers.length === 0 ? "-" : answers.map(feelText).join(", ");
}
