import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { lockFolder } from "#server/base/process-lock/process-lock.mjs";
import { checkContent } from "./check.ts";
import { type Finding, lintContent } from "./lint.ts";
import { hashFiles, type Lock, type LockEntry, lockSchema, VERSION_FILES } from "./lock.ts";
import { COPY_MARK, readContent, type ReadContent, type ReadVersion } from "./read.ts";
import { stage, takePlace } from "./staged.ts";

export interface Publication {
  content: ReadContent;
  waiting: readonly ReadVersion[];
  /** Each as `file:line:column: what is wrong`; if there are any, nothing may be published. */
  problems: readonly string[];
  /** What the lint advises besides. */
  advice: readonly Finding[];
  /** What was signed: the hash that the version has to have once it is locked. */
  signedHash?: string;
}

/**
 * Runs every check on the versions that are not locked yet.
 * @param isWanted which of them are to be published
 * @param today calendar day, YYYY-MM-DD
 * @throws Error if the folder cannot be read
 */
export async function preparePublication(
  directory: string,
  isWanted: (version: ReadVersion) => boolean,
  today: string,
): Promise<Publication> {
  const content = await readContent(directory);
  const unlocked = content.versions.filter(({ isPublished }) => !isPublished);
  const waiting = unlocked.filter(isWanted);
  const isIn = (file: string, versions: readonly ReadVersion[]) =>
    versions.some(({ folder }) => file.startsWith(`${folder}/`));
  // Another author's unfinished draft blocks nobody. An unlocked version in force is what is being fixed here.
  const faults = checkContent(content).faults.filter(
    ({ file, kind }) => !(isIn(file, unlocked) && (kind === "lock" || !isIn(file, waiting))),
  );
  const all = await lintContent(directory, content, faults, today);
  const findings = all.filter(({ file }) => isIn(file, waiting));
  const shared = [
    ...faults.filter(({ kind }) => kind === "lock").map(({ file, message }) => `${file}: ${message}`),
    ...all.filter(({ file, blocks }) => blocks && !isIn(file, unlocked)).map(describeFinding),
  ];
  // A draft may be unfinished while it is being written; once published, it is read by everybody and can no longer be
  // completed.
  const doesStop = ({ blocks, rule }: Finding) => blocks || rule === "placeholder";
  const own = findings.filter(doesStop).map(describeFinding);
  return { content, waiting, problems: [...shared, ...own], advice: findings.filter((one) => !doesStop(one)) };
}

/** `policies/nao/1/policy.mdx:12:5: what is wrong`, with line and column. */
export const describeFinding = ({ file, line, column, message }: Finding) => `${file}:${line}:${column}: ${message}`;

/**
 * Locks versions: copies the facts that each uses beside it, and writes its hashes. The lock is replaced atomically and
 * last, and a copy without a lock is not read, so a command that is killed leaves a version either as it was or
 * published.
 * @throws Error if a file changed since it was checked, or somebody else is publishing; nothing is locked then
 */
export async function publishVersions(directory: string, publication: Publication): Promise<void> {
  // Between reading and replacing the lock, nobody else may publish.
  const mine = await lockFolder(path.resolve(directory));
  if (mine === null) throw new Error("Somebody else is publishing from this folder. Begin again.");
  try {
    const lock = await copyQuestions(directory, publication);
    await replaceFile(path.join(directory, LOCK), Buffer.from(`${JSON.stringify(lock, null, 2)}\n`));
  } finally {
    await mine.release();
  }
}

const LOCK = "content.lock.json";

/**
 * The first step of publishing: it changes nothing for anybody, and can be repeated.
 * @returns the lock that makes the versions published
 * @throws Error if a file changed since it was checked
 */
export async function copyQuestions(directory: string, { content, waiting, signedHash }: Publication): Promise<Lock> {
  const lock: Lock = structuredClone(content.lock);
  const copies: Copy[] = [];
  for (const version of waiting) {
    const { entry, copy } = await entryOf(directory, version);
    for (const [name, hash] of Object.entries(version.hashes.files))
      if (entry.files[name] !== hash)
        throw new Error(`${version.folder}/${name} changed while it was being published. Begin again.`);
    if (signedHash !== undefined && entry.hash !== signedHash)
      throw new Error(`${version.folder} is no longer what was signed. Begin again.`);
    if (copy) copies.push(copy);
    (lock[version.slug] ??= {})[version.version] = entry;
  }
  const before = await readFile(path.join(directory, LOCK), "utf8").catch(() => "{}");
  if (JSON.stringify(lockSchema.parse(JSON.parse(before))) !== JSON.stringify(content.lock))
    throw new Error(`${LOCK} changed while a version was being published. Begin again.`);
  for (const { file, bytes } of copies) await replaceFile(file, bytes);
  return lock;
}

type Copy = { file: string; bytes: Buffer };

/** What would stand in the lock for a version that is not published yet, and the questions to copy for it. */
async function entryOf(directory: string, version: ReadVersion): Promise<{ entry: LockEntry; copy: Copy | null }> {
  const files = new Map<string, Buffer>();
  let copy: Copy | null = null;
  for (const name of VERSION_FILES) {
    const file = path.join(directory, version.folder, name);
    // What an author wrote beside the version is kept; otherwise the working questions are copied.
    const isCopy = name === "questions.yaml" && version.hashes.files[name] === undefined;
    const bytes = isCopy ? await questionsFor(directory, version) : await readFile(file);
    files.set(name, bytes);
    if (isCopy) copy = { file, bytes };
  }
  return { entry: hashFiles(files), copy };
}

/**
 * SHA-256 of all that publishing a version would lock, or has locked, hexadecimal: what signatures are given for.
 * @returns null where there is no such version, or something of it is missing
 */
export async function hashToPublish(
  directory: string,
  { lock, versions }: Pick<ReadContent, "lock" | "versions">,
  { slug, version }: { slug: string; version: string },
): Promise<string | null> {
  const locked = lock[slug]?.[version];
  const read = versions.find((one) => one.slug === slug && one.version === version);
  if (locked || !read) return locked?.hash ?? null;
  return entryOf(directory, read).then(
    ({ entry }) => entry.hash,
    () => null,
  );
}

/** The facts that a version uses, taken from the working file: later edits there change nothing published. */
async function questionsFor(directory: string, { questions, rules }: ReadVersion): Promise<Buffer> {
  const working: unknown = parse(await readFile(path.join(directory, "questions.yaml"), "utf8"));
  const entries = new Map(Object.entries(working ?? {}));
  const used = rules?.table.facts.map(({ name }) => name) ?? [];
  const missing = used.find((name) => !entries.has(name) || !Object.hasOwn(questions, name));
  if (missing !== undefined)
    throw new Error(`questions.yaml lost "${missing}" while a version was being published. Begin again.`);
  const copied = stringify(Object.fromEntries(used.map((name) => [name, entries.get(name)])), { lineWidth: 0 });
  return Buffer.from(`${COPY_MARK}\n${copied}`);
}

/** Readers see the old bytes or the new ones, never half of each. */
async function replaceFile(file: string, bytes: Buffer): Promise<void> {
  await takePlace(await stage(file, bytes));
}
