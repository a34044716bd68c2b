import "server-only";
import { fleschKincaid } from "flesch-kincaid";
import type { Root } from "mdast";
import { toString } from "mdast-util-to-string";
import { syllable } from "syllable";
import { SKIP, visit } from "unist-util-visit";

/** Something in the words of a text, with its line. */
export interface WordFinding {
  line: number;
  level: "error" | "warning";
  rule: string;
  message: string;
}

/** The highest reading age that GOV.UK recommends writing for. */
const READING_AGE = 14;
/** A US school grade and the age of pupils in it. */
const GRADE_TO_AGE = 5;
/** With fewer words, one long name would skew the result. */
const ENOUGH_WORDS = 30;
const LONG_CLAUSE = 100;

const PLACEHOLDERS: readonly RegExp[] = [
  /\b(?:TODO|XX+)\b/g,
  /\b(?:tbc|tbd|tba|fixme|lorem)\b/gi,
  // Words in brackets, unless they are the text of a link.
  /\[\s*(?:insert|add|enter|your|name|date|to be|role|job title|council|organi[sz]ation)\b[^\][]{0,200}\](?![([:])/gi,
  /\bto be (?:confirmed|determined|completed)\b(?!\s+(?:at|before|by|in|on|to|when|with|within)\b)/gi,
];

/** Placeholders for words still to be written; the first if a line has several. */
export function placeholders(source: string): WordFinding[] {
  const found = new Map<number, string>();
  for (const pattern of PLACEHOLDERS) {
    let [line, counted] = [1, 0];
    for (const { 0: words, index } of source.matchAll(pattern)) {
      line += source.slice(counted, index).split("\n").length - 1;
      counted = index;
      if (!found.has(line)) found.set(line, words.replace(/\s+/g, " "));
    }
  }
  return [...found].map(([line, words]) => ({
    line,
    level: "error",
    rule: "placeholder",
    message: `"${words}" is a placeholder. Write what belongs there.`,
  }));
}

/** Words that refer to an earlier version. */
const OTHER_VERSION =
  /\b(?:replac\w*|supersed\w*|since|before|after|from|than|to|unlike|earlier|former|previous|old|in)\s+$/i;

/**
 * Where a text states a version number that is not its own.
 * @param line of the first line of the words
 */
export function versionMentions(words: string, version: string, line: number): WordFinding[] {
  return [...words.matchAll(/\b(?:version|v\.?)\s?(\d+(?:\.\d+)*)/gi)].flatMap((match): WordFinding[] => {
    const [said, number = ""] = match;
    const [before, after] = [words.slice(0, match.index), words.slice(match.index + said.length)];
    if (number === version || OTHER_VERSION.test(before)) return [];
    const isOwn =
      /^\s+of (?:this|the) (?:policy|document)/i.test(after) ||
      /(?:^|\n|\bthis is|\bthis (?:policy|document)(?: is)?)[\s,:(]*$/i.test(before);
    if (!isOwn) return [];
    const at = line + before.split("\n").length - 1;
    return [
      {
        line: at,
        level: "error",
        rule: "version",
        message: `It says "${said}", but this is version ${version}. Correct the number.`,
      },
    ];
  });
}

interface Passage {
  line: number;
  title: string;
  sentences: { line: number; words: number; text: string }[];
}

/** Reading age, headings and length: advice; none of it blocks a version. */
export function wordingAdvice(tree: Root): WordFinding[] {
  const sections: Passage[] = [{ line: 1, title: "the beginning", sentences: [] }];
  const findings: WordFinding[] = [];
  let depth = 1;
  visit(tree, (node) => {
    const line = node.position?.start.line ?? 1;
    const warn = (rule: string, message: string) => findings.push({ line, level: "warning", rule, message });
    if (node.type === "heading") {
      if (node.depth > depth + 1)
        warn(
          "heading",
          `The heading goes from level ${depth} to ${node.depth}. Begin it with ${"#".repeat(depth + 1)}.`,
        );
      depth = node.depth;
      if (node.depth === 2) sections.push({ line, title: `"${toString(node)}"`, sentences: [] });
      return SKIP;
    }
    const isClause = "name" in node && node.name === "Clause";
    if (isClause) {
      const length = countWords(toString(node));
      if (length > LONG_CLAUSE)
        warn("long-clause", `The clause has ${length} words. Make several of it, each with a number.`);
    }
    if (node.type === "paragraph") {
      sections
        .at(-1)
        ?.sentences.push(...sentencesOf(toString(node)).map((text) => ({ line, words: countWords(text), text })));
      for (const child of node.children)
        if ("name" in child && child.name === "Clause" && countWords(toString(child)) > LONG_CLAUSE)
          warn(
            "long-clause",
            `The clause has ${countWords(toString(child))} words. Make several of it, each with a number.`,
          );
      return SKIP;
    }
    return undefined;
  });
  return [...findings, ...sections.flatMap(readingAge)];
}

function readingAge({ line, title, sentences }: Passage): WordFinding[] {
  const word = sentences.reduce((sum, { words }) => sum + words, 0);
  if (word < ENOUGH_WORDS) return [];
  const syllables = sentences.reduce((sum, { text }) => sum + syllable(text), 0);
  const age = Math.round(fleschKincaid({ sentence: sentences.length, word, syllable: syllables }) + GRADE_TO_AGE);
  if (age <= READING_AGE) return [];
  const longest = [...sentences].sort((a, b) => b.words - a.words).slice(0, 2);
  const named = longest.map(
    (one) => `line ${one.line}, ${one.words} words ("${one.text.split(" ").slice(0, 6).join(" ")} …")`,
  );
  const message = `The section ${title} asks for a reading age of ${age}; aim for ${READING_AGE}. Split its longest sentences: ${named.join("; ")}.`;
  return [{ line, level: "warning", rule: "reading-age", message }];
}

const sentences = new Intl.Segmenter("en-GB", { granularity: "sentence" });

function sentencesOf(text: string): string[] {
  const plain = text.replace(/\s+/g, " ");
  return [...sentences.segment(plain)].map(({ segment }) => segment.trim()).filter((one) => countWords(one) > 0);
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
}
