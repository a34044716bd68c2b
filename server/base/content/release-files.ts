import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import type { ExceptionRulesFile } from "#domain/policy/exception/exception-rules.ts";
import { reworded } from "#domain/policy/policy/adoption.ts";
import type { ServedClauses } from "#domain/policy/policy/coverage.ts";
import type { outsideRulesSchema } from "#domain/policy/policy/outside-rule.ts";
import { compareVersions, currentVersion } from "#domain/policy/policy/policy.ts";
import type { Starts } from "#domain/policy/search/starts.ts";
import type { clearChatSchema } from "#domain/registers/clear-down/clear-chat.ts";
import type { GroupRulesFile } from "#domain/registers/group/group-rules.ts";
import { z } from "zod";
import { readContent, type ReadContent, type ReadVersion, wholeVersion } from "./read.ts";
import { withFields } from "./scaffold.ts";

/** The number that a policy begins with. */
export const FIRST_VERSION = "1.0";

/** The content that comes with the portal, and where it is. */
export interface Release {
  directory: string;
  /** Version of the portal that it comes with. */
  software: string;
  content: ReadContent;
}

/** @throws Error if it cannot be read, or is faulty */
export async function readRelease(directory: string): Promise<Release> {
  const content = await readContent(directory);
  const [fault] = content.faults;
  if (fault) throw new Error(`${directory} is faulty. ${fault.file}: ${fault.message}`);
  const manifest = await readFile(path.join(directory, "..", "package.json"), "utf8").catch(() => "{}");
  const { version } = z.object({ version: z.string().default("unknown") }).parse(JSON.parse(manifest));
  return { directory, software: version, content };
}

/** The version of a policy to start from: the one named, or what applies on a day. Null if there is none. */
export function versionToStartFrom(
  { content }: Release,
  { slug, version }: { slug: string; version?: string | undefined },
  today: string,
): ReadVersion | null {
  const published = content.versions.filter((one) => one.slug === slug && one.isPublished);
  const wholes = published.flatMap((one) => wholeVersion(one) ?? []);
  const number = version ?? currentVersion(wholes, today)?.version;
  return published.find((one) => one.version === number) ?? null;
}

/** How a policy of the release becomes a body's own. */
export interface PolicyToMake {
  start: ReadVersion;
  /** Its slug here. */
  slug: string;
  /** Words to be put in place of others in its text and rules. */
  words: Readonly<Record<string, string>>;
  /** Fields of its front matter, each as YAML writes its value. */
  front: Readonly<Record<string, string>>;
}

/** A file made from one of a release. */
export interface MadeFile {
  from: string;
  /** Of the release's file, and of what was made. */
  hashes: { source: string; made: string };
  text: string;
}

/** Shared files that are taken as they are. */
const AS_THEY_ARE = ["synonyms.yaml", "bank-holidays.yaml", "known-answers.yaml", "retention.yaml"];

/** The files of a content folder that come from a release, by their paths in it. */
export async function makeFromRelease({ directory }: Release, own: PolicyToMake): Promise<Map<string, MadeFile>> {
  const files = new Map<string, MadeFile>();
  const add = async (file: string, from: string, change: (source: string) => string) => {
    const source = await readFile(path.join(directory, from), "utf8").catch(() => null);
    if (source === null) return;
    const text = change(source);
    files.set(file, { from, hashes: { source: hashOfText(source), made: hashOfText(text) }, text });
  };
  for (const file of AS_THEY_ARE) await add(file, file, (source) => source);
  const facts = await readFile(path.join(directory, own.start.folder, "questions.yaml"), "utf8").catch(() => "{}");
  await add("questions.yaml", "questions.yaml", (source) => withFacts(source, parse(facts) as Facts));
  for (const [file, change] of Object.entries(SHARED)) await add(file, file, (source) => changed(source, change, own));
  const folder = `policies/${own.slug}/${FIRST_VERSION}`;
  await add(`${folder}/policy.mdx`, `${own.start.folder}/policy.mdx`, (source) => ownText(source, own));
  await add(`${folder}/rules.yaml`, `${own.start.folder}/rules.yaml`, (source) => ownRules(source, own));
  return files;
}

export const hashOfText = (text: string): string => createHash("sha256").update(text).digest("hex");

type Facts = Record<string, { answers: Record<string, unknown> }>;

/** The shared questions: of the version's own facts, those answers that its rules know. Words are the shared ones. */
function withFacts(source: string, ofVersion: Facts): string {
  const shared = parse(source) as Facts;
  const others = Object.entries(ofVersion).flatMap(([name, fact]) => {
    const known = shared[name]?.answers ?? {};
    const isSame = isDeepStrictEqual(Object.keys(known).sort(), Object.keys(fact.answers).sort());
    const answers = Object.entries(fact.answers).map(([answer, words]) => [answer, known[answer] ?? words]);
    return isSame ? [] : [[name, { ...fact, ...shared[name], answers: Object.fromEntries(answers) as object }]];
  });
  return others.length === 0 ? source : below(source, { ...shared, ...Object.fromEntries(others) });
}

