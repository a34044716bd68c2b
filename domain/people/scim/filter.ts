/** Filters of SCIM (RFC 7644, section 3.4.2.2), read into a tree. */
import { ScimError } from "./error.ts";

export const COMPARATORS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type Comparator = (typeof COMPARATORS)[number];
export type FilterValue = string | number | boolean | null;

export type Filter =
  | { kind: "and" | "or"; parts: Filter[] }
  | { kind: "not"; part: Filter }
  | { kind: "present"; path: string }
  | { kind: "compare"; path: string; comparator: Comparator; value: FilterValue }
  /** Values of `path` that one filter is about: `emails[type eq "work"]`. */
  | { kind: "values"; path: string; part: Filter };

/** Deeper than any program writes; a text of brackets alone is no way to keep the portal busy. */
const MOST_DEPTH = 20;
const MOST_LENGTH = 4_000;
const TOKEN =
  /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?![\w.@:-]))|((?:urn:)?[\w$@][\w$.:@+-]*)|(\.[A-Za-z$][\w$-]*))/y;

type Token = { kind: "bracket" | "word" | "tail"; text: string } | { kind: "value"; value: string | number };

/**
 * Reads a filter. A word without quotation marks counts as text, as the documentation of Entra ID writes it.
 * @throws ScimError 400 invalidFilter where it is none
 */
export function parseFilter(text: string): Filter {
  if (text.length > MOST_LENGTH) throw invalid("It is too long.");
  const tokens = tokenise(text);
  let at = 0;
  const peek = () => tokens[at];
  const isWord = (word: string) => {
    const token = peek();
    return token?.kind === "word" && token.text.toLowerCase() === word;
  };
  const isBracket = (bracket: string) => {
    const token = peek();
    return token?.kind === "bracket" && token.text === bracket;
  };
  const expectBracket = (bracket: string) => {
    if (!isBracket(bracket)) throw invalid(`A "${bracket}" is missing.`);
    at++;
  };
  const joined = (kind: "and" | "or", next: (depth: number) => Filter, depth: number): Filter => {
    const parts = [next(depth)];
    while (isWord(kind)) {
      at++;
      parts.push(next(depth));
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind, parts };
  };
  const disjunction = (depth: number): Filter => joined("or", conjunction, depth);
  const conjunction = (depth: number): Filter => joined("and", term, depth);
  const term = (depth: number): Filter => {
    if (depth > MOST_DEPTH) throw invalid("It has too many brackets within brackets.");
    if (isWord("not")) {
      at++;
      if (!isBracket("(")) throw invalid('"not" is followed by brackets.');
      return { kind: "not", part: term(depth + 1) };
    }
    if (isBracket("(")) {
      at++;
      const inner = disjunction(depth + 1);
      expectBracket(")");
      return inner;
    }
    return comparison(depth);
  };
  const comparison = (depth: number): Filter => {
    const token = peek();
    if (token?.kind !== "word") throw invalid("An attribute is missing.");
    at++;
    if (!isBracket("[")) return expression(token.text);
    at++;
    const part = disjunction(depth + 1);
    expectBracket("]");
    const tail = peek();
    if (tail?.kind !== "tail") return { kind: "values", path: token.text, part };
    at++;
    return { kind: "values", path: token.text, part: { kind: "and", parts: [part, expression(tail.text.slice(1))] } };
  };
  const expression = (path: string): Filter => {
    const token = peek();
    const operator = token?.kind === "word" ? token.text.toLowerCase() : "";
    at++;
    if (operator === "pr") return { kind: "present", path };
    const comparator = COMPARATORS.find((one) => one === operator);
    if (!comparator) throw invalid(`After "${path}" comes one of ${COMPARATORS.join(", ")}, pr.`);
    const value = peek();
    at++;
    if (value?.kind === "value") return { kind: "compare", path, comparator, value: value.value };
    if (value?.kind === "word") return { kind: "compare", path, comparator, value: bareValue(value.text) };
    throw invalid(`There is nothing to compare "${path}" with.`);
  };
  const filter = disjunction(0);
  if (at < tokens.length) throw invalid("Something follows that does not belong to it.");
  return filter;
}

function bareValue(word: string): FilterValue {
  const lower = word.toLowerCase();
  if (lower === "true" || lower === "false") return lower === "true";
  return lower === "null" ? null : word;
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw invalid(`It cannot be read from "${text.slice(from, from + 20).trim()}" on.`);
    const [, bracket, quoted, number, word, tail] = match;
    if (bracket !== undefined) tokens.push({ kind: "bracket", text: bracket });
    else if (quoted !== undefined) tokens.push({ kind: "value", value: unquote(quoted) });
    else if (number !== undefined) tokens.push({ kind: "value", value: Number(number) });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "tail", text: tail ?? "" });
  }
  return tokens;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw invalid(`${quoted} is no text in quotation marks.`);
  }
}

function invalid(why: string): ScimError {
  return new ScimError(400, "invalidFilter", `The filter cannot be used. ${why}`);
}
