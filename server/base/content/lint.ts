import { readFile } from "node:fs/promises";
import path from "node:path";
import { fleschKincaid } from "flesch-kincaid";
import type { Root } from "mdast";
import { toString } from "mdast-util-to-string";
import { syllable } from "syllable";
import { SKIP, visit } from "unist-util-visit";
import { decidingFacts, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { ParsedRules } from "#domain/policy/decision/parse-rules.ts";
import type { Fault, FilePlace, Rule } from "#domain/policy/decision/rule-file.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import {
  type FrontMatter,
  isReviewOverdue,
  type Status,
  isInterimOverdue,
} from "#domain/policy/policy/front-matter.ts";
import { compareVersions, currentVersion, newestFirst, startDay } from "#domain/policy/policy/policy.ts";
import { linkProblem, type LinkTargets } from "./lint-links.ts";
import { cutByComment, markdownSlips, plainWordSlips, spoiltLetters } from "./lint-markdown.ts";
import { yamlPlaces, type YamlPlaces } from "./plain-yaml.ts";
import { parseTree, placeOfNode } from "./policy-text.ts";
import { type ReadContent, type ReadVersion, wholeVersion } from "./read.ts";

/** Something to correct before a version comes into force, or to consider. */
export interface Finding {
  /** Path relative to the content folder. */
  file: string;
  /** Both start at 1. */
  line: number;
  column: number;
  level: "error" | "warning";
  /** The lint rule, or the kind of fault that a proof found. */
  rule: string;
  message: string;
  /** True for an error in a version marked in force or interim: it cannot be published like this. */
  blocks: boolean;
}

/** A version's files as they were written. */
export interface VersionFiles {
  text: string;
  rules: string;
}

/**
 * Lints every version that is not locked; a locked one can no longer be corrected.
 * @param faults what the proofs found; they get their places here, those of files that all versions share too
 * @param today calendar day, YYYY-MM-DD
 */
export async function lintContent(directory: string, content: ReadContent, faults: readonly Fault[], today: string) {
  const read = async (file: string) =>
    (await readFile(path.join(directory, file), "utf8").catch(() => "")).replace(/^\uFEFF/, "");
  const findings: Finding[] = [];
  const drafts = content.versions.filter(({ isPublished }) => !isPublished);
  for (const version of drafts) {
    const sources = {
      text: await read(`${version.folder}/policy.mdx`),
      rules: await read(`${version.folder}/rules.yaml`),
    };
    findings.push(...lintDraft(content, version, sources, faults, today));
  }
  const others = faults.filter(
    ({ file, kind }) =>
      kind !== "lock" && kind !== "journey" && !drafts.some(({ folder }) => file.startsWith(`${folder}/`)),
  );
  for (const [file, own] of grouped(others, ({ file: of }) => of)) {
    const text = await read(file);
    const places = file.endsWith(".mdx") ? frontMatterPlaces(text) : yamlPlaces(text);
    findings.push(...own.map((fault) => placedFault(fault, places)));
  }
  for (const file of ["questions.yaml", ...content.bodies.map(({ slug }) => `bodies/${slug}.yaml`)])
    for (const found of cutByComment(yamlPlaces(await read(file)))) findings.push({ file, ...found, blocks: false });
  return findings;
}

/** Lints one of these versions, which is not locked. @param faults as with `lintContent` @param today as with `lintContent` */
export function lintDraft(
  content: ReadContent,
  version: ReadVersion,
  sources: VersionFiles,
  faults: readonly Fault[],
  today: string,
): Finding[] {
  const proven = faults.filter(({ file, kind }) => kind !== "lock" && file.startsWith(`${version.folder}/`));
  const targets = linkTargets(content, version, today);
  const before = content.versions.filter(({ slug, isPublished }) => slug === version.slug && isPublished);
  return lintVersion(version, sources, { proven, before, targets, today });
}

function placedFault(fault: Fault, places: YamlPlaces): Finding {
  const { file, kind, message } = fault;
  return { file, ...placeOfFault(fault, places), level: "error", rule: kind, message, blocks: true };
}

/** What a version is linted against. */
interface Surroundings {
  /** What the proofs found in it. */
  proven: readonly Fault[];
  /** The published versions of the policy. */
  before: readonly ReadVersion[];
  targets: LinkTargets;
  /** Calendar day, YYYY-MM-DD. */
  today: string;
}

