import "server-only";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseDocument } from "yaml";
import type { z } from "zod";
import { factSetSchema, type FactSet } from "#domain/decision/fact.ts";
import type { Fault } from "#domain/decision/fault.ts";
import { parseRules, type ParsedRules } from "#domain/decision/parse-rules.ts";
import { bodySchema, type Body } from "#domain/policy/body.ts";
import { frontMatterSchema, type FrontMatter } from "#domain/policy/front-matter.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { hashFiles, hashOfHashes, lockSchema, VERSION_FILES, type Lock, type LockEntry } from "./lock.ts";
import { parsePolicyText, type ParsedText } from "./policy-text.ts";

/** A version as it was read, whole or not. */
export interface ReadVersion {
  slug: string;
  version: string;
  /** Path of the version's folder below the content folder. */
  folder: string;
  frontMatter: FrontMatter | null;
  text: ParsedText | null;
  rules: ParsedRules | null;
  questions: FactSet;
  hashes: LockEntry;
  isPublished: boolean;
}

export interface ReadContent {
  bodies: Body[];
  /** The working facts: what new versions are written with. */
  questions: FactSet;
  versions: ReadVersion[];
  lock: Lock;
  /** What could not be read, or is not as locked; proofs come on top. */
  faults: Fault[];
}

/** By folder: the version as it was read last, and from what. */
const readBefore = new Map<string, { key: string; read: ReadVersion; faults: readonly Fault[] }>();

/**
 * Reads a content folder: bodies, questions, every version of every policy, and the lock. It reads on past a fault, so
 * that one does not hide the others.
 * @throws Error when the folder itself cannot be read
 */
