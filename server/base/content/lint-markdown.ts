import type { Heading, Nodes, Root, Table } from "mdast";
import { toString } from "mdast-util-to-string";
import { SKIP, visit } from "unist-util-visit";
import { isScalar, visit as visitYaml } from "yaml";
import type { FilePlace } from "#domain/policy/decision/rule-file.ts";
import { sectionAnchor } from "#domain/policy/policy/clause.ts";
import { dateSlips } from "./lint-dates.ts";
import { placesIn, type YamlPlaces } from "./plain-yaml.ts";
import { placeOfNode } from "./policy-text.ts";

/** What readers would stumble over, and where. */
export interface Slip extends FilePlace {
  level: "error" | "warning";
  rule: string;
  message: string;
}

/**
 * What an author meant as a heading, a list, a table or a link, and readers get as signs; dates that do not exist; what
 * came with a text from elsewhere.
 */
export function markdownSlips(tree: Root, source: string): Slip[] {
  const words = wordsAlone(tree, source);
  const placeOf = placesIn(source);
  const blocks: { start: number; text: string }[] = [];
  visit(tree, ["paragraph", "heading", "tableCell"], ({ position }) => {
    const [start, end] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
    blocks.push({ start, text: words.slice(start, end) });
  });
  const found = SIGNS.flatMap(({ rule, find, says }): Slip[] => {
    let last = -2; // what begins in one block and ends in the next is one slip
    return blocks.flatMap(({ start, text }, at): Slip[] => {
      const match = typeof find === "function" ? find(text) : find.exec(text);
      if (!match) return [];
      const isSame = last === at - 1;
      last = at;
      const message = typeof says === "function" ? says(match[0].trim()) : says;
      const offset = start + match.index + (match[0].length - match[0].trimStart().length);
      return isSame ? [] : [{ ...placeOf(offset), level: "error", rule, message }];
    });
  });
  const dates = blocks.flatMap(({ start, text }) =>
    dateSlips(text).map(({ index, ...slip }): Slip => ({ ...placeOf(start + index), ...slip })),
  );
  return [...found, ...dates, ...headingSlips(tree, source), ...nodeSlips(tree)];
}

/**
 * A text as long as the source with nothing in it but words that are shown as they stand: no marks that are understood,
 * no code, no addresses. What is escaped, and the words of links, are letters.
 */