/** Lints one version. @returns findings by file and line, errors and warnings mixed */
export function lintVersion(
  version: ReadVersion,
  { text, rules }: VersionFiles,
  { proven, before, targets, today }: Surroundings,
): Finding[] {
  const { folder, frontMatter } = version;
  const status = version.isPublished ? "draft" : (frontMatter?.status ?? "draft");
  const findings: Finding[] = [];
  const into = (name: string) => (found: Found) =>
    findings.push({
      file: `${folder}/${name}`,
      ...found,
      blocks: found.level === "error" && doesStop(status, found.rule),
    });
  const [inText, inRules] = [into("policy.mdx"), into("rules.yaml")];
  const [front, inRulesFile] = [frontMatterPlaces(text), yamlPlaces(rules)];

  findings.push(...proven.map((fault) => placedFault(fault, fault.file.endsWith("policy.mdx") ? front : inRulesFile)));
  placeholders(text).forEach(inText);
  placeholders(rules).forEach(inRules);
  if (frontMatter) frontMatterFindings(frontMatter, front, { targets, today, before }).forEach(inText);
  if (frontMatter && frontMatter.status !== "draft")
    sequenceFindings(
      frontMatter,
      before.flatMap((one) => one.frontMatter ?? []),
      front,
      today,
    ).forEach(inText);
  const { tree } = parseTree(text);
  if (tree) {
    textFindings(tree, version, targets).forEach(inText);
    wordingAdvice(tree).forEach(inText);
    markdownSlips(tree, text).forEach(inText);
  }
  spoiltLetters(text).forEach(inText);
  spoiltLetters(rules).forEach(inRules);
  for (const [places, into] of [
    [front, inText],
    [inRulesFile, inRules],
  ] as const)
    [...cutByComment(places), ...plainWordSlips(places)].forEach(into);
  for (const { table } of version.rules?.periods ?? []) sameWhen(table, inRulesFile).forEach(inRules);
  if (version.rules) {
    endedRules(version.rules.rules, inRulesFile, today).forEach(inRules);
    if (version.rules.isComplete) idleFacts(version.rules, inRulesFile).forEach(inRules);
  }
  return findings.sort((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
  );
}

type Found = Omit<Finding, "file" | "blocks">;

const error = (place: FilePlace, rule: string, message: string): Found => ({ ...place, level: "error", rule, message });
const warning = (place: FilePlace, rule: string, message: string): Found => ({
  ...place,
  level: "warning",
  rule,
  message,
});

/** Once a policy is withdrawn, its owner and review date no longer matter; the date since when still does. */
const doesStop = (status: Status, rule: string): boolean =>
  status === "withdrawn" ? OF_WITHDRAWAL.includes(rule) : status !== "draft";

const OF_WITHDRAWAL: readonly string[] = ["dates", "sequence", "placeholder", "change-note"];

/** A version comes after those already published: what was in force on a past day may not change. */
function sequenceFindings(front: FrontMatter, published: readonly FrontMatter[], places: YamlPlaces, today: string) {
  const [newest] = newestFirst(published.filter(({ status }) => status !== "draft"));
  if (!newest) return [];
  const found: Found[] = [];
  const isLower = compareVersions(front.version, newest.version) < 0;
  const higher = `Version ${newest.version} is published already, so ${front.version} would never hold. Give it a higher number.`;
  if (isLower) found.push(error(places.of(["version"]), "sequence", higher));
  const [start, startOfNewest] = [startDay({ frontMatter: front }), startDay({ frontMatter: newest })];
  const at = places.of(["effective"]);
  const takesEffect = `It takes effect on ${front.effective ?? ""}`;
  const later = `${takesEffect}, before version ${newest.version} did. Write a later day: what held on a past day may not change.`;
  const passed = `${takesEffect}, which has passed. Version ${newest.version} held since then; let this one take effect today or later.`;
  if (start !== "" && start < startOfNewest) found.push(error(at, "sequence", later));
  else if (start !== "" && start < today) found.push(warning(at, "sequence", passed));
  return found;
}

function frontMatterFindings(
  front: FrontMatter,
  places: YamlPlaces,
  { targets, today, before }: Omit<Surroundings, "proven">,
): Found[] {
  const isFirst = before.every(({ frontMatter }) => frontMatter?.status === "draft");
  const found = [...missingFields(front, isFirst), ...datesThatDisagree(front, today)].map(
    ({ field, rule, message, isBlank = false }) =>
      isBlank && front.source !== null
        ? warning(places.of([field]), rule, `The document gives nothing for "${field}", and readers see the gap.`)
        : error(places.of([field]), rule, message),
  );
  found.push(...relatedFindings(front, places, targets));
  found.push(...versionMentions(front.acknowledgement, front.version, places.of(["acknowledgement"])));
  front.summary.forEach((point, at) =>
    found.push(...versionMentions(point, front.version, places.of(["summary", at]))),
  );
  return found;
}

interface FieldFinding {
  field: keyof FrontMatter;
  rule: string;
  message: string;
  /** What a restated document leaves out stays blank, and readers see the gap; only the body itself can fill it. */
  isBlank?: boolean;
}

/** @param isFirst whether no version has been in force before it */
function missingFields(front: FrontMatter, isFirst: boolean): FieldFinding[] {
  const { status } = front;
  const missing = (field: keyof FrontMatter, rule: string, message: string, isBlank = true): FieldFinding[] =>
    front[field] === null ? [{ field, rule, message, isBlank }] : [];
  const dates = (["published", "effective"] as const).flatMap((field) =>
    missing(
      field,
      "dates",
      `It is ${status}, but has no date for "${field}". Write it.`,
      // Without a day it has always held; where another version held before, that would change the past.
      status !== "withdrawn" && (field === "published" || isFirst),
    ),
  );
  return [
    ...missing("owner", "owner", "There is no owner. Name the role that answers for the policy."),
    ...missing("approver", "approver", "There is no approver. Name the role that approved it."),
    ...(status === "withdrawn"
      ? missing("changeNote", "change-note", "It is withdrawn, but does not say why. Write it.", false)
      : missing("reviewDue", "review", "There is no review date. Write when it is looked at again.")),
    ...(status === "draft" ? [] : dates),
    ...(status === "interim"
      ? missing("interimUntil", "dates", "It is interim, but does not say until when. Write the date.")
      : []),
  ];
}

function datesThatDisagree(front: FrontMatter, today: string): FieldFinding[] {
  const { published, effective, reviewed, reviewDue, interimUntil } = front;
  const startsAfter = (day: string | null) => day !== null && effective !== null && isBefore(day, effective);
  const start = `before it takes effect on ${effective ?? ""}. Correct one of the dates.`;
  const rows: [isWrong: boolean, field: keyof FrontMatter, rule: string, message: string][] = [
    [startsAfter(reviewDue), "reviewDue", "review", `It is to be reviewed by ${reviewDue ?? ""}, ${start}`],
    [
      isReviewOverdue(front, today) && !startsAfter(reviewDue),
      "reviewDue",
      "review",
      `The review date ${reviewDue ?? ""} has passed. Review the text and write the next date.`,
    ],
    [
      reviewed !== null && reviewed > today,
      "reviewed",
      "dates",
      `It was reviewed on ${reviewed ?? ""}, which lies ahead. Write the day of the last review.`,
    ],
    [startsAfter(interimUntil), "interimUntil", "dates", `It is interim until ${interimUntil ?? ""}, ${start}`],
    [
      isInterimOverdue(front, today) && !startsAfter(interimUntil),
      "interimUntil",
      "dates",
      `It is interim until ${interimUntil ?? ""}, which has passed. Write a later date.`,
    ],
    [
      published !== null && effective !== null && isBefore(effective, published),
      "effective",
      "dates",
      `It takes effect on ${effective ?? ""}, before it is published on ${published ?? ""}. Correct one of the dates.`,
    ],
  ];
  return rows.flatMap(([isWrong, field, rule, message]) => (isWrong ? [{ field, rule, message }] : []));
}

/** Whether a day or a month lies wholly before another. */
function isBefore(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) < other.slice(0, length);
}

