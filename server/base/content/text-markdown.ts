import type { Blockquote, Definition, Heading, Link, Nodes, Paragraph, Parents, Root, RootContent } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import type { MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import { defaultHandlers, toMarkdown, type Handle, type Handlers, type Info, type State } from "mdast-util-to-markdown";
import { toString } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { clauseAnchor, OF_BODY, sectionAnchor } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { contentProblems, dropComments, parseTree } from "./policy-text.ts";
import { onceForEachHash } from "./text-html.ts";

type Element = MdxJsxFlowElement | MdxJsxTextElement;

/**
 * A version's text as a tree for `writeMarkdown`, its headings with their anchors. It rejects with an Error naming the
 * first problem if the text is not content.
 */
export const readTextTree = onceForEachHash((version) => Promise.resolve().then(() => readTree(version)));

function readTree({ text }: Pick<PolicyVersion, "text">): Root {
  const { tree, problems } = parseTree(text);
  const [problem] = [...problems, ...(tree ? contentProblems(tree) : [])];
  if (!tree || problem) throw new Error(`The policy text is not content: ${problem?.message}`);
  dropComments(tree);
  visit(tree, "heading", (node) => {
    if (node.depth === 2) node.data = { hProperties: { id: sectionAnchor(toString(node).trim()) } };
  });
  return tree;
}

/** The clause with this number as it stands in a text; null if there is none. */
export function findClause(tree: Root, id: string): RootContent | null {
  let found: RootContent | null = null;
  visit(tree, ["mdxJsxFlowElement", "mdxJsxTextElement"], (node) => {
    if (isElement(node) && node.name === "Clause" && attributeOf(node, "id") === id) found = node;
  });
  return found;
}

interface Around {
  /** The page that it is the text of: where its links begin. */
  page: string;
  /** What is said below a clause, by its number. */
  notes?: ReadonlyMap<string, RootContent[]> | undefined;
}

/**
 * Markdown of GitHub's kind, for a policy's text or for anything written around it. Clauses and sections have the
 * anchors of the page, and links are absolute.
 */
export function writeMarkdown(children: readonly RootContent[], around: Around): string {
  const options = { bullet: "-", emphasis: "_", listItemIndent: "one", resourceLink: true } as const;
  const absolute = (url: string) => (URL.canParse(url, around.page) ? new URL(url, around.page).href : url);
  const write = (nodes: RootContent[]) =>
    toMarkdown({ type: "root", children: nodes }, { ...options, extensions, handlers }).trim();
  const extensions = [gfmTableToMarkdown({ tablePipeAlign: false })];
  const element: Handle = (node: Element, parent: Parents | undefined, state, info) => {
    if (node.name === "Callout") return state.handle(calloutQuote(node), parent, state, info);
    const words = wordsIn(node, state, info);
    if (node.name !== "Clause") return `\\[${words}\\]`;
    const id = attributeOf(node, "id");
    return [clauseStart(node) + words, ...(around.notes?.get(id) ?? []).map((note) => write([note]))].join("\n\n");
  };
  const handlers: Partial<Handlers> = {
    mdxJsxFlowElement: element,
    mdxJsxTextElement: element,
    paragraph: (node: Paragraph, parent, state, info) =>
      isBlocks(node) ? wordsIn(node, state, info) : defaultHandlers.paragraph(node, parent, state, info),
    heading(node: Heading, parent, state, info) {
      const id = node.data?.hProperties?.["id"];
      const heading = defaultHandlers.heading(node, parent, state, info);
      return typeof id === "string" ? `<a id="${id}"></a>\n\n${heading}` : heading;
    },
    link: (node: Link, parent, state, info) =>
      defaultHandlers.link({ ...node, url: absolute(node.url) }, parent, state, info),
    definition: (node: Definition, parent, state, info) =>
      defaultHandlers.definition({ ...node, url: absolute(node.url) }, parent, state, info),
  };
  return `${write([...children])}\n`;
}

/** A component on a line of its own is parsed as part of a paragraph; on the page it is a block. */
function isBlocks({ children }: Pick<Paragraph, "children">): boolean {
  const isBlank = (child: Nodes) => child.type === "text" && child.value.trim() === "";
  return (
    children.some((child) => isElement(child) && child.name !== "Gap") &&
    children.every((child) => isElement(child) || isBlank(child))
  );
}

/** What is in a component or a paragraph of them, each block apart from the next. */
function wordsIn(node: Element | Paragraph, state: State, info: Info): string {
  if (node.type === "mdxJsxFlowElement") return state.containerFlow(node, info);
  if (!isBlocks(node)) return defaultHandlers.paragraph({ ...node, type: "paragraph" }, undefined, state, info).trim();
  return node.children
    .filter(isElement)
    .map((child) => state.handle(child, node, state, info))
    .join("\n\n");
}

/** A call-out is a quotation with its title. */
function calloutQuote(node: Element): Blockquote {
  const title = attributeOf(node, "title");
  const body: Blockquote["children"] =
    node.type === "mdxJsxFlowElement" ? node.children : [{ type: "paragraph", children: node.children }];
  const heading = { type: "heading", depth: 3, children: [{ type: "text", value: title }] } satisfies RootContent;
  return { type: "blockquote", children: title === "" ? body : [heading, ...body] };
}

/** A clause's anchor and number, and what the page says before its words. */
function clauseStart(node: Element): string {
  const id = attributeOf(node, "id");
  const [first] = node.children;
  const isInline = node.type === "mdxJsxTextElement" || first?.type === "paragraph";
  const kind = attributeOf(node, "kind") === "risk" ? "Risk: " : "";
  const binds = attributeOf(node, "binds") === "body" ? `${OF_BODY}: ` : "";
  return `<a id="${clauseAnchor(id)}"></a>**${id}** ${kind}${binds}`.trim() + (isInline ? " " : "\n\n");
}

const isElement = (node: Nodes): node is Element =>
  node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement";

function attributeOf(node: Element, name: string): string {
  const found = node.attributes.find((one) => one.type === "mdxJsxAttribute" && one.name === name);
  return typeof found?.value === "string" ? found.value.trim() : "";
}
