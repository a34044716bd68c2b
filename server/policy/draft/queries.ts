import { lstat, readFile } from "node:fs/promises";
import path from "node:path";
import { isUtf8 } from "node:buffer";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  differingLines,
  DRAFT_FILES,
  type DraftFile,
  draftFileOf,
  toEdit,
  toStore,
} from "#domain/policy/draft/draft.ts";
import { newestFirst } from "#domain/policy/policy/policy.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { clock } from "#server/base/clock.ts";
import { checkContent } from "#server/base/content/check.ts";
import { type Finding, lintDraft } from "#server/base/content/lint.ts";
import { hashFiles, type VersionFile } from "#server/base/content/lock.ts";
import { MOST_CHARACTERS } from "#server/base/content/policy-text.ts";
import { readContent, type ReadContent, type ReadVersion } from "#server/base/content/read.ts";
import { isWritable } from "#server/base/content/staged.ts";
import { sharedFaults } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";

export type DraftView = NonNullable<Awaited<ReturnType<typeof getDraftFile>>>;
export type CheckedDraft = Awaited<ReturnType<typeof checkDraft>>;

/** Which file of which version an address names. */
export interface DraftAddress {
  slug: string;
  version: string;
  file: string;
}

/** The drafts of the actor's body and the policies that a new one can follow; null for those who may not write them. */
export async function listPolicyDrafts(actor: Actor) {
  if (!can(actor, "policy.edit-draft", actor)) return null;
  const { contentDir } = getEnv();
  const content = await readContent(contentDir);
  const policies = await listPoliciesOf(actor.body, content);
  return {
    drafts: policies.flatMap((versions) =>
      versions
        .filter(({ isPublished }) => !isPublished)
        .map((one) => {
          const { faults } = checkContent(content, [one]);
          const isFaulty = faults.some(({ file }) => file.startsWith(`${one.folder}/`));
          return { slug: one.slug, version: one.version, title: titleOf(versions, one), isFaulty };
        }),
    ),
    policies: policies.flatMap((versions) => {
      const [newest] = versions;
      return newest ? [{ slug: newest.slug, title: titleOf(versions), newest: newest.version }] : [];
    }),
    isWritable: await isWritable(contentDir, path.join(contentDir, "policies")),
  };
}

async function listPoliciesOf(body: string, { versions }: ReadContent): Promise<ReadVersion[][]> {
  const all = [...grouped(versions, ({ slug }) => slug).values()].map((own) => newestFirst(own));
  const bodies = await Promise.all(all.map(bodyOf));
  return all.filter((_, at) => bodies[at] === body);
}

/**
 * Whose a policy is: what its newest published version says, or else its newest draft. A draft can name any body, and
 * may be unreadable; whose it is must be known all the same, or nobody could put it right.
 */
async function bodyOf(versions: readonly ReadVersion[]): Promise<string | null> {
  const newest = versions.find(({ isPublished }) => isPublished) ?? versions[0];
  if (!newest) return null;
  return newest.frontMatter?.body ?? bodyIn(await readSource(newest, "policy.mdx"));
}