const relatedFindings = ({ related }: FrontMatter, places: YamlPlaces, targets: LinkTargets): Found[] =>
  related.flatMap(({ title, href }, at) => {
    const problem = href === null ? null : linkProblem(href, targets);
    return problem === null
      ? []
      : [error(places.of(["related", at]), "dead-link", `Related policy "${title}": ${problem}`)];
  });

function textFindings(tree: Root, { version, frontMatter }: ReadVersion, targets: LinkTargets): Found[] {
  const found: Found[] = [];
  visit(tree, (node) => {
    const at = placeOfNode(node);
    // A footnote of other programs is a definition to this one, and is named as a footnote.
    if (node.type === "link" || (node.type === "definition" && !node.label?.startsWith("^"))) {
      const problem = linkProblem(node.url, targets);
      if (problem !== null) found.push(error(at, "dead-link", problem));
    }
    if (node.type === "paragraph" || node.type === "heading")
      found.push(...versionMentions(toString(node), version, at));
    if ("name" in node && node.name === "Gap")
      found.push({ ...at, ...gap(toString(node).trim(), frontMatter?.source ?? null) });
  });
  return found;
}

/**
 * If a text reproduces somebody else's document, a gap marks what that leaves out; in one's own text, it is an
 * omission.
 */
function gap(words: string, source: FrontMatter["source"]): Omit<Found, keyof FilePlace> {
  const level = words !== "" && source !== null ? "warning" : "error";
  const message = words === "" ? "The gap is empty. Say what is missing, or remove it." : `Fill the gap: "${words}"`;
  return { level, rule: "gap", message };
}

