import type { BlockContent, List, PhrasingContent, TableRow } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import { TYPED_MARK, type Cleaned, type CleanedText } from "#domain/policy/draft/pasted-text.ts";

// Runs in browsers: what a word processor copied, as the Markdown that an author would have written.

/** A part of what was pasted; `name` is the element in small letters, "" for words. */
export interface PastedNode {
  name: string;
  words: string;
  attribute(name: string): string;
  children: readonly PastedNode[];
}

/** Whether something was copied with structure that Markdown can keep; other programs copy their colours only. */
export const hasStructure = (html: string): boolean =>
  /<(h[1-6]|[uo]l|table|b|strong|i|em)\b|\bmso-|\bMso[A-Z]/i.test(html);

/** Markdown for what was pasted, and what was cleaned on the way. Words stay as they are; what MDX would read as code is escaped. */
export function pastedHtml(root: PastedNode): CleanedText {
  const reader = new Reader(root);
  const children = reader.blocks(root);
  const text = toMarkdown(
    { type: "root", children },
    {
      bullet: "-",
      emphasis: "_",
      listItemIndent: "one",
      resourceLink: true,
      extensions: [
        gfmTableToMarkdown(),
        {
          unsafe: [
            { character: "{", inConstruct: ["phrasing"] },
            { character: "<", inConstruct: ["phrasing"] },
          ],
        },
      ],
    },
  );
  return { text, cleaned: [...reader.cleaned] };
}

const SKIPPED = /^(style|script|head|xml|title|meta|link|template|object|del|iframe|svg|math|[ovw]:.*)$/;
const BLOCKS = /^(p|div|h[1-6]|[uo]l|li|table|blockquote|hr|pre|section|article|header|footer|main|dl|dt|dd|center)$/;

/** Words in one look; a run without a look may be a line break. */
interface Run {
  text: string;
  isBold: boolean;
  isItalic: boolean;
  href: string | null;
}

type Look = Omit<Run, "text">;
const PLAIN: Look = { isBold: false, isItalic: false, href: null };
const BREAK = "\n";

/** An item as word processors write it: a paragraph that says how deep it stands. */
interface LooseItem {
  level: number;
  isOrdered: boolean;
  content: BlockContent[];
}

class Reader {
  readonly cleaned = new Set<Cleaned>();
  private readonly footnotes = new Map<string, string>();

  constructor(root: PastedNode) {
    this.readFootnotes(root);
  }

  private readFootnotes(node: PastedNode): void {
    const id = node.attribute("id");
    if (/^(ftn|edn)\d+$/.test(id) || /^(footnote|endnote)-\d+$/.test(id))
      this.footnotes.set(
        id,
        wordsOf(node)
          .replace(/\s+/g, " ")
          .trim()
          .replace(/^(\[\w{1,4}\]|\d{1,3})\s*/, ""),
      );
    else node.children.forEach((child) => this.readFootnotes(child));
  }

  /** The blocks in an element; words between them are paragraphs. */
  blocks(node: PastedNode): BlockContent[] {
    const made: BlockContent[] = [];
    let loose: PastedNode[] = [];
    let items: LooseItem[] = [];
    const endItems = () => {
      if (items.length > 0) made.push(...listsOf(items));
      items = [];
    };
    const endWords = () => {
      const paragraph = this.paragraph(loose);
      if (paragraph.length > 0) endItems();
      made.push(...paragraph);
      loose = [];
    };
    for (const child of node.children) {
      if (this.isSkipped(child)) continue;
      if (!isBlock(child)) {
        loose.push(child);
        continue;
      }
      endWords();
      const item = this.looseItem(child);
      if (item) items.push(item);
      else {
        const blocks = this.block(child);
        if (blocks.length > 0) endItems();
        made.push(...blocks);
      }
    }
    endWords();
    endItems();
    return made;
  }