/** The body that a text names, whether or not it can be read as a policy. */
export const bodyIn = (text: string) => /^body:[ \t]*["']?([a-z0-9-]+)["']?[ \t]*$/m.exec(toEdit(text))?.[1] ?? null;

const titleOf = (versions: readonly ReadVersion[], one = versions[0]): string =>
  [one, ...versions].find((version) => version?.frontMatter)?.frontMatter?.title ?? one?.slug ?? "";

/**
 * The versions of a policy of the actor's body, the newest first, for those who may write drafts; null for everybody
 * else and where there is none.
 */
export async function findVersions(actor: Actor, slug: string) {
  if (!can(actor, "policy.edit-draft", actor)) return null;
  const content = await readContent(getEnv().contentDir);
  const policies = await listPoliciesOf(actor.body, content);
  const versions = policies.find(([newest]) => newest?.slug === slug);
  return versions ? { content, versions } : null;
}

/** What is in a file, and its hash; "" and null where there is none. Null for a link, which could lead out of the folder. */
export async function readDraftFile({ folder }: Pick<ReadVersion, "folder">, name: VersionFile) {
  const file = path.join(getEnv().contentDir, folder, name);
  const found = await lstat(file).catch(() => null);
  if (!found) return { bytes: null, text: "", hash: null };
  if (!found.isFile()) return null;
  const bytes = await readFile(file);
  return { bytes, text: bytes.toString("utf8"), hash: hashFiles(new Map([[name, bytes]])).files[name] ?? null };
}

const readSource = async (version: Pick<ReadVersion, "folder">, name: VersionFile): Promise<string> =>
  (await readDraftFile(version, name))?.text ?? "";

/**
 * A file of a version, as it is stored and as it would be with what was typed, checked as `npm run policy:check` does;
 * null for those who may not write drafts and where there is none.
 * @param typed what stands in the form; null to check what is stored
 */
export async function getDraftFile(actor: Actor, address: DraftAddress, typed: string | null = null) {
  const file = draftFileOf(address.file);
  if (file === null) return null;
  const { name, format, label } = DRAFT_FILES[file];
  const versions = (await findVersions(actor, address.slug))?.versions ?? [];
  const version = versions.find((one) => one.version === address.version);
  if (!version) return null;
  const { slug, folder, isPublished } = version;
  const head = { slug, version: version.version, file, name, format, label, title: titleOf(versions, version) };
  if (isPublished) return { ...head, draft: null };
  const stored = await readDraftFile(version, name);
  if (!stored) return null;
  const text = typed ?? toEdit(stored.text);
  const isNew = stored.bytes === null;
  const draft = {
    text: isNew && typed === null ? await startOf(file) : text,
    hash: stored.hash,
    isNew,
    isReadable: stored.bytes === null || isUtf8(stored.bytes),
    isWritable: await isWritable(getEnv().contentDir, path.join(getEnv().contentDir, folder)),
    ...(await checkDraft(version, name, typed === null ? null : toStore(typed, stored.text))),
    differing: typed === null ? null : differingLines(toEdit(stored.text), typed),
  };
  return { ...head, draft };
}

/** What a file that is not there yet begins with: the questions that all versions share. */
async function startOf(file: DraftFile): Promise<string> {
  if (file !== "questions") return "";
  return toEdit(await readFile(path.join(getEnv().contentDir, "questions.yaml"), "utf8").catch(() => ""));
}

/** A finding of the check, with the line that it is about. */
export interface DraftFinding extends Pick<Finding, "line" | "level" | "message" | "blocks"> {
  /** The words of the line, shortened. */
  words: string;
}

/**
 * Checks a draft as `npm run policy:check` does. For what has authorised already.
 * @param name the file whose findings get their lines
 * @param typed what is to be read instead of that file, as it would be stored; null for what is stored
 */
export async function checkDraft({ slug, version, folder }: DraftVersion, name: VersionFile, typed: string | null) {
  if (typed !== null && typed.length > MOST_CHARACTERS) return { ...NOT_THERE, findings: [TOO_LONG] };
  const overlay = new Map(typed === null ? [] : [[`${folder}/${name}`, Buffer.from(typed)]]);
  const content = await readContent(getEnv().contentDir, overlay);
  const read = content.versions.find((one) => one.slug === slug && one.version === version);
  if (!read) return NOT_THERE;
  const { faults, policies } = checkContent(content, [read]);
  const source = async (one: VersionFile) => overlay.get(`${read.folder}/${one}`)?.toString() ?? readSource(read, one);
  const sources = { text: toEdit(await source("policy.mdx")), rules: toEdit(await source("rules.yaml")) };
  const all = lintDraft(content, read, sources, faults, clock.today());
  const lines = toEdit(await source(name)).split("\n");
  const inFile = ({ file: at }: { file: string }) => at === `${read.folder}/${name}`;
  const own = all.filter(inFile).map(({ line, level, message, blocks }): DraftFinding => ({
    line,
    level,
    message,
    blocks,
    words: (lines[line - 1] ?? "").trim().slice(0, WORDS_OF_A_LINE),
  }));
  const ofAll = faults.filter(({ file: at, kind }) => kind === "lock" && at.startsWith(`${read.folder}/`));
  return {
    findings: own,
    /** What is wrong in other files of the version, or with it as a whole. */
    elsewhere: [...all.filter((one) => !inFile(one) && one.blocks), ...ofAll].map(({ file: at, message }) => ({
      file: path.basename(at),
      message,
    })),
    /** In how many situations its rules were proven. */
    situations: policies[0]?.situations ?? 0,
    /** The words below the front matter, and what tells them apart from others; null if they cannot be read. */
    words: read.text?.text ? { text: read.text.text, hash: read.hashes.hash } : null,
    namedBody: read.frontMatter?.body ?? null,
    /** Faults in what all versions share. */
    shared: sharedFaults(faults),
  };
}

type DraftVersion = Pick<ReadVersion, "slug" | "version" | "folder">;

const WORDS_OF_A_LINE = 80;
const TOO_LONG: DraftFinding = {
  line: 1,
  level: "error",
  message: `Shorten the file to ${MOST_CHARACTERS.toLocaleString("en-GB")} characters.`,
  blocks: true,
  words: "",
};
const NOT_THERE = { findings: [], elsewhere: [], situations: 0, words: null, namedBody: null, shared: [] };
