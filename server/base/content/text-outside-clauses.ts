import type { Root, RootContent } from "mdast";
import { toString } from "mdast-util-to-string";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { sectionAnchor } from "#domain/policy/policy/clause.ts";
import type { TextSection } from "#domain/policy/policy/difference.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { dropComments } from "./policy-text.ts";
import { tableLines, withTables } from "./tables.ts";

const parser = unified().use(remarkParse).use(remarkMdx).use(withTables);

/** What a version says outside its clauses, by section. */
export function textOutsideClauses({ text }: Pick<PolicyVersion, "text">): TextSection[] {
  const tree: Root = parser.parse(text);
  dropComments(tree);
  const sections: TextSection[] = [{ section: "", title: "", text: "" }];
  for (const node of tree.children) {
    if (node.type === "heading" && node.depth === 2) {
      const title = toString(node).trim();
      sections.push({ section: sectionAnchor(title), title, text: "" });
    } else if (!isClause(node)) {
      const passage = sections.at(-1);
      if (passage) passage.text = [passage.text, wordsOf(node)].filter(Boolean).join("\n");
    }
  }
  return sections.filter(({ title, text: words }) => title !== "" || words !== "");
}

const isClause = (node: RootContent): boolean =>
  (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") && node.name === "Clause";

/**
 * The words of a block, its paragraphs and list items separated. A callout's title is an attribute and counts as words.
 */
function wordsOf(node: RootContent): string {
  if (isClause(node)) return "";
  if (node.type === "table") return tableLines(node).join("\n");
  const title =
    node.type === "mdxJsxFlowElement"
      ? node.attributes.flatMap(({ value }) => (typeof value === "string" ? value : []))
      : [];
  const isContainer = "children" in node && node.type !== "paragraph" && node.type !== "heading";
  const words = isContainer ? node.children.map(wordsOf) : [toString(node)];
  return [...title, ...words]
    .map((part) => part.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}