  private block(node: PastedNode): BlockContent[] {
    const { name } = node;
    if (/^h[1-6]$/.test(name) || /\bMso(Title|Heading)/.test(node.attribute("class"))) return this.heading(node);
    if (name === "ul" || name === "ol") return this.list(node);
    if (name === "table") return this.table(node);
    if (name === "hr") return [{ type: "thematicBreak" }];
    if (name === "blockquote") return [{ type: "blockquote", children: this.blocks(node) }];
    return node.children.some(isBlock) ? this.blocks(node) : this.paragraph([node]);
  }

  private paragraph(nodes: readonly PastedNode[]): BlockContent[] {
    const children = this.phrasing(nodes);
    return children.length === 0 ? [] : [{ type: "paragraph", children }];
  }

  private heading(node: PastedNode): BlockContent[] {
    const children = this.phrasing([node], true);
    if (children.length === 0) return [];
    this.cleaned.add("headings");
    const level = Number(/^h(\d)$/.exec(node.name)?.[1] ?? 1);
    return [{ type: "heading", depth: level === 1 ? 2 : level === 2 ? 3 : 4, children }];
  }

  private list(node: PastedNode): BlockContent[] {
    const list: List = { type: "list", ordered: node.name === "ol", spread: false, children: [] };
    for (const child of node.children) {
      const last = list.children.at(-1);
      if (child.name === "li") {
        const children = this.blocks(child);
        if (children.length > 0) list.children.push({ type: "listItem", spread: false, children });
      } else if (last && (child.name === "ul" || child.name === "ol")) last.children.push(...this.list(child));
      else if (isBlock(child)) {
        const children = this.block(child);
        if (children.length > 0) list.children.push({ type: "listItem", spread: false, children });
      }
    }
    return list.children.length === 0 ? [] : [list];
  }

  /** A paragraph that a word processor numbered, or that begins with a bullet typed by hand. */
  private looseItem(node: PastedNode): LooseItem | null {
    const style = node.attribute("style");
    const [, number] = /mso-list:\s*\w+\s+level(\d)/.exec(style) ?? [];
    if (node.name !== "p" && number === undefined) return null;
    const mark = number === undefined ? TYPED_MARK.exec(wordsOf(node).replaceAll("\u00A0", "\t"))?.[0] : undefined;
    if (number === undefined && mark === undefined) return null;
    const written = mark ?? ignoredWords(node);
    const runs = this.runs([node], PLAIN);
    if (mark !== undefined) dropMark(runs);
    const children = phrasingOf(runs);
    if (children.length === 0) return null;
    this.cleaned.add("bullets");
    return {
      level: Number(number ?? (/^\s*o\s/.test(written) ? 2 : 1)),
      isOrdered: /^\s*\(?(\d+|[a-zA-Z]|[ivxIVX]+)[.)]/.test(written),
      content: [{ type: "paragraph", children }],
    };
  }

  private table(node: PastedNode): BlockContent[] {
    const rows = cellsOf(node);
    const most = Math.max(0, ...rows.map((cells) => cells.length));
    if (most === 0) return [];
    if (most === 1 && rows.length === 1) return rows.flatMap((cells) => cells.flatMap((cell) => this.blocks(cell)));
    this.cleaned.add("tables");
    const children = rows.map((cells): TableRow => {
      if (cells.some((cell) => Number(cell.attribute("colspan")) > 1 || Number(cell.attribute("rowspan")) > 1))
        this.cleaned.add("merged");
      const filled = cells.flatMap((cell) => {
        const children = this.phrasing([cell]).map((one) => (one.type === "break" ? BLANK : one));
        const span = Math.min(20, Math.max(1, Number(cell.attribute("colspan")) || 1));
        return [children, ...Array.from({ length: span - 1 }, () => [])];
      });
      return { type: "tableRow", children: filled.map((children) => ({ type: "tableCell", children })) };
    });
    const width = Math.max(...children.map(({ children }) => children.length));
    for (const row of children)
      while (row.children.length < width) row.children.push({ type: "tableCell", children: [] });
    return [{ type: "table", children }];
  }