/**
 * Rules that match the same situations: the second can never decide. Order does not matter, nor does listing every
 * answer.
 */
function sameWhen({ facts, rules }: DecisionTable, places: YamlPlaces): Found[] {
  const keyOf = ({ when }: Rule) =>
    facts
      .map(({ name, answers }) => {
        const matching = answers.filter((answer) => when[name]?.includes(answer) ?? true);
        return matching.length === answers.length ? "" : `${name}=${matching.join(",")}`;
      })
      .join(";");
  const first = new Map<string, string>();
  return rules.flatMap((rule): Found[] => {
    const key = keyOf(rule);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, rule.id);
      return [];
    }
    const at = places.ofEntry("rules", "id", rule.id) ?? places.of(["rules"]);
    const message = `Rule "${rule.id}" has the same "when" as "${other}" above it, and never decides. Join them or change one.`;
    return [error(at, "same-when", message)];
  });
}

/** Rules whose last day has passed: in a version that is being written, they never decide. */
const endedRules = (rules: readonly Rule[], places: YamlPlaces, today: string): Found[] =>
  rules.flatMap(({ id, until }): Found[] => {
    if (until === undefined || until >= today) return [];
    const at = places.ofEntry("rules", "id", id) ?? places.of(["rules"]);
    const message = `Rule "${id}" ended on ${until}, which has passed. Take it out, or write a later day.`;
    return [warning(at, "ended", message)];
  });

/** Facts that change no verdict and no duty: nobody is ever asked for them. */
function idleFacts({ periods, rules }: ParsedRules, places: YamlPlaces): Found[] {
  // What a new policy is laid out with: its rules are still to be written.
  if (rules.every(({ when }) => Object.keys(when).length === 0)) return [];
  const deciding = periods.flatMap(({ table }) => decidingFacts(table));
  return periods[0].table.facts.flatMap(({ name }, at): Found[] => {
    if (deciding.includes(name)) return [];
    const message = `The fact "${name}" decides nothing: every verdict and duty is the same whatever its answer. Use it in a rule, or take it out.`;
    return [error(places.of(["facts", at]), "idle-fact", message)];
  });
}

function linkTargets(content: ReadContent, version: ReadVersion, today: string): LinkTargets {
  const known = new Map<string, ReadonlySet<string> | null>();
  const anchors = (slug: string, number: string | null): ReadonlySet<string> | null => {
    const own = content.versions.filter((one) => one.slug === slug);
    if (own.length === 0) return null;
    if (slug === version.slug && number === null) return anchorsOf(version);
    const wholes = own.flatMap((one) => wholeVersion(one) ?? []);
    const chosen = number ?? currentVersion(wholes, today)?.version ?? own.at(-1)?.version;
    const found = own.find((one) => one.version === chosen);
    return found ? anchorsOf(found) : null;
  };
  return {
    own: anchorsOf(version),
    anchorsOf(slug, number) {
      const key = JSON.stringify([slug, number]);
      if (!known.has(key)) known.set(key, anchors(slug, number));
      return known.get(key) ?? null;
    },
  };
}

const anchorsOf = ({ text }: ReadVersion): ReadonlySet<string> =>
  new Set([
    ...(text?.clauses ?? []).map(({ id }) => clauseAnchor(id)),
    ...(text?.sections ?? []).map(({ anchor }) => anchor),
  ]);

/** The YAML between the dashes at the top of a policy's text; lines count from the top of the file. */
function frontMatterPlaces(source: string): YamlPlaces {
  const [, yaml = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(source) ?? [];
  return yamlPlaces(yaml, 1);
}

/** The place of a fault by what its message names. @param places of the values in its file */
function placeOfFault({ place, rule, message }: Fault, places: YamlPlaces): FilePlace {
  if (place) return place;
  const [, example] = /\bexamples? "([^"]*)"/i.exec(message) ?? [];
  const [, obligation] = /^The obligation "([^"]*)"/.exec(message) ?? [];
  const [, field = ""] = /^(?:front matter )?([\w.-]+):/.exec(message) ?? [];
  const [list = "", entry = ""] = field.split(".");
  const ofEntry =
    (example !== undefined ? places.ofEntry("examples", "name", example) : null) ??
    (rule !== null ? places.ofEntry("rules", "id", rule) : null) ??
    (obligation !== undefined ? places.ofEntry("obligations", "id", obligation) : null) ??
    places.ofEntry(list, "id", entry);
  return ofEntry ?? places.of(pathOf(field));
}

