import "server-only";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseDocument, stringify } from "yaml";
import type { FactSet } from "#domain/decision/fact.ts";
import { newestFirst } from "#domain/policy/policy.ts";
import type { ReadContent, ReadVersion } from "./read.ts";

/** How the folder of a policy may be named: it stands in addresses. */
export const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const VERSION = /^\d+(\.\d+)*$/;

/** The newest version of a policy, published or not; null where there is no such policy. */
export function newestOf({ versions }: ReadContent, slug: string): ReadVersion | null {
  return newestFirst(versions.filter((version) => version.slug === slug))[0] ?? null;
}

/**
 * A draft that is a copy of another version, its dates emptied. It follows the working questions until it is published.
 * @returns the folder, below the content folder
 * @throws Error when the folder is there already
 */
export async function addVersion(directory: string, newest: ReadVersion, version: string): Promise<string> {
  const read = (name: string) => readFile(path.join(directory, newest.folder, name), "utf8");
  const [text, rules] = [await read("policy.mdx"), await read("rules.yaml")];
  const [whole = "", yaml = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const front = parseDocument(yaml);
  const fresh = {
    version,
    status: "draft",
    published: null,
    effective: null,
    reviewed: null,
    reviewDue: null,
    interimUntil: null,
    changeNote: `TODO: say in two or three sentences what changed since version ${newest.version}.`,
    material: true,
  };
  for (const [field, value] of Object.entries(fresh)) front.set(field, value);
  front.delete("materialReason");
  // "1.0" is a number to YAML unless it stands in quotation marks.
  const head = front.toString({ lineWidth: 0 }).trimEnd();
  return write(directory, newest.slug, version, { "policy.mdx": `---\n${head}\n---${text.slice(whole.length)}`, "rules.yaml": rules });
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
 * A draft that holds together: one clause, one rule that decides everything, and TODO wherever words are wanted.
 * @returns the folder, below the content folder
 * @throws Error when the folder is there already
 */
export async function addPolicy(directory: string, policy: NewPolicy): Promise<string> {
  const { slug, version, title, body, facts, questions } = policy;
  const front = {
    title,
    body,
    version,
    status: "draft",
    ...{ published: null, effective: null, reviewed: null, reviewDue: null, interimUntil: null },
    ...{ owner: null, approver: null, audience: null, classification: null, jurisdiction: null },
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
    rules: [{ id: "everything-else", verdict: "never", says: "TODO: say in one sentence what this means.", because: ["1.1"] }],
    sources: { served: {}, information: {} },
    examples: [{ name: "TODO: name a situation that staff know", facts: Object.fromEntries(facts.map(firstAnswer)), verdict: "never" }],
  };
  return write(directory, slug, version, { "policy.mdx": text, "rules.yaml": stringify(rules, { lineWidth: 0 }) });
}

/** The folder appears whole or not at all. */
async function write(directory: string, slug: string, version: string, files: Record<string, string>): Promise<string> {
  const folder = `policies/${slug}/${version}`;
  const half = path.join(directory, "policies", slug, `.${version}.${process.pid}.tmp`);
  await mkdir(half, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(half, name), text);
  await rename(half, path.join(directory, folder));
  return folder;
}
