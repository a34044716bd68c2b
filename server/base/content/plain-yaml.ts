import { isAlias, isScalar, LineCounter, parseDocument, Parser, visit, type CST } from "yaml";

/** Examples within answers within questions are about eight deep. */
const DEEPEST = 30;
/** Each field is compared with all its siblings. */
const MOST_FIELDS = 10_000;

/** Databases refuse some of them, and none can be read. Tabs and line ends count as white space. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

/** Something in a YAML text that is refused. Lines start at 1. */
export interface YamlProblem {
  line: number;
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
): { value: unknown; problems: readonly [] } | { value: undefined; problems: readonly YamlProblem[] } {
  const [offset, refused] = sizeProblem(text) ?? [0, null];
  if (refused !== null)
    return { value: undefined, problems: [{ line: lineIn(text, offset) + before, message: refused }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines });
  const lineAt = (offset = 0) => lines.linePos(offset).line + before;
  // An unknown tag is only a warning to the parser.
  const [first] = [...document.errors, ...document.warnings];
  if (first) {
    const [words = ""] = first.message.split("\n");
    const message =
      first.code === "MULTIPLE_DOCS"
        ? "Remove the line of three dashes: one file holds one text."
        : words.replace(/ at line \d+, column \d+:?$/, ".").replace(/([^.])$/, "$1.");
    return { value: undefined, problems: [{ line: lineAt(first.pos[0]), message }] };
  }
  const problems: YamlProblem[] = [];
  const problem = (offset: number | undefined, message: string) => problems.push({ line: lineAt(offset), message });
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor)
        problem(node.range?.[0], "Write the value out: & and * stand for copies, which are not read here.");
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

/**
 * Why a text is not even parsed, and where: each level of nesting is a call, and a text can be deeper than the stack.
 */
export function sizeProblem(text: string): [offset: number, message: string] | null {
  const open: { token: CST.Token; depth: number }[] = [];
  for (const token of new Parser().parse(text)) open.push({ token, depth: 0 });
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST) return [token.offset, `The values nest more than ${DEEPEST} levels deep. Flatten them.`];
    if (token.type === "document" && token.value) open.push({ token: token.value, depth: depth + 1 });
    if (!("items" in token)) continue;
    if (token.items.length > MOST_FIELDS)
      return [token.offset, `There are more than ${MOST_FIELDS} fields here. Split them.`];
    for (const { key, value } of token.items)
      for (const inner of [key, value]) if (inner) open.push({ token: inner, depth: depth + 1 });
  }
  return null;
}

function lineIn(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
