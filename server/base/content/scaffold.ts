import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMap, isNode, isScalar, parseDocument, stringify } from "yaml";
import type { FactSet } from "#domain/policy/decision/fact.ts";
import { newestFirst } from "#domain/policy/policy/policy.ts";
import type { ReadContent, ReadVersion } from "./read.ts";

export const VERSION = /^\d+(\.\d+)*$/;

/** The newest version of a policy, published or not; null if there is no such policy. */
export const newestOf = ({ versions }: ReadContent, slug: string): ReadVersion | null =>
  newestFirst(versions.filter((version) => version.slug === slug))[0] ?? null;

/** Makes a draft of another version; see `filesOfNewVersion`. @throws Error if its folder exists already */
export const addVersion = async (directory: string, newest: ReadVersion, version: string): Promise<string> =>
  write(directory, newest.slug, version, await filesOfNewVersion(directory, newest, version));

/**
 * The files of a draft that is a copy of another version, with its dates emptied and everything else as its author
 * wrote it. It follows the working questions until it is published.
 * @throws Error if the other version has no front matter
 */
export async function filesOfNewVersion(directory: string, newest: ReadVersion, version: string) {
  const read = (name: string) =>
    readFile(path.join(directory, newest.folder, name), "utf8").then((read) => read.replace(/^\uFEFF/, ""));
  const [text, rules] = [await read("policy.mdx"), await read("rules.yaml")];
  const [whole, start = "", yaml] = /^(---\r?\n)([\s\S]*?)\r?\n---/.exec(text) ?? [];
  if (whole === undefined || yaml === undefined)
    throw new Error(`${newest.folder}/policy.mdx has no front matter. Correct it first.`);
  // "1.0" is a number in YAML unless it is in quotation marks.
  const head = withFields(yaml, {
    version: JSON.stringify(version),
    status: "draft",
    published: "null",
    effective: "null",
    reviewed: "null",
    reviewDue: "null",
    interimUntil: "null",
    changeNote: JSON.stringify(`TODO: say in two or three sentences what changed since version ${newest.version}.`),
    material: "true",
    materialReason: null,
    // What was wrong in another version was wrong there alone.
    correction: null,
  });
  const fresh = `${start}${head}${text.slice(start.length + yaml.length)}`;
  return { "policy.mdx": fresh, "rules.yaml": rules };
}

/**
 * Sets fields in YAML and leaves everything else as it is.
 * @param fields each with its value as written; null removes the field
 */
export function withFields(yaml: string, fields: Readonly<Record<string, string | null>>): string {
  const { contents } = parseDocument(yaml);
  const edits: { from: number; to: number; text: string }[] = [];
  for (const [field, value] of Object.entries(fields)) {
    const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === field) : undefined;
    const [from, keyEnd] = (isNode(pair?.key) && pair.key.range) || [null, 0];
    if (from === null) {
      if (value !== null) edits.push({ from: yaml.length, to: yaml.length, text: `\n${field}: ${value}` });
      continue;
    }
    const end = (isNode(pair?.value) && pair.value.range?.[1]) || yaml.indexOf(":", keyEnd) + 1;
    // A value of several lines may end with the line.
    const to = yaml.slice(0, end).trimEnd().length;
    if (value !== null) edits.push({ from, to, text: `${field}: ${value}` });
    else {
      const next = yaml.indexOf("\n", to);
      edits.push({ from, to: next < 0 ? yaml.length : next + 1, text: "" });
    }
  }
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, text }) => done.slice(0, from) + text + done.slice(to), yaml);
}

export interface NewPolicy {
  slug: string;
  version: string;
  title: string;
  body: string;
  /** Names of facts, at least two. */
  facts: readonly string[];
  questions: FactSet;
}

/**
 * A consistent draft: one clause, one rule that decides everything, and TODO wherever words are needed.
 * @returns the folder, relative to the content folder
 * @throws Error if the folder exists already
 */
export async function addPolicy(directory: string, policy: NewPolicy): Promise<string> {
  const { slug, version, title, body, facts, questions } = policy;
  const front = {
    title,
    body,
    version,
    status: "draft",
    published: null,
    effective: null,
    reviewed: null,
    reviewDue: null,
    interimUntil: null,
    owner: null,
    approver: null,
    audience: null,
    classification: null,
    jurisdiction: null,
    related: [],
    changeNote: null,
    material: true,
    acknowledgeWithinDays: 14,
    acknowledgement: "TODO: write what people confirm when they accept this policy.",
    summary: ["TODO: write the most important point in one sentence. Add up to seven more."],
    scope: { apps: [], devices: [], people: [] },
    source: null,
  };
  const text = `---
${stringify(front, { lineWidth: 0 })}---

## 1 What this policy is for

<Clause id="1.1" strength="must">TODO: write the first rule. You **must** follow it.</Clause>
`;
  const [rows = "", columns = "", ...others] = facts;
  const firstAnswer = (name: string): [string, string] => [name, Object.keys(questions[name]?.answers ?? {})[0] ?? ""];
  const rules = {
    facts,
    matrix: { rows, columns, assume: Object.fromEntries(others.map(firstAnswer)) },
    obligations: [],
    rules: [
      { id: "everything-else", verdict: "never", says: "TODO: say in one sentence what this means.", because: ["1.1"] },
    ],
    sources: { served: {}, information: {} },
    examples: [
      {
        name: "TODO: name a situation that staff know",
        facts: Object.fromEntries(facts.map(firstAnswer)),
        verdict: "never",
      },
    ],
  };
  return write(directory, slug, version, { "policy.mdx": text, "rules.yaml": stringify(rules, { lineWidth: 0 }) });
}

/** The folder is created completely or not at all. */
async function write(directory: string, slug: string, version: string, files: Record<string, string>): Promise<string> {
  const folder = `policies/${slug}/${version}`;
  if (existsSync(path.join(directory, folder))) throw new Error(`${folder} is there already.`);
  const half = path.join(directory, "policies", slug, `.${version}.${process.pid}.tmp`);
  try {
    await mkdir(half, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(half, name), text);
    await rename(half, path.join(directory, folder));
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
