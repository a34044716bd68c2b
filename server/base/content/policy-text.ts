import { toString } from "mdast-util-to-string";
import type { Nodes, Root } from "mdast";
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import remarkFrontmatter from "remark-frontmatter";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { VFileMessage } from "vfile-message";
import {
  sectionAnchor,
  STRENGTHS,
  type Clause,
  type HeadedSection,
  type Strength,
} from "#domain/policy/policy/clause.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import { tableLines, withTables } from "./tables.ts";

/** Components that policy authors may use in their text, and the attributes each may have. */
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
  sections: HeadedSection[];
  problems: string[];
}

type Element = MdxJsxFlowElement | MdxJsxTextElement;

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx).use(withTables);

/**
 * Reads a policy's MDX: front matter, clauses and sections. MDX is content, not code: imports, exports, expressions,
 * raw HTML, images and components other than Clause, Callout and Gap are problems, named with their line.
 */
export function parsePolicyText(source: string): ParsedText {
  const result: ParsedText = { frontMatter: null, text: "", clauses: [], sections: [], problems: [] };
  const { tree, problem } = parseTree(source);
  if (!tree) {
    result.problems.push(problem);
    return result;
  }
  const [first] = tree.children;
  if (first?.type === "yaml") {
    const { value, problems } = readFrontMatter(first.value);
    result.frontMatter = value;
    result.problems.push(...problems);
    result.text = source.slice(first.position?.end.offset ?? 0);
  } else {
    result.text = source;
    result.problems.push("there is no front matter. Begin the file with --- and the fields of document control.");
  }
  result.problems.push(...contentProblems(tree));
  dropComments(tree);
  // Each level of the tree is a call: a tree that is too deep is not read any further.
  if (depthOf(tree) <= DEEPEST) readClauses(tree, result);
  return result;
}

/** The tree of a policy's text, or why there is none. The contents of the tree are not checked yet. */
export function parseTree(source: string): { tree: Root; problem: null } | { tree: null; problem: string } {
  const refused = sourceProblem(source);
  if (refused !== null) return { tree: null, problem: refused };
  try {
    return { tree: parser.parse(source), problem: null };
  } catch (error) {
    const reason = error instanceof VFileMessage ? error.reason : String(error);
    const line = error instanceof VFileMessage && error.line ? `line ${error.line}: ` : "";
    return { tree: null, problem: `${line}${reason}` };
  }
}

/** Why a text is not even parsed, or null: parsing a hostile one would take minutes. */
export function sourceProblem(source: string): string | null {
  if (source.length > MOST_CHARACTERS)
    return `the file has ${source.length} characters; at most ${MOST_CHARACTERS} are read. Split the policy.`;
  const run = NESTING.exec(source);
  if (run)
    return `line ${source.slice(0, run.index).split("\n").length}: remove the long run of signs. They nest too deeply to be read.`;
  const signs = source.match(SIGNS)?.length ?? 0;
  if (signs > MOST_SIGNS)
    return `the file has ${signs} signs such as * [ and <; at most ${MOST_SIGNS} are read. Remove what is no text.`;
  return null;
}

/**
 * What in a tree is not content. The same check runs before the compiler, on the very tree that it compiles.
 * @param tree as the MDX parser made it, with or without front matter
 * @returns problems with their lines; none if the text may be shown
 */
export function contentProblems(tree: Root): string[] {
  const problems: string[] = [];
  if (depthOf(tree) > DEEPEST) return [`the text nests more than ${DEEPEST} levels deep. Flatten it.`];
  visit(tree, (node, index, parent) => {
    const problem = (text: string) => problems.push(`line ${node.position?.start.line ?? "?"}: ${text}`);
    if (isClauseMisplacedIn(node))
      problem("give the clause a line of its own: it stands in no sentence, heading, link or other clause.");
    switch (node.type) {
      case "yaml":
        if (parent?.type !== "root" || index !== 0) problem("front matter stands at the top of the file only.");
        return;
      case "mdxjsEsm":
        problem("remove the import or export. Policy text is content, not code.");
        return;
      case "mdxFlowExpression":
      case "mdxTextExpression":
        if (!isComment(node)) problem("remove the expression in braces. Policy text is content, not code.");
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
function isComment(node: Nodes): boolean {
  const isExpression = node.type === "mdxFlowExpression" || node.type === "mdxTextExpression";
  return isExpression && node.data?.estree?.body.length === 0;
}

function readFrontMatter(yaml: string): { value: unknown; problems: string[] } {
  // The first line of the file is the one with the dashes.
  const { value, problems } = readPlainYaml(yaml, 1);
  return {
    value: value ?? null,
    problems: problems.map(({ line, message }) => `line ${line}: front matter: ${message}`),
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
    const line = `line ${node.position?.start.line ?? "?"}`;
    const { clause, problems } = readClause(node, section);
    result.problems.push(...problems.map((problem) => `${line}: ${problem}`));
    if (clause && result.clauses.some(({ id }) => id === clause.id))
      result.problems.push(`${line}: clause ${clause.id} stands twice. Give each clause its own number.`);
    else if (clause) result.clauses.push(clause);
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
    return [`<${node.name ?? ""}> is not among what policy text may use: ${Object.keys(COMPONENTS).join(", ")}.`];
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

function isClause(node: Nodes): boolean {
  return "name" in node && node.name === "Clause";
}

function readClause(node: Element, section: string | null): { clause: Clause | null; problems: string[] } {
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
  if (problems.length > 0 || !isStrength(strength)) return { clause: null, problems };
  return {
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

function isStrength(text: string): text is Strength {
  return STRENGTHS.some((strength) => strength === text);
}

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