  private phrasing(nodes: readonly PastedNode[], isHeading = false): PhrasingContent[] {
    const runs = this.runs(nodes, PLAIN);
    return phrasingOf(isHeading ? runs.map((run) => ({ ...run, isBold: false })) : runs);
  }

  private runs(nodes: readonly PastedNode[], look: Look): Run[] {
    return nodes.flatMap((node): Run[] => {
      if (node.name === "") return [{ text: node.words.replace(/[ \t\r\n\f\u00A0\u202F]+/g, " "), ...look }];
      if (this.isSkipped(node) || isIgnored(node)) return [];
      if (node.name === "br") return [{ text: BREAK, ...PLAIN }];
      const footnote = this.footnoteOf(node);
      if (footnote !== null) return [{ text: ` (${footnote})`, ...PLAIN }];
      if (node.name === "ins") this.cleaned.add("inserted");
      if (/^(s|strike)$/.test(node.name) || /text-decoration:[^;]*line-through/.test(node.attribute("style")))
        this.cleaned.add("struck");
      const inside = this.runs(node.children, lookIn(node, look));
      return isBlock(node) ? [BETWEEN, ...inside, BETWEEN] : inside;
    });
  }

  /** The words of the footnote that a link refers to; null for anything else. */
  private footnoteOf(node: PastedNode): string | null {
    if (node.name !== "a") return null;
    const [, id = ""] = /#_?((?:ftn|edn)\d+|(?:foot|end)note-\d+)$/.exec(node.attribute("href")) ?? [];
    const words = this.footnotes.get(id) ?? null;
    if (words !== null) this.cleaned.add("footnotes");
    return words;
  }

  private isSkipped(node: PastedNode): boolean {
    const { name } = node;
    const [style, kind] = [node.attribute("style"), node.attribute("class")];
    const isComment = /mso-element:\s*comment|mso-comment-/.test(style) || /mso(comanchor|comtxt)/i.test(kind);
    const isDeleted = name === "del" || /\bmsoDel\b/i.test(kind);
    const isPicture = name === "img" || name === "picture" || name === "v:imagedata";
    const isNotes =
      /mso-element:\s*(footnote|endnote)(-list)?\b/.test(style) || this.footnotes.has(node.attribute("id"));
    if (isDeleted) this.cleaned.add("deleted");
    if (isComment) this.cleaned.add("comments");
    if (isPicture) this.cleaned.add("pictures");
    if (/^mso/i.test(kind) || /\bmso-/.test(style)) this.cleaned.add("styles");
    return isComment || isDeleted || isPicture || isNotes || SKIPPED.test(name);
  }
}

const BETWEEN: Run = { text: " ", ...PLAIN };
const BLANK: PhrasingContent = { type: "text", value: " " };

const isBlock = (node: PastedNode): boolean =>
  BLOCKS.test(node.name) || (node.name !== "" && !SKIPPED.test(node.name) && node.children.some(isBlock));

/** The bullet or number that a word processor wrote out for programs that know no lists. */
const isIgnored = (node: PastedNode): boolean => /mso-list:\s*Ignore/i.test(node.attribute("style"));

const ignoredWords = (node: PastedNode): string =>
  isIgnored(node) ? wordsOf(node) : node.children.map(ignoredWords).join("");

const wordsOf = (node: PastedNode): string => (node.name === "" ? node.words : node.children.map(wordsOf).join(""));

function lookIn(node: PastedNode, look: Look): Look {
  const style = node.attribute("style");
  const [, weight = ""] = /(?:^|;)\s*font-weight:\s*([a-z]+|\d+)/.exec(style) ?? [];
  const [, slant = ""] = /(?:^|;)\s*font-style:\s*([a-z]+)/.exec(style) ?? [];
  const isBold = weight ? weight === "bold" || Number(weight) >= 600 : /^(b|strong)$/.test(node.name) || look.isBold;
  const isItalic = slant ? slant !== "normal" : /^(i|em)$/.test(node.name) || look.isItalic;
  const href = node.name === "a" ? node.attribute("href") : "";
  return { isBold, isItalic, href: /^(https?:\/\/|mailto:|tel:)\S+$/i.test(href) ? href : look.href };
}

