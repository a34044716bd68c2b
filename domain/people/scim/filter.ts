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
  /** A filter on the values of `path`: `emails[type eq "work"]`. */
  | { kind: "values"; path: string; part: Filter };

/** Deeper than any program writes; limits the work that a text of nothing but brackets can cause. */
const MOST_DEPTH = 20;
const MOST_LENGTH = 4_000;
const TOKEN =
  /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?![\w.@:-]))|((?:urn:)?[\w$@][\w$.:@+-]*)|(\.[A-Za-z$][\w$-]*))/y;

type Token = { kind: "bracket" | "word" | "tail"; text: string } | { kind: "value"; value: string | number };

/**
 * Reads a filter. A word without quotation marks counts as text, as the documentation of Entra ID writes it.
 * @throws ScimError 400 invalidFilter if it is invalid
 */
export function parseFilter(text: string): Filter {
  if (text.length > MOST_LENGTH) throw invalid("It is too long.");
  const tokens = new TokenReader(tokenise(text));
  const filter = disjunction(tokens, 0);
  if (tokens.peek()) throw invalid("Something follows that does not belong to it.");
  return filter;
}

class TokenReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  peek(): Token | undefined {
    return this.tokens[this.at];
  }

  next(): Token | undefined {
    return this.tokens[this.at++];
  }

  isBracket(bracket: string): boolean {
    const token = this.peek();
    return token?.kind === "bracket" && token.text === bracket;
  }

  takeBracket(bracket: string): boolean {
    const isNext = this.isBracket(bracket);
    if (isNext) this.at++;
    return isNext;
  }

  takeWord(word: string): boolean {
    const token = this.peek();
    const isNext = token?.kind === "word" && token.text.toLowerCase() === word;
    if (isNext) this.at++;
    return isNext;
  }

  expectBracket(bracket: string): void {
    if (!this.takeBracket(bracket)) throw invalid(`A "${bracket}" is missing.`);
  }
}

type Step = (tokens: TokenReader, depth: number) => Filter;

const disjunction = (tokens: TokenReader, depth: number): Filter => joined("or", conjunction, tokens, depth);

const conjunction = (tokens: TokenReader, depth: number): Filter => joined("and", term, tokens, depth);

function joined(kind: "and" | "or", next: Step, tokens: TokenReader, depth: number): Filter {
  const parts = [next(tokens, depth)];
  while (tokens.takeWord(kind)) parts.push(next(tokens, depth));
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind, parts };
}

function term(tokens: TokenReader, depth: number): Filter {
  if (depth > MOST_DEPTH) throw invalid("It has too many brackets within brackets.");
  if (tokens.takeWord("not")) {
    if (!tokens.isBracket("(")) throw invalid('"not" is followed by brackets.');
    return { kind: "not", part: term(tokens, depth + 1) };
  }
  if (!tokens.takeBracket("(")) return comparison(tokens, depth);
  const inner = disjunction(tokens, depth + 1);
  tokens.expectBracket(")");
  return inner;
}

function comparison(tokens: TokenReader, depth: number): Filter {
  const attribute = tokens.next();
  if (attribute?.kind !== "word") throw invalid("An attribute is missing.");
  const path = attribute.text;
  if (!tokens.takeBracket("[")) return expression(tokens, path);
  const part = disjunction(tokens, depth + 1);
  tokens.expectBracket("]");
  const tail = tokens.peek();
  if (tail?.kind !== "tail") return { kind: "values", path, part };
  tokens.next();
  return { kind: "values", path, part: { kind: "and", parts: [part, expression(tokens, tail.text.slice(1))] } };
}

function expression(tokens: TokenReader, path: string): Filter {
  const token = tokens.next();
  const operator = token?.kind === "word" ? token.text.toLowerCase() : "";
  if (operator === "pr") return { kind: "present", path };
  const comparator = COMPARATORS.find((one) => one === operator);
  if (!comparator) throw invalid(`After "${path}" comes one of ${COMPARATORS.join(", ")}, pr.`);
  const value = tokens.next();
  if (value?.kind === "value") return { kind: "compare", path, comparator, value: value.value };
  if (value?.kind === "word") return { kind: "compare", path, comparator, value: bareValue(value.text) };
  throw invalid(`There is nothing to compare "${path}" with.`);
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
