import type { Root, Table, TableRow } from "mdast";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Processor } from "unified";
import { visit } from "unist-util-visit";

/** Tables in the text of a policy, as GitHub writes them: a plug-in for the parser, here and in the compiler. */
export function withTables(this: Processor): void {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(gfmTable());
  (data.fromMarkdownExtensions ??= []).push(gfmTableFromMarkdown());
}

/**
 * Gives tables what readers of any kind need: a name, roles that survive another layout, a first cell that names its
 * row, and in each other cell the name of its column.
 * @param tree changed in place
 */
export function nameCells(tree: Root): void {
  visit(tree, "table", (table) => {
    const [head, ...rows] = table.children;
    const columns = head?.children.map(wordsOf) ?? [];
    setProperties(table, { role: "table", ariaLabel: columns.filter(Boolean).join(", ") });
    if (head) setProperties(head, { role: "row" });
    for (const cell of head?.children ?? []) setProperties(cell, { role: "columnheader", scope: "col" });
    for (const row of rows) {
      setProperties(row, { role: "row", className: ["data-row"] });
      row.children.forEach((cell, at) => {
        if (at > 0) setProperties(cell, { role: "cell", dataLabel: columns[at] ?? "" });
        else setProperties(cell, { role: "rowheader", scope: "row" }, "th");
      });
    }
  });
}

/** The words of a table, a line for each row below its head: "Row. Column: cell. Column: cell." */
export function tableLines({ children: [head, ...rows] }: Table): string[] {
  const columns = head?.children.map(wordsOf) ?? [];
  return rows.map(({ children }) => {
    const cells = children.map(wordsOf);
    const named = cells.map((words, at) => (at === 0 || !words || !columns[at] ? words : `${columns[at]}: ${words}`));
    return `${named.filter(Boolean).join(". ")}.`;
  });
}

const wordsOf = (cell: TableRow["children"][number]): string => toString(cell).replace(/\s+/g, " ").trim();

type Named = Table | TableRow | TableRow["children"][number];

function setProperties(node: Named, hProperties: Record<string, string | string[]>, hName?: string): void {
  node.data = { ...node.data, hProperties, ...(hName && { hName }) };
}
