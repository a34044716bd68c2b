import "server-only";
import { toString } from "mdast-util-to-string";
import type { Root } from "mdast";
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import remarkFrontmatter from "remark-frontmatter";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { VFileMessage } from "vfile-message";
import { parse as parseYaml } from "yaml";
import { sectionAnchor, STRENGTHS, type Clause, type Section, type Strength } from "#domain/policy/clause.ts";

/** What policy authors may use in their text, and the attributes each may carry. */
const COMPONENTS: Readonly<Record<string, readonly string[]>> = {
  Clause: ["id", "strength", "from", "kind"],
  Callout: ["title"],
  Gap: [],
};

export interface ParsedText {
  frontMatter: unknown;
  text: string;
  clauses: Clause[];
  sections: Section[];
  problems: string[];
}

type Element = MdxJsxFlowElement | MdxJsxTextElement;

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx);

/**
 * Reads a policy's MDX: front matter, clauses and sections. MDX is content, not code: imports, exports, expressions,
 * raw HTML and components other than Clause, Callout and Gap are problems, named with their line.
 */
export function parsePolicyText(source: string): ParsedText {
  const result: ParsedText = { frontMatter: null, text: "", clauses: [], sections: [], problems: [] };
  let tree: Root;
  try {
    tree = parser.parse(source);
  } catch (error) {
    const reason = error instanceof VFileMessage ? error.reason : String(error);
    const line = error instanceof VFileMessage && error.line ? `line ${error.line}: ` : "";
    result.problems.push(`${line}${reason}`);
    return result;
  }
  const [first] = tree.children;
  if (first?.type === "yaml") {
    try {
      result.frontMatter = parseYaml(first.value);
    } catch (error) {
      result.problems.push(`front matter: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`);
    }
    result.text = source.slice(first.position?.end.offset ?? 0);
  } else {
    result.text = source;
    result.problems.push("there is no front matter. Begin the file with --- and the fields of document control.");
  }

  let section: string | null = null;
  visit(tree, (node) => {
    const line = `line ${node.position?.start.line ?? "?"}`;
    switch (node.type) {
      case "heading":
        if (node.depth === 2) {
          const title = toString(node);
          section = sectionAnchor(title);
          result.sections.push({ anchor: section, title });
        }
        return;
      case "mdxjsEsm":
        result.problems.push(`${line}: remove the import or export. Policy text is content, not code.`);
        return;
      case "mdxFlowExpression":
      case "mdxTextExpression":
        // A comment is an expression without a program.
        if (node.data?.estree?.body.length !== 0)
          result.problems.push(`${line}: remove the expression in braces. Policy text is content, not code.`);
        return;
      case "html":
        result.problems.push(`${line}: remove the HTML. Use Markdown, or ${Object.keys(COMPONENTS).join(", ")}.`);
        return;
      case "link":
      case "definition":
      case "image":
        if (/^\s*(javascript|data|vbscript):/i.test(node.url)) result.problems.push(`${line}: a link may not run a script.`);
        return;
      case "mdxJsxFlowElement":
      case "mdxJsxTextElement":
        result.problems.push(...checkComponent(node).map((problem) => `${line}: ${problem}`));
        if (node.name === "Clause") {
          const { clause, problems } = readClause(node, section);
          result.problems.push(...problems.map((problem) => `${line}: ${problem}`));
          if (clause && result.clauses.some(({ id }) => id === clause.id))
            result.problems.push(`${line}: clause ${clause.id} stands twice. Give each clause its own number.`);
          else if (clause) result.clauses.push(clause);
        }
        return;
      default:
        return;
    }
  });
  return result;
}

function checkComponent(node: Element): string[] {
  const allowed = COMPONENTS[node.name ?? ""];
  if (!allowed || !Object.hasOwn(COMPONENTS, node.name ?? ""))
    return [`<${node.name ?? ""}> is not among what policy text may use: ${Object.keys(COMPONENTS).join(", ")}.`];
  return node.attributes.flatMap((attribute) => {
    if (attribute.type !== "mdxJsxAttribute" || (attribute.value !== null && typeof attribute.value === "object"))
      return [`<${node.name}> may carry plain attributes only, such as id="2.1".`];
    return allowed.includes(attribute.name) ? [] : [`<${node.name}> has no attribute "${attribute.name}".`];
  });
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
  const text = plainText(node);
  if (!/^\d+(\.\d+)*[a-z]?$/.test(id)) problems.push(`a clause needs a number, such as id="2.1".`);
  if (!isStrength(strength)) problems.push(`clause ${id} needs a strength: ${STRENGTHS.join(", ")}.`);
  if (kind !== "rule" && kind !== "risk") problems.push(`clause ${id}: kind is "risk" or left out.`);
  if (text === "") problems.push(`clause ${id} has no text.`);
  const from = (attributes.get("from") ?? "").split(/[\s,]+/).filter(Boolean);
  if (problems.length > 0 || !isStrength(strength)) return { clause: null, problems };
  return { clause: { id, strength, kind: kind === "risk" ? "risk" : "rule", from, text, section }, problems };
}

function isStrength(text: string): text is Strength {
  return STRENGTHS.some((strength) => strength === text);
}

/** The words of a clause, its paragraphs and list items kept apart by a space. */
function plainText(node: Element): string {
  const parts: string[] = [];
  visit(node, (child) => {
    if (child.type === "paragraph" || child.type === "heading") {
      parts.push(toString(child));
      return SKIP;
    }
    return undefined;
  });
  const text = parts.length > 0 ? parts.join(" ") : toString(node);
  return text.replace(/\s+/g, " ").trim();
}