const cellsOf = (node: PastedNode): PastedNode[][] =>
  node.children.flatMap((child) => {
    if (child.name === "tr") return [child.children.filter(({ name }) => name === "td" || name === "th")];
    return /^(thead|tbody|tfoot)$/.test(child.name) ? cellsOf(child) : [];
  });

/** Takes the bullet or number off the start. @param runs changed in place */
function dropMark(runs: Run[]): void {
  const words = runs.map(({ text }) => text).join("");
  let left = /^\s*(?:[^\p{L}\p{N}\s]\s*|\S+\s+)/u.exec(words)?.[0].length ?? 0;
  for (const run of runs) {
    const taken = Math.min(left, run.text.length);
    run.text = run.text.slice(taken);
    left -= taken;
  }
}

/** Runs as Markdown has them: blanks stand outside of bold and italic words, and neighbours of one look are one. */
function phrasingOf(runs: readonly Run[]): PhrasingContent[] {
  const joined: Run[] = [];
  for (const run of runs.flatMap(blanksOutside)) {
    const last = joined.at(-1);
    const isSame = last && run.text !== BREAK && last.text !== BREAK && sameLook(last, run);
    if (isSame) last.text = `${last.text}${run.text}`.replace(/ +/g, " ");
    else if (run.text === " " && (!last || last.text === BREAK || last.text.endsWith(" "))) continue;
    else joined.push({ ...run });
  }
  const isEmpty = ({ text }: Run) => text.trim() === "";
  while (joined[0] && isEmpty(joined[0])) joined.shift();
  for (let last = joined.at(-1); last && isEmpty(last); last = joined.at(-1)) joined.pop();
  const [first, last] = [joined[0], joined.at(-1)];
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
  return joined.map(({ text, isBold, isItalic, href }): PhrasingContent => {
    if (text === BREAK) return { type: "break" };
    const words: PhrasingContent = { type: "text", value: text };
    const slanted: PhrasingContent = isItalic ? { type: "emphasis", children: [words] } : words;
    const strong: PhrasingContent = isBold ? { type: "strong", children: [slanted] } : slanted;
    return href === null ? strong : { type: "link", url: href, children: [strong] };
  });
}

const sameLook = (one: Run, other: Run): boolean =>
  one.isBold === other.isBold && one.isItalic === other.isItalic && one.href === other.href;

function blanksOutside(run: Run): Run[] {
  if (run.text === BREAK || (!run.isBold && !run.isItalic && run.href === null)) return [run];
  const words = run.text.trim();
  if (words === "") return [BETWEEN];
  return [
    ...(run.text.startsWith(" ") ? [BETWEEN] : []),
    { ...run, text: words },
    ...(run.text.endsWith(" ") ? [BETWEEN] : []),
  ];
}

/** Lists of items that say how deep they stand. */
function listsOf(items: readonly LooseItem[]): List[] {
  const made: List[] = [];
  for (const { level, isOrdered, content } of items) {
    let into = made;
    for (let depth = 1; depth < level; depth++) {
      const inner = into.at(-1)?.children.at(-1);
      if (!inner) break;
      const lists = inner.children.filter((child): child is List => child.type === "list");
      if (depth === level - 1 || lists.length > 0) {
        const list = lists.at(-1) ?? newList(isOrdered);
        if (lists.length === 0) inner.children.push(list);
        into = [list];
      }
    }
    const last = into.at(-1);
    const list = last && (last.ordered === isOrdered || into !== made) ? last : newList(isOrdered);
    if (list !== last) into.push(list);
    list.children.push({ type: "listItem", spread: false, children: content });
  }
  return made;
}

const newList = (isOrdered: boolean): List => ({ type: "list", ordered: isOrdered, spread: false, children: [] });