/** A shared file with other contents below its comment. What it holds was read by its schema before. */
const changed = (source: string, change: Change, own: PolicyToMake): string =>
  below(source, change(parse(source) as never, own));

function below(source: string, value: unknown): string {
  const [comment] = /^(?:#.*\n)*/.exec(source) ?? [""];
  return comment + stringify(value, { lineWidth: 0 });
}

type Change = (value: never, own: PolicyToMake) => unknown;

/** In each shared file: what is said of the policy, under its own name, and nothing of others. */
const SHARED: Readonly<Record<string, Change>> = {
  "served-clauses.yaml": (all: Record<string, ServedClauses>, { start, slug }) => {
    const known = onlyKnown(start);
    const served = Object.entries({ ...all[start.slug], ...servedBySource(start) }).filter(
      ([id]) => known([id]).length,
    );
    return served.length > 0 ? { [slug]: Object.fromEntries(served) } : {};
  },
  "group-rules.yaml": (all: GroupRulesFile, { start, slug }) => {
    const entry = all[start.slug]?.findLast(({ since }) => compareVersions(since, start.version) <= 0);
    return entry ? { [slug]: [{ ...entry, since: FIRST_VERSION, because: onlyKnown(start)(entry.because) }] } : {};
  },
  "exception-rules.yaml": (all: ExceptionRulesFile, { start, slug }) => {
    const entry = all[start.slug]?.[start.version];
    return entry ? { [slug]: { [FIRST_VERSION]: entry } } : {};
  },
  "starts.yaml": (all: Starts, { start, slug }) => {
    const block = all.policies[start.slug]?.find(({ versions }) => versions.includes(start.version));
    return { ...all, policies: block ? { [slug]: [{ ...block, versions: [FIRST_VERSION] }] } : {} };
  },
  "outside-rules.yaml": (rules: z.input<typeof outsideRulesSchema>, { start, slug }) =>
    rules.map(({ clauses, ...rule }) => {
      const resting = onlyKnown(start)(clauses?.[start.slug]);
      return resting.length > 0 ? { ...rule, clauses: { [slug]: resting } } : rule;
    }),
  "clear-chat-steps.yaml": (all: z.input<typeof clearChatSchema>, { start, slug }) => {
    const own = <Entry extends { policy: string }>(list: readonly Entry[] = []) =>
      list.filter(({ policy }) => policy === start.slug).map((entry) => ({ ...entry, policy: slug }));
    return { ...all, policySteps: own(all.policySteps), clearedBySender: own(all.clearedBySender) };
  },
};

/** Of clause ids, those that the version has. */
function onlyKnown({ text }: ReadVersion): (ids?: readonly string[]) => string[] {
  const known = new Set(text?.clauses.map(({ id }) => id));
  return (ids = []) => ids.filter((id) => known.has(id));
}

/** What serves the statements of its source serves the clauses that carry them. */
function servedBySource({ text, rules, frontMatter }: ReadVersion): ServedClauses {
  const served = frontMatter?.source ? (rules?.sources.served ?? {}) : {};
  const clauses = text?.clauses ?? [];
  return Object.fromEntries(
    clauses.flatMap(({ id, from }) => {
      const feature = from.map((statement) => served[statement]).find((one) => one !== undefined);
      return feature === undefined ? [] : [[id, feature]];
    }),
  );
}

/** The text as a draft of the body's own: it restates nobody's document. */
function ownText(source: string, { start, slug, words, front }: PolicyToMake): string {
  const text = reworded(source.replace(/^\uFEFF/, ""), words)
    .replaceAll(`/policies/${start.slug}`, `/policies/${slug}`)
    .replaceAll(`version ${start.version}`, `version ${FIRST_VERSION}`);
  const [, begin = "", yaml = ""] = /^(---\r?\n)([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const related = (start.frontMatter?.related ?? [])
    .filter(({ href }) => href === null || !href.startsWith("/policies/"))
    .map((one) => ({ ...one, title: reworded(one.title, words) }));
  const head = withFields(yaml, {
    version: JSON.stringify(FIRST_VERSION),
    status: "draft",
    published: "null",
    effective: "null",
    reviewed: "null",
    reviewDue: "null",
    interimUntil: "null",
    related: JSON.stringify(related),
    changeNote: "null",
    material: "true",
    materialReason: null,
    askedOf: null,
    source: "null",
    correction: null,
    gaps: null,
    ...front,
  });
  const rest = text.slice(begin.length + yaml.length);
  return begin + head + rest.replaceAll(/(<Clause\b[^>]*?) from="[^"]*"/g, "$1");
}

function ownRules(source: string, { start, slug, words }: PolicyToMake): string {
  const rules = reworded(source.replace(/^\uFEFF/, ""), words).replaceAll(
    `/policies/${start.slug}`,
    `/policies/${slug}`,
  );
  return start.frontMatter?.source ? withFields(rules, { sources: null }) : rules;
}
