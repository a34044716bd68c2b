import { toString } from "mdast-util-to-string";
import type { Nodes, Root } from "mdast";
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import remarkFrontmatter from "remark-frontmatter";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import {
  sectionAnchor,
  STRENGTHS,
  type Clause,
  type HeadedSection,
  type Strength,
} from "#domain/policy/policy/clause.ts";
import type { FilePlace } from "#domain/policy/decision/rule-file.ts";
import { BRACES, explainTextError, notATag } from "./mdx-words.ts";
import { placeIn, readPlainYaml, type PlacedProblem } from "./plain-yaml.ts";
import { tableLines, withTables } from "./tables.ts";

const COMPONENTS: Readonly<Record<string, readonly string[]>> = {
  Clause: ["id", "strength", "from", "kind", "binds"],
  Callout: ["title"],
  Gap: [],
};

/** Markdown for words and their structure, and nothing else. Anything not listed is refused. */
const CONTENT: readonly Nodes["type"][] = [
  "root",
  "paragraph",
  "heading",
  "text",
  "emphasis",
  "strong",
  "inlineCode",
  "code",
  "break",
  "thematicBreak",
  "blockquote",
  "list",
  "listItem",
  "linkReference",
  "table",
  "tableRow",
  "tableCell",
];

/** What may contain clauses, besides a call-out. */
const HOLDS_CLAUSES: readonly Nodes["type"][] = ["root", "blockquote", "list", "listItem"];

/** The longest policy has some 40,000 characters. */
export const MOST_CHARACTERS = 200_000;
/** Lists in quotations in clauses in call-outs are about ten deep. */
const DEEPEST = 30;
/** Characters that open nested constructs; a run of them is not prose, and slow to parse. */
const NESTING = /(?:>[ \t]*|(?:[+*-]|\d{1,9}[.)])[ \t]+){20}|(?:[[\]*_~`!<>{}()#+-][ \t]*){100}/;
/**
 * Characters that may open something: each is compared with those before it, so many are slow to parse. Policies have
 * some 1,000.
 */
const SIGNS = /[*_`~[\]<>{}]|^[ \t]*(?:[-+]|\d+[.)])[ \t]/gm;
const MOST_SIGNS = 8_000;

export interface ParsedText {
  frontMatter: unknown;
  text: string;
  clauses: Clause[];
  /** The numbers of all clauses, those that could not be read too. */
  clauseIds: Set<string>;
  sections: HeadedSection[];
  problems: PlacedProblem[];
}

type Element = MdxJsxFlowElement | MdxJsxTextElement;

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx).use(withTables);

/**
 * Reads a policy's MDX: front matter, clauses and sections. MDX is content, not code: imports, exports, expressions,
 * raw HTML, images and components other than Clause, Callout and Gap are problems, named with their line.
 */
export function parsePolicyText(source: string): ParsedText {
  const result: ParsedText = {
    frontMatter: null,
    text: "",
    clauses: [],
    clauseIds: new Set(),
    sections: [],
    problems: [],
  };
  const opening = openingProblem(source);
  const { tree, problems } = opening ? { tree: null, problems: [opening] } : parseTree(source);
  result.problems.push(...problems);
  if (!tree) return result;
  const [first] = tree.children;
  if (first?.type === "yaml") {
    const { value, problems: ofFields } = readFrontMatter(first.value);
    result.frontMatter = value;
    result.problems.push(...ofFields);
    result.text = source.slice(first.position?.end.offset ?? 0);
  }
  result.problems.push(...contentProblems(tree));
  dropComments(tree);
  // Each level of the tree is a call: a tree that is too deep is not read any further.
  if (depthOf(tree) <= DEEPEST) readClauses(tree, result);
  return result;
}