function wordsAlone(tree: Root, source: string): string {
  const signs = source.replace(/[^\n]/g, " ").split("");
  visit(tree, ["text", "link"], (node) => {
    const start = node.position?.start.offset ?? 0;
    const slice = source.slice(start, node.position?.end.offset ?? start);
    const words = node.type === "link" ? slice.replace(/\S/g, "x") : slice.replace(/\\[!-/:-@[-`{-~]/g, "xx");
    for (let at = 0; at < words.length; at++) signs[start + at] = words.charAt(at);
    return node.type === "link" ? SKIP : undefined;
  });
  return signs.join("");
}

type Match = { 0: string; index: number };

/** Signs that stay on the page. The first in a block counts. */
const SIGNS: readonly {
  rule: string;
  find: RegExp | ((block: string) => Match | null);
  says: string | ((words: string) => string);
}[] = [
  {
    rule: "emphasis",
    find: /\*\*|(?<![\p{L}\p{N}*])\*(?=[\p{L}\p{N}"“(])|(?<=[\p{L}\p{N}.,;:!?"”)])\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_{1,2}(?=\p{L})|(?<=[\p{L}.,;:!?])_{1,2}(?![\p{L}\p{N}_])/u,
    says: (mark) =>
      `the sign ${mark} stays on the page. Write it directly before the first and directly after the last of the words: **must**.`,
  },
  {
    rule: "code",
    find: /`/,
    says: "the sign ` stays on the page. Write it before and after the words, or take it out.",
  },
  {
    rule: "strike",
    find: /~~/,
    says: "words are not struck through: the signs ~~ stay on the page. Take out what no longer holds.",
  },
  {
    rule: "footnote",
    find: /\[\^[^[\]\n]+\]/,
    says: "footnotes are not shown as such. Say it in the sentence, or in a section of its own.",
  },
  { rule: "highlight", find: /==\S[^=\n]*==/, says: "the signs == stay on the page. Use **bold**, or a <Callout>." },
  {
    rule: "box",
    find: /^[ \t>]*\[!\w+\]|^:::/m,
    says: 'this is not shown as a box. Write <Callout title="…">…</Callout>.',
  },
  {
    rule: "tick-box",
    find: /^[ \t>]*\[[ xX]?\](?=\s)/m,
    says: "boxes to tick are not drawn: the brackets stay on the page. Begin the entry with its words.",
  },
  {
    rule: "heading",
    find: /^[ \t>]*#{1,6}(?=[^\s#])/m,
    says: (mark) => `a heading has a blank after its ${mark}. Write one, or \\# for the sign itself.`,
  },
  {
    rule: "list",
    find: (block) =>
      /^[ \t>]*[•·▪■□▫●○◦‣⁃∙➢➤✓✔❖\uF0A7\uF0B7\uF0D8\uF076\uF0FC](?=\s*\S)/m.exec(block) ??
      /^[–—](?=[ \t\u00A0]*\S)|^[-+](?=\p{L})/u.exec(block) ??
      several(block, /^[ \t>]*(?:[–—][ \t]|[-+](?=\p{L}))/gmu),
    says: (mark) => `this is not shown as a list. Begin each entry with a dash and a blank ("- "), not with "${mark}".`,
  },
  {
    rule: "list",
    find: (block) =>
      /^\d{1,2}[.)](?=\p{L})/u.exec(block) ??
      several(block, /^[ \t>]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)](?=[ \t]*\S)|\d{1,2}(?:\.\d{1,2})+\.?[ \t])/gm),
    says: (mark) =>
      `numbers by hand run on in one line. Begin each entry with "1. " after an empty line, or make clauses of them ("${mark}").`,
  },
  {
    rule: "table",
    find: (block) =>
      /^[ \t>]*\|.*\|[ \t]*$|^[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+(?:\|[ \t]*)?$/m.exec(block) ??
      several(block, /^.*\S[ \t]+\|[ \t]+\S.*$/gm),
    says: "this is not shown as a table. Put an empty line above it and none between its rows, and under its head a row of dashes with as many cells: | --- | --- |.",
  },
  {
    rule: "table",
    find: /\S\t+(?=\S)/,
    says: 'columns that are kept apart by tabs run into each other. Write a table with "|" between the cells.',
  },
  {
    rule: "dead-link",
    find: (block) => block.matchAll(LINK_LIKE).next().value ?? null,
    says: (mark) =>
      `"${mark.slice(0, 40)}" is not read as a link. Write [words](https://www.example.org/page), without a blank between or within the address.`,
  },
  {
    rule: "bare-address",
    find: (block) => BARE_ADDRESS.exec(block.replace(LINK_LIKE, (link) => "x".repeat(link.length))),
    says: (mark) =>
      `"${mark.slice(0, 60)}" cannot be pressed. Write it as a link: [words](https://www.example.org/page).`,
  },
];

/** What was meant to be a link. Each part ends before the next bracket, and a name of a host has at most 63 characters: what is read twice is short. */
const LINK_LIKE =
  /!?\[[^[\]\n]*\](?:[ \t]+\((?=https?:|mailto:|tel:|www\.|\/|#)|\()[^)\n]*(?:\)|$)|\([^()\n]+\)\[(?:https?:|mailto:|tel:|www\.|\/|#)[^[\]\n]*\]|!?\[[^[\]\n]+\]\[[^[\]\n]*\]|\[\[[^[\]\n]+\]\]|\[TOC\]/gm;
const BARE_ADDRESS =
  /(?<![\p{L}\p{N}@/.<])(?:https?:?\/{0,3}(?=[\w-]{1,63}\.\w)|https?:\/+|ht{1,3}ps?:\/\/|www\.(?=\w))[^\s)\]]*/u;

/** The first of two or more places in a block. */
function several(block: string, pattern: RegExp): Match | null {
  const [first, second] = block.matchAll(pattern);
  return first && second ? first : null;
}

function headingSlips(tree: Root, source: string): Slip[] {
  const anchors = new Map<string, string>();
  let highest = 0;
  const headings: Heading[] = [];
  visit(tree, "heading", (heading) => void headings.push(heading));
  return headings.flatMap((heading): Slip[] => {
    const slip = (level: Slip["level"], message: string): Slip => ({
      ...placeOfNode(heading),
      level,
      rule: "heading",
      message,
    });
    const title = toString(heading).trim();
    if (title === "") return [slip("error", "the heading has no words.")];
    if (!source.slice(heading.position?.start.offset).startsWith("#"))
      return [
        slip(
          "error",
          "the line of dashes below makes a heading of these words. Put an empty line between them, or begin the heading with ##.",
        ),
      ];
    if (heading.depth === 1)
      return [slip("warning", "begin sections with ##: the title of the policy is the only heading above them.")];
    if (heading.depth > 2) return [];
    const anchor = sectionAnchor(title);
    const [, number] = /^(\d+)\s/.exec(title) ?? [];
    const same = anchors.get(anchor);
    const isBefore = number !== undefined && Number(number) < highest;
    highest = Math.max(highest, Number(number ?? 0));
    if (same === undefined) anchors.set(anchor, title);
    if (same !== undefined)
      return [
        slip(
          "error",
          `"${same}" above has the same ${number === undefined ? "words" : "number"}, so links lead there. Change one of the two.`,
        ),
      ];
    return isBefore
      ? [
          slip(
            "warning",
            `section ${number} stands after section ${highest}. Put the sections in the order of their numbers.`,
          ),
        ]
      : [];
  });
}

/** What the parts of a text lack: cells, words, addresses. */
function nodeSlips(tree: Root): Slip[] {
  const found: Slip[] = [];
  const slip = (node: Nodes, rule: string, message: string, level: Slip["level"] = "error") =>
    found.push({ ...placeOfNode(node), level, rule, message });
  visit(tree, (node) => {
    if (node.type === "table") tableSlips(node).forEach(([row, message, level]) => slip(row, "table", message, level));
    if (node.type === "link" && toString(node).trim() === "")
      slip(node, "dead-link", "the link has no words. Say between the brackets where it leads.");
    if (node.type === "linkReference" && node.label?.startsWith("^"))
      slip(node, "footnote", "footnotes are not shown as such. Say it in the sentence, or in a section of its own.");
    if (node.type === "listItem" && toString(node).trim() === "") slip(node, "list", "the entry of the list is empty.");
    if ("name" in node && node.name === "Callout" && toString(node).trim() === "")
      slip(node, "box", "the box is empty.");
    if (node.type !== "paragraph" || node.children.length !== 1) return;
    const [only] = node.children;
    if (only?.type === "strong" && /^\d+(?:\.\d+)*\.?\s/.test(toString(only)))
      slip(node, "heading", "a bold line is no heading: nobody can jump to it. Begin it with ## or ###.", "warning");
  });
  return found;
}

function tableSlips({ children: [head, ...rows] }: Table): [row: Nodes, message: string, level?: "warning"][] {
  if (!head) return [];
  const many = head.children.length;
  if (rows.length === 0) return [[head, "the table has a head and no rows."]];
  const nameless = head.children.find((cell, at) => at > 0 && toString(cell).trim() === "");
  return [
    ...(nameless
      ? [[nameless, "the column has no name in the head of the table. Give it one."] as [Nodes, string]]
      : []),
    ...rows.flatMap((row): [Nodes, string, "warning"?][] => {
      const own = row.children.length;
      if (own === many) return [];
      if (own > many)
        return [
          [
            row,
            `the row has ${own} cells, the head ${many}: the last are not shown. Write \\| for the sign within a cell.`,
          ],
        ];
      if (own === 1)
        return [
          [
            row,
            "this line has become part of the table above. Put an empty line between them, or | between its cells.",
          ],
        ];
      return [[row, `the row has ${own} cells, the head ${many}.`, "warning"]];
    }),
  ];
}

// What holds for the words in YAML: front matter, rules, questions.

/** Words that a sign cuts off, since what follows # is for authors; entries of a list that have run into the one above. */
export function cutByComment({ document, at }: YamlPlaces): Slip[] {
  const found: Slip[] = [];
  visitYaml(document, {
    Scalar(_, { value, type, comment, range }) {
      if (type !== "PLAIN" || typeof value !== "string" || !range) return;
      if (at(range[0]).line < at(range[1]).line && / - \S/.test(value))
        found.push({
          ...at(range[0]),
          level: "error",
          rule: "cut",
          message: "the next entry has become part of this one. Begin both dashes in the same column.",
        });
      if (!comment) return;
      const isCut = !/^\s/.test(comment);
      if (!isCut && !/\s/.test(value)) return;
      const message = `it ends with "${value.slice(-30)}": what follows the sign # is not read. Put all of it into quotation marks${isCut ? "" : ", or the note on a line of its own"}.`;
      found.push({ ...at(range[0]), level: isCut ? "error" : "warning", rule: "cut", message });
    },
  });
  return found;
}

/** Marks and dates in words that are shown as they stand. */
export function plainWordSlips({ document, at }: YamlPlaces): Slip[] {
  const found: Slip[] = [];
  visitYaml(document, {
    Scalar(key, node) {
      if (key === "key" || !isScalar(node) || typeof node.value !== "string" || !node.range) return;
      const place = at(node.range[0]);
      const [mark] = /\*\*|~~|`|\]\([^)\]\s]*\)|<\/?[A-Za-z][^<>]*>|\[\^\w+\]/.exec(node.value) ?? [];
      if (mark !== undefined)
        found.push({
          ...place,
          level: "error",
          rule: "plain-words",
          message: `"${mark}" stays on the page: these words are shown as they stand. Write plain words.`,
        });
      for (const { index: _index, ...slip } of dateSlips(node.value)) found.push({ ...place, ...slip });
    },
  });
  return found;
}

/** Letters that another encoding has spoilt, and signs that nobody sees. One a line. */
export const spoiltLetters = (source: string): Slip[] =>
  source.split("\n").flatMap((words, line): Slip[] => {
    const match =
      /\uFFFD|â€.|Ã[\u0080-\u00BF]|Â(?=[£§°\u00A0])|[\u200B\u2060\u00AD\uFEFF\u202A-\u202E\u2066-\u2069]/.exec(words);
    if (!match) return [];
    const isSeen = /[\uFFFDâÃÂ]/.test(match[0]);
    const message = isSeen
      ? `"${words.slice(Math.max(0, match.index - 10), match.index + 5).trim()}" has been spoilt by another encoding. Type it again.`
      : "there is a sign here that nobody sees, as it comes with pasted text. Type the word again.";
    return [{ line: line + 1, column: match.index + 1, level: "error", rule: "spoilt", message }];
  });
