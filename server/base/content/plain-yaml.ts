import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Parser,
  visit,
  type CST,
  type Document,
} from "yaml";
import type { FilePlace } from "#domain/policy/decision/rule-file.ts";
import { explainYamlError } from "./yaml-words.ts";

/** Examples within answers within questions are about eight deep. */
const DEEPEST = 30;
/** Each field is compared with all its siblings. */
const MOST_FIELDS = 10_000;
/** Each copy is looked up among all values. None is allowed; so many are named one by one. */
const MOST_COPIES = 20;

/** Databases refuse some of them, and none can be read. Tabs and line ends count as white space. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

/** Something in a text that is refused, and where. */
export interface PlacedProblem extends FilePlace {
  message: string;
}

/**
 * Reads YAML as strings, numbers, lists and fields only: tags, anchors and aliases (& and *), and fields that reach for
 * the prototype of objects are problems, and so is nesting too deep to be read.
 * @param before number of lines above the text in its file
 * @returns the value, or the problems: only the first of several syntax errors, since it causes the others
 */
export function readPlainYaml(
  text: string,
  before = 0,
): { value: unknown; problems: readonly [] } | { value: undefined; problems: readonly PlacedProblem[] } {
  const [offset, refused] = sizeProblem(text) ?? [0, null];
  if (refused !== null) return { value: undefined, problems: [{ ...placeIn(text, offset, before), message: refused }] };
  const document = parseDocument(text, { uniqueKeys: true });
  // An unknown tag is only a warning to the parser.
  const [first] = [...document.errors, ...document.warnings];
  if (first) {
    const { offset: at, message } = explainYamlError(first, text);
    return { value: undefined, problems: [{ ...placeIn(text, at, before), message }] };
  }
  const problems: PlacedProblem[] = [];
  const placeOf = placesIn(text, before);
  const problem = (offset: number | undefined, message: string) => problems.push({ ...placeOf(offset ?? 0), message });
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor) problem(node.range?.[0], NO_COPIES);
      if (!isAlias(node) && node.tag) problem(node.range?.[0], "Remove the word that begins with an exclamation mark.");
      if (isScalar(node) && typeof node.value === "string" && CONTROL.test(node.value))
        problem(node.range?.[0], "Remove the sign that nobody can see: it is no letter, blank or line end.");
    },
    Pair(_, { key }) {
      if (isScalar(key) && key.value === "__proto__") problem(key.range?.[0], '"__proto__" is no field. Remove it.');
    },
  });
  return problems.length > 0 ? { value: undefined, problems } : { value: document.toJS() as unknown, problems: [] };
}

const NO_COPIES =
  "Write the value out: & and * stand for copies, which are not read here. Put words that begin with one of them into quotation marks.";

/**
 * Why a text is not even parsed, and where: each level of nesting is a call, and a text can be deeper than the stack.
 */
export function sizeProblem(text: string): [offset: number, message: string] | null {
  const open: { token: CST.Token; depth: number }[] = [];
  const copies: number[] = [];
  for (const token of new Parser().parse(text)) open.push({ token, depth: 0 });
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST) return [token.offset, `The values nest more than ${DEEPEST} levels deep. Flatten them.`];
    if (token.type === "alias") copies.push(token.offset);
    if (token.type === "document") copies.push(...anchorsIn(token.start));
    if (token.type === "document" && token.value) open.push({ token: token.value, depth: depth + 1 });
    if (!("items" in token)) continue;
    if (token.items.length > MOST_FIELDS)
      return [token.offset, `There are more than ${MOST_FIELDS} fields here. Split them.`];
    for (const { start, sep, key, value } of token.items) {
      copies.push(...anchorsIn(start), ...anchorsIn(sep));
      for (const inner of [key, value]) if (inner) open.push({ token: inner, depth: depth + 1 });
    }
  }
  if (copies.length <= MOST_COPIES) return null;
  return [copies.reduce((first, one) => Math.min(first, one)), `${NO_COPIES} There are ${copies.length} such signs.`];
}

const anchorsIn = (tokens: readonly CST.SourceToken[] = []): number[] =>
  tokens.flatMap(({ type, offset }) => (type === "anchor" ? [offset] : []));

/** @param before number of lines above the text in its file */
export function placeIn(text: string, offset: number, before = 0): FilePlace {
  const above = text.slice(0, offset).split("\n");
  return { line: above.length + before, column: (above.at(-1)?.length ?? 0) + 1 };
}

/** As `placeIn`, for many places in one text: its lines are counted once. */
export function placesIn(text: string, before = 0): (offset: number) => FilePlace {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) counter.addNewLine(index + 1);
  return (offset) => {
    const { line, col } = counter.linePos(offset);
    return { line: line + before, column: col };
  };
}

type Path = readonly (string | number)[];

/** The places of the values in a YAML text. */
export interface YamlPlaces {
  /** FilePlace of the value at a path, or of the nearest existing part around it. */
  of(path: Path): FilePlace;
  /** FilePlace of the list entry whose field has this value, the last one if there are several; null if there is none. */
  ofEntry(list: string, field: string, value: string): FilePlace | null;
  /** FilePlace of an offset in the text. */
  at(offset: number): FilePlace;
  readonly document: Document;
}

/** @param before number of lines above the text in its file */
export function yamlPlaces(text: string, before = 0): YamlPlaces {
  // What is nested too deeply to be read has no place but that of its fault.
  const document: Document = parseDocument(sizeProblem(text) ? "" : text);
  const placeAt = placesIn(text, before);
  return {
    document,
    at: placeAt,
    of(path) {
      for (let length = path.length; length > 0; length--) {
        const at = path.slice(0, length);
        const parent: unknown = length === 1 ? document.contents : document.getIn(at.slice(0, -1), true);
        const key = at.at(-1);
        // The key of a field is where its author looks; its value may begin lines below.
        if (isMap(parent)) {
          const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
          if (pair && isScalar(pair.key) && pair.key.range) return placeAt(pair.key.range[0]);
        }
        const node: unknown = document.getIn(at, true);
        if (isNode(node) && node.range) return placeAt(node.range[0]);
      }
      return { line: before + 1, column: 1 };
    },
    ofEntry(list, field, value) {
      const entries: unknown = document.getIn([list], true);
      if (!isSeq(entries)) return null;
      const found = entries.items.filter((entry) => isMap(entry) && entry.get(field) === value).at(-1);
      return isMap(found) && found.range ? placeAt(found.range[0]) : null;
    },
  };
}