const pathOf = (field: string) => field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

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
  // Lines to fill in, and what Word leaves behind.
  /(?<=\S[ \t]*)(?:_{4,}|\.{5,}|…{2,})|\bError! (?:Reference|Bookmark)\b|\b[Cc]lick (?:or tap )?(?:here )?to enter\b/g,
  /\bto be (?:confirmed|determined|completed)\b(?!\s+(?:at|before|by|in|on|to|when|with|within)\b)/gi,
];

/** Placeholders for words still to be written; the first if a line has several. */
function placeholders(source: string): Found[] {
  const found = new Map<number, { column: number; words: string }>();
  for (const pattern of PLACEHOLDERS) {
    let [line, counted] = [1, 0];
    for (const { 0: words, index } of source.matchAll(pattern)) {
      line += source.slice(counted, index).split("\n").length - 1;
      counted = index;
      const column = index - source.lastIndexOf("\n", index - 1);
      if (!found.has(line)) found.set(line, { column, words: words.replace(/\s+/g, " ") });
    }
  }
  return [...found].map(([line, { column, words }]) =>
    error({ line, column }, "placeholder", `"${words}" is a placeholder. Write what belongs there.`),
  );
}

/** Words that refer to an earlier version. */
const OTHER_VERSION =
  /\b(?:replac\w*|supersed\w*|since|before|after|from|than|to|unlike|earlier|former|previous|old|in)\s+$/i;

/** Where a text states a version number that is not its own. @param place of the first of the words */
const versionMentions = (words: string, version: string, place: FilePlace): Found[] =>
  [...words.matchAll(/\b(?:version|v\.?)\s?(\d+(?:\.\d+)*)/gi)].flatMap((match): Found[] => {
    const [said, number = ""] = match;
    const [before, after] = [words.slice(0, match.index), words.slice(match.index + said.length)];
    if (number === version || OTHER_VERSION.test(before)) return [];
    const isOwn =
      /^\s+of (?:this|the) (?:policy|document)/i.test(after) ||
      /(?:^|\n|\bthis is|\bthis (?:policy|document)(?: is)?)[\s,:(]*$/i.test(before);
    if (!isOwn) return [];
    const below = before.split("\n").length - 1;
    const at = { line: place.line + below, column: below === 0 ? place.column : 1 };
    return [error(at, "version", `It says "${said}", but this is version ${version}. Correct the number.`)];
  });

interface Passage extends FilePlace {
  title: string;
  sentences: { line: number; words: number; text: string }[];
}

/** Reading age, headings and length: advice; none of it blocks a version. */
function wordingAdvice(tree: Root): Found[] {
  const sections: Passage[] = [{ line: 1, column: 1, title: "the beginning", sentences: [] }];
  const findings: Found[] = [];
  let depth = 1;
  visit(tree, (node) => {
    const at = placeOfNode(node);
    const { line } = at;
    const warn = (rule: string, message: string) => findings.push(warning(at, rule, message));
    const judge = (clause: string) => {
      const length = countWords(clause);
      if (length > LONG_CLAUSE)
        warn("long-clause", `The clause has ${length} words. Make several of it, each with a number.`);
    };
    if (node.type === "heading") {
      if (node.depth > depth + 1)
        warn(
          "heading",
          `The heading goes from level ${depth} to ${node.depth}. Begin it with ${"#".repeat(depth + 1)}.`,
        );
      depth = node.depth;
      if (node.depth === 2) sections.push({ ...at, title: `"${toString(node)}"`, sentences: [] });
      return SKIP;
    }
    if ("name" in node && node.name === "Clause") judge(toString(node));
    if (node.type === "paragraph") {
      sections
        .at(-1)
        ?.sentences.push(...sentencesOf(toString(node)).map((text) => ({ line, words: countWords(text), text })));
      for (const child of node.children) if ("name" in child && child.name === "Clause") judge(toString(child));
      return SKIP;
    }
    return undefined;
  });
  return [...findings, ...sections.flatMap(readingAge)];
}

function readingAge({ line, column, title, sentences }: Passage): Found[] {
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
  return [warning({ line, column }, "reading-age", message)];
}

const sentences = new Intl.Segmenter("en-GB", { granularity: "sentence" });

function sentencesOf(text: string): string[] {
  const plain = text.replace(/\s+/g, " ");
  return [...sentences.segment(plain)].map(({ segment }) => segment.trim()).filter((one) => countWords(one) > 0);
}

const countWords = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