export async function readContent(directory: string): Promise<ReadContent> {
  const faults: Fault[] = [];
  const fault = (file: string, message: string, kind: Fault["kind"] = "content") =>
    faults.push({ file, rule: null, kind, situation: null, message });

  const bytesOf = async (file: string): Promise<Buffer | null> => {
    try {
      return await readFile(path.join(directory, file));
    } catch (error) {
      if (!isMissing(error)) fault(file, `The file cannot be read: ${(error as Error).message}`);
      return null;
    }
  };
  const parseYaml = (file: string, bytes: Buffer): unknown => {
    const document = parseDocument(bytes.toString("utf8"), { uniqueKeys: true });
    // The first error makes the others.
    for (const { message, linePos } of document.errors.slice(0, 1))
      fault(file, `${linePos ? `line ${linePos[0].line}: ` : ""}${(message.split("\n")[0] ?? message).replace(/:$/, ".")}`);
    if (document.errors.length > 0) return undefined;
    try {
      return document.toJS() as unknown;
    } catch (error) {
      fault(file, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const check = <T>(file: string, schema: z.ZodType<T>, value: unknown, where = ""): T | null => {
    if (value === undefined) return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues)
      fault(file, `${[where, issue.path.join(".")].filter(Boolean).join(" ")}: ${issue.message}`);
    return null;
  };
  const readYaml = async <T>(file: string, schema: z.ZodType<T>): Promise<T | null> => {
    const bytes = await bytesOf(file);
    if (bytes === null) fault(file, "The file is missing.");
    return bytes && check(file, schema, parseYaml(file, bytes));
  };

  const entries = await readdir(directory);
  const questions = (await readYaml("questions.yaml", factSetSchema)) ?? {};
  const lockBytes = await bytesOf("content.lock.json");
  const lock = (lockBytes && check("content.lock.json", lockSchema, parseYaml("content.lock.json", lockBytes))) ?? {};

  const bodies: Body[] = [];
  const bodyFiles = await namesIn("bodies", entries);
  for (const name of bodyFiles)
    if (name.endsWith(".yaml")) {
      const body = await readYaml(`bodies/${name}`, bodySchema);
      if (body) bodies.push({ ...body, slug: name.slice(0, -".yaml".length) });
    }

  /** What versions are read against besides their own files. */
  const sharedKey = createHash("sha256").update(JSON.stringify([questions, bodies, bodyFiles])).digest("hex");
  /** Versions that differ in words only share one table. */
  const sameRules = new Map<string, ParsedRules>();
  const versions: ReadVersion[] = [];
  for (const slug of await namesIn("policies", entries)) {
    const numbers = await namesIn(`policies/${slug}`, null);
    if (numbers.length === 0) fault(`policies/${slug}`, "The folder holds no version. Add one or remove it.");
    for (const version of numbers) versions.push(await readVersion(slug, version));
  }

  for (const [slug, locked] of Object.entries(lock))
    for (const version of Object.keys(locked))
      if (!versions.some((read) => read.slug === slug && read.version === version))
        fault(`policies/${slug}/${version}`, "This version was published, but its folder is gone. Put it back.", "lock");
  return { bodies, questions, versions, lock, faults };

  /** Sorted names in a folder below the content folder, hidden ones left out. */
  async function namesIn(folder: string, parentEntries: string[] | null): Promise<string[]> {
    if (parentEntries && !parentEntries.includes(folder)) {
      fault(folder, "The folder is missing.");
      return [];
    }
    const found = await readdir(path.join(directory, folder), { withFileTypes: true }).catch((error: Error) => {
      fault(folder, `The folder cannot be read: ${error.message}`);
      return [];
    });
    const wanted = found.filter((entry) => !entry.name.startsWith(".") && (folder === "bodies" || entry.isDirectory()));
    return wanted.map(({ name }) => name).sort();
  }

  /** A version whose files are as they were at the last reading is not parsed again. */
  async function readVersion(slug: string, version: string): Promise<ReadVersion> {
    const folder = `policies/${slug}/${version}`;
    const files = new Map<string, Buffer>();
    const before = faults.length;
    const found = await Promise.all(VERSION_FILES.map((name) => bytesOf(`${folder}/${name}`)));
    VERSION_FILES.forEach((name, at) => found[at] && files.set(name, found[at]));
    const hashes = hashFiles(files);
    const key = JSON.stringify([hashes, lock[slug]?.[version], sharedKey]);
    const known = readBefore.get(path.join(directory, folder));
    if (known?.key === key) {
      faults.push(...known.faults);
      return known.read;
    }
    const read = parseVersion(slug, version, files, hashes);
    readBefore.set(path.join(directory, folder), { key, read, faults: faults.slice(before) });
    return read;
  }

  function parseVersion(slug: string, version: string, files: Map<string, Buffer>, hashes: LockEntry): ReadVersion {
    const folder = `policies/${slug}/${version}`;
    const isPublished = checkLock(folder, lock[slug]?.[version], hashes);
    const ownQuestions = files.get("questions.yaml");
    const facts =
      (ownQuestions && check(`${folder}/questions.yaml`, factSetSchema, parseYaml(`${folder}/questions.yaml`, ownQuestions))) ??
      questions;

    const rulesFile = `${folder}/rules.yaml`;
    const rulesBytes = files.get("rules.yaml");
    let rules: ParsedRules | null = null;
    const rulesKey = `${hashes.files["rules.yaml"]} ${hashes.files["questions.yaml"]}`;
    if (!rulesBytes) fault(rulesFile, "The file is missing.");
    else if (sameRules.has(rulesKey)) rules = sameRules.get(rulesKey) ?? null;
    else {
      const raw = parseYaml(rulesFile, rulesBytes);
      if (raw !== undefined) {
        const parsed = parseRules(raw, facts, rulesFile);
        rules = parsed.rules;
        faults.push(...parsed.faults);
        if (rules && parsed.faults.length === 0) sameRules.set(rulesKey, rules);
      }
    }

    const textFile = `${folder}/policy.mdx`;
    const textBytes = files.get("policy.mdx");
    let text: ParsedText | null = null;
    let frontMatter: FrontMatter | null = null;
    if (!textBytes) fault(textFile, "The file is missing.");
    else {
      text = parsePolicyText(textBytes.toString("utf8"));
      text.problems.forEach((problem) => fault(textFile, problem));
      if (text.frontMatter !== null) frontMatter = check(textFile, frontMatterSchema, text.frontMatter, "front matter");
    }
    if (frontMatter) checkFrontMatter(textFile, version, frontMatter);
    if (frontMatter && rules) checkContacts(rulesFile, frontMatter.body, rules);
    if (frontMatter && !isPublished && (frontMatter.status === "in force" || frontMatter.status === "interim"))
      fault(textFile, `It is ${frontMatter.status}, but not locked. Lock it with npm run policy:lock.`, "lock");
    return { slug, version, folder, frontMatter, text, rules, questions: facts, hashes, isPublished };
  }

  /** Compares a version with its lock entry. @returns true when the version is published */
  function checkLock(folder: string, locked: LockEntry | undefined, now: LockEntry): boolean {
    if (!locked) return false;
    for (const name of new Set([...Object.keys(locked.files), ...Object.keys(now.files)])) {
      const [was, is] = [locked.files[name], now.files[name]];
      if (was === is) continue;
      const what = !is ? "is gone" : !was ? "was added" : "was changed";
      fault(
        `${folder}/${name}`,
        `This file ${what} after the version was published (recorded ${was ?? "nothing"}, found ${is ?? "nothing"}). Put it back and make a new version instead.`,
        "lock",
      );
    }
    const whole = hashOfHashes(locked.files);
    if (whole !== locked.hash)
      fault(
        "content.lock.json",
        `The hash of ${folder} (${locked.hash}) is not the one that its files make (${whole}). Put it back.`,
        "lock",
      );
    return true;
  }

  function checkFrontMatter(file: string, version: string, frontMatter: FrontMatter): void {
    if (frontMatter.version !== version)
      fault(file, `front matter version: it says "${frontMatter.version}", but the folder is named "${version}".`);
    if (!bodyFiles.includes(`${frontMatter.body}.yaml`))
      fault(file, `front matter body: there is no bodies/${frontMatter.body}.yaml.`);
  }

  function checkContacts(file: string, bodySlug: string, { table }: ParsedRules): void {
    const body = bodies.find(({ slug }) => slug === bodySlug);
    for (const rule of table.rules)
      for (const contact of rule.contacts)
        if (body && !body.contacts.some(({ id }) => id === contact))
          faults.push({
            file,
            rule: rule.id,
            kind: "content",
            situation: null,
            message: `rules.${rule.id}.contacts: bodies/${bodySlug}.yaml has no contact "${contact}".`,
          });
  }
}

/** The version as the portal serves it, or null where a part of it could not be read. */
export function wholeVersion(read: ReadVersion): PolicyVersion | null {
  const { slug, version, frontMatter, text, rules, questions, hashes, isPublished } = read;
  if (!frontMatter || !text || !rules?.matrix) return null;
  return {
    slug,
    version,
    frontMatter,
    text: text.text,
    clauses: text.clauses,
    sections: text.sections,
    questions,
    wording: rules.wording,
    table: rules.table,
    matrix: rules.matrix,
    sources: rules.sources,
    examples: rules.examples,
    hash: hashes.hash,
    isPublished,
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