/** What is wrong with the lines of dashes around the fields at the top, or null: without them, nothing is where it is expected. */
function openingProblem(source: string): PlacedProblem | null {
  if (!/^---[ \t]*\r?\n/.test(source))
    return {
      line: 1,
      column: 1,
      message:
        "there is no front matter. Begin the file with a line of three dashes (---), the fields of document control, and three dashes again.",
    };
  if (/\n---[ \t]*(?:\r?\n|$)/.test(source)) return null;
  const text = source.search(/\n(?:#|<)/);
  const place = text < 0 ? { line: 1, column: 1 } : placeIn(source, text + 1);
  return {
    ...place,
    message: "the front matter does not end. Write a line of three dashes (---) below its last field.",
  };
}

/** So many faults of a text are named at once: the whole is parsed again for each. */
const MOST_NAMED_AT_ONCE = 9;

/**
 * The tree of a policy's text, without what cannot be read; null if there is none. The contents of the tree are not
 * checked yet.
 */
export function parseTree(source: string): { tree: Root | null; problems: PlacedProblem[] } {
  const refused = sourceProblem(source);
  if (refused !== null) return { tree: null, problems: [refused] };
  const problems: PlacedProblem[] = [];
  for (let text = source; problems.length < MOST_NAMED_AT_ONCE;) {
    try {
      return { tree: parser.parse(text), problems };
    } catch (error) {
      const { problem, mended } = explainTextError(error, text, Object.keys(COMPONENTS));
      problems.push(problem);
      if (mended === null || mended === text) break;
      text = mended;
    }
  }
  return { tree: null, problems };
}

/** Why a text is not even parsed, or null: parsing a hostile one would take minutes. */
export function sourceProblem(source: string): PlacedProblem | null {
  const problem = (message: string, offset = 0) => ({ ...placeIn(source, offset), message });
  if (source.length > MOST_CHARACTERS)
    return problem(`the file has ${source.length} characters; at most ${MOST_CHARACTERS} are read. Split the policy.`);
  const run = NESTING.exec(source);
  if (run) return problem("remove the long run of signs. They nest too deeply to be read.", run.index);
  const signs = source.match(SIGNS)?.length ?? 0;
  if (signs > MOST_SIGNS)
    return problem(
      `the file has ${signs} signs such as * [ and <; at most ${MOST_SIGNS} are read. Remove what is no text.`,
    );
  return null;
}

/**
 * What in a tree is not content. The same check runs before the compiler, on the very tree that it compiles.
 * @param tree as the MDX parser made it, with or without front matter
 * @returns problems with their places; none if the text may be shown
 */
export function contentProblems(tree: Root): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  if (depthOf(tree) > DEEPEST)
    return [{ line: 1, column: 1, message: `the text nests more than ${DEEPEST} levels deep. Flatten it.` }];
  visit(tree, (node, index, parent) => {
    const problem = (message: string) => problems.push({ ...placeOfNode(node), message });
    if (isClauseMisplacedIn(node))
      problem("give the clause a line of its own: it stands in no sentence, heading, link or other clause.");
    switch (node.type) {
      case "yaml":
        if (parent?.type !== "root" || index !== 0) problem("front matter stands at the top of the file only.");
        return;
      case "mdxjsEsm":
        problem("remove the import or export: policy text is content, not code. Begin a paragraph with another word.");
        return;
      case "mdxFlowExpression":
      case "mdxTextExpression":
        if (!isComment(node)) problem(BRACES);
        return;
      case "html":
        problem(`remove the HTML. Use Markdown, or ${Object.keys(COMPONENTS).join(", ")}.`);
        return;
      case "image":
      case "imageReference":
        problem("remove the image. Pages of the portal load nothing from outside; say in words what it shows.");
        return;
      case "link":
      case "definition":
        if (!isPlainAddress(node.url))
          problem(
            `a link may not run a script: "${node.url.slice(0, 60)}" is not an https, mailto, tel or portal address.`,
          );
        return;
      case "mdxJsxFlowElement":
      case "mdxJsxTextElement":
        checkComponent(node).forEach(problem);
        return;
      default:
        if (!CONTENT.includes(node.type)) problem(`policy text may not hold "${node.type}". Use plain Markdown.`);
    }
  });
  return problems;
}

/**
 * Whether an address is one that browsers can only navigate to. Browsers strip tabs, line ends and leading white space
 * from an address, so one containing any is refused whatever it says.
 */
function isPlainAddress(url: string): boolean {
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(url) || url.startsWith("//")) return false;
  const [, scheme] = /^([^/?#]*?):/.exec(url) ?? [];
  return scheme === undefined || /^(https?|mailto|tel)$/i.test(scheme);
}

/**
 * Removes the comments from a tree: an author's note is not for readers, and some compilers take instructions from
 * comments.
 * @param tree changed in place; other expressions stay
 */
export function dropComments(tree: Root): void {
  visit(tree, ["mdxFlowExpression", "mdxTextExpression"], (node, index, parent) => {
    if (!parent || index === undefined || !isComment(node)) return undefined;
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
}

/** A comment is an expression without a program. */
const isComment = (node: Nodes): boolean =>
  (node.type === "mdxFlowExpression" || node.type === "mdxTextExpression") && node.data?.estree?.body.length === 0;

/** Where a node begins. */
export const placeOfNode = ({ position }: Nodes): FilePlace => ({
  line: position?.start.line ?? 1,
  column: position?.start.column ?? 1,
});

function readFrontMatter(yaml: string): { value: unknown; problems: PlacedProblem[] } {
  // The first line of the file is the one with the dashes.
  const { value, problems } = readPlainYaml(yaml, 1);
  return {
    value: value ?? null,
    problems: problems.map((problem) => ({ ...problem, message: `front matter: ${problem.message}` })),
  };
}

function readClauses(tree: Root, result: ParsedText): void {
  let section: string | null = null;
  visit(tree, (node) => {
    if (node.type === "heading" && node.depth === 2) {
      const title = toString(node).trim();
      section = sectionAnchor(title);
      result.sections.push({ anchor: section, title });
    }
    if ((node.type !== "mdxJsxFlowElement" && node.type !== "mdxJsxTextElement") || node.name !== "Clause") return;
    const { id, clause, problems } = readClause(node, section);
    const isTwice = problems.length === 0 && result.clauseIds.has(id);
    // A misspelt attribute is named as such, not as a missing one too.
    const own = checkComponent(node).length > 0 ? [] : problems;
    const all = isTwice ? [`clause ${id} stands twice. Give each clause its own number.`] : own;
    result.clauseIds.add(id);
    result.problems.push(...all.map((message) => ({ ...placeOfNode(node), message })));
    if (isTwice) return;
    if (clause) result.clauses.push(clause);
  });
}

/** Without recursion: a tree can be deeper than the stack. */
function depthOf(tree: Root): number {
  let deepest = 0;
  const open: { node: Nodes; depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    deepest = Math.max(deepest, depth);
    if ("children" in node) for (const child of node.children) open.push({ node: child, depth: depth + 1 });
  }
  return deepest;
}

function checkComponent(node: Element): string[] {
  const allowed = COMPONENTS[node.name ?? ""];
  if (!allowed || !Object.hasOwn(COMPONENTS, node.name ?? ""))
    return [notATag(node.name ?? "", Object.keys(COMPONENTS))];
  const seen = new Set<string>();
  return node.attributes.flatMap((attribute) => {
    if (attribute.type !== "mdxJsxAttribute" || (attribute.value !== null && typeof attribute.value === "object"))
      return [`<${node.name}> may carry plain attributes only, such as id="2.1".`];
    if (seen.has(attribute.name)) return [`<${node.name}> has "${attribute.name}" twice.`];
    seen.add(attribute.name);
    return allowed.includes(attribute.name) ? [] : [`<${node.name}> has no attribute "${attribute.name}".`];
  });
}

/**
 * Whether a node contains a clause where none is allowed: on the page a clause is a numbered block, not part of a
 * sentence.
 */
function isClauseMisplacedIn(node: Nodes): boolean {
  if (!("children" in node)) return false;
  if (isClause(node)) {
    let isNested = false;
    visit(node, (inner) => {
      isNested ||= inner !== node && isClause(inner);
    });
    return isNested;
  }
  if (!node.children.some(isClause) || HOLDS_CLAUSES.includes(node.type)) return false;
  // A component alone on its line is parsed as a paragraph.
  const isAlone = node.children.every(
    (child) => "name" in child || isComment(child) || (child.type === "text" && child.value.trim() === ""),
  );
  return node.type === "paragraph" ? !isAlone : !("name" in node && node.name === "Callout");
}

const isClause = (node: Nodes): boolean => "name" in node && node.name === "Clause";

function readClause(node: Element, section: string | null): { id: string; clause: Clause | null; problems: string[] } {
  const attributes = new Map(
    node.attributes
      .filter((attribute): attribute is MdxJsxAttribute => attribute.type === "mdxJsxAttribute")
      .map(({ name, value }) => [name, typeof value === "string" ? value.trim() : ""]),
  );
  const problems: string[] = [];
  const id = attributes.get("id") ?? "";
  const strength = attributes.get("strength") ?? "";
  const kind = attributes.get("kind") ?? "rule";
  const binds = attributes.get("binds") ?? "people";
  const text = plainText(node);
  if (!/^\d+(\.\d+)*[a-z]?$/.test(id)) problems.push(`a clause needs a number, such as id="2.1".`);
  if (!isStrength(strength)) problems.push(`clause ${id} needs a strength: ${STRENGTHS.join(", ")}.`);
  if (kind !== "rule" && kind !== "risk") problems.push(`clause ${id}: kind is "risk" or left out.`);
  if (binds !== "people" && binds !== "body") problems.push(`clause ${id}: binds is "body" or left out.`);
  if (text === "") problems.push(`clause ${id} has no text.`);
  const from = (attributes.get("from") ?? "").split(/[\s,]+/).filter(Boolean);
  if (problems.length > 0 || !isStrength(strength)) return { id, clause: null, problems };
  return {
    id,
    clause: {
      id,
      strength,
      kind: kind === "risk" ? "risk" : "rule",
      ...(binds === "body" && { binds }),
      from,
      text,
      section,
    },
    problems,
  };
}

const isStrength = (text: string): text is Strength => STRENGTHS.some((strength) => strength === text);

/** The words of a clause, its paragraphs and list items separated by spaces. */
function plainText(node: Element): string {
  const parts: string[] = [];
  visit(node, (child) => {
    if (child.type === "table") {
      parts.push(...tableLines(child));
      return SKIP;
    }
    if (child.type === "paragraph" || child.type === "heading") {
      parts.push(toString(child));
      return SKIP;
    }
    return undefined;
  });
  const text = parts.length > 0 ? parts.join(" ") : toString(node);
  return text.replace(/\s+/g, " ").trim();
}
