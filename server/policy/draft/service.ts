import { readFile, rename } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { problemIf, type FieldProblem } from "#domain/base/form/form-values.ts";
import { type EvidenceEvent, type EvidenceEventName, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { DRAFT_FILES, draftFileOf, toEdit, toStore } from "#domain/policy/draft/draft.ts";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { compareVersions } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { hashFiles, type VersionFile } from "#server/base/content/lock.ts";
import { MOST_CHARACTERS } from "#server/base/content/policy-text.ts";
import { readContent, type ReadVersion } from "#server/base/content/read.ts";
import { filesOfNewVersion, VERSION } from "#server/base/content/scaffold.ts";
import {
  aloneIn,
  discard,
  isWriteRefused,
  listStaged,
  stage,
  type Staged,
  takePlace,
} from "#server/base/content/staged.ts";
import { reloadContent } from "#server/base/content/store.ts";
import { aloneInDatabase } from "#server/base/db/content-lock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listLatestEvents } from "#server/evidence/journal/queries.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { bodyIn, checkDraft, type DraftAddress, findVersions, readDraftFile } from "./queries.ts";

const LONGEST_VERSION = 20;

const refused = (message: string, field = "") => ({ code: "refused" as const, message, field });
const BUSY = refused("Somebody else is saving or publishing at this moment. Wait a little, and send it again.");
const NOT_WRITABLE = refused(
  "The portal may not write to its content folder, so nothing was saved. Download the file instead, and give it to whoever looks after the folder.",
);

/**
 * Makes a draft that follows the newest version of a policy that can be read, as `npm run policy:new` does.
 * @returns its address; "not-found" for those who may not, and where there is no such policy
 */
export const beginDraft = async (actor: Actor, address: Pick<DraftAddress, "slug" | "version">) =>
  beginDraftOf(actor, address, (fresh) => ({ files: fresh, data: {} }));

type FreshFiles = Awaited<ReturnType<typeof filesOfNewVersion>>;
/** What a draft is made of, and what its evidence says of that. */
type MadeDraft = { files: Readonly<Record<string, string>>; data: Readonly<Record<string, string>> };

/** The same with other files. @param make from those of the next version */
export async function beginDraftOf(
  actor: Actor,
  { slug, version }: Pick<DraftAddress, "slug" | "version">,
  make: (fresh: FreshFiles) => MadeDraft,
) {
  if (!can(actor, "policy.edit-draft", actor)) return "not-found";
  const directory = getEnv().contentDir;
  return writing(directory, async () => {
    const found = await findVersions(actor, slug);
    const [newest] = found?.versions ?? [];
    if (!found || !newest) return "not-found";
    const problems = numberProblems(version, newest.version, Boolean(found.content.lock[slug]?.[version]));
    if (problems.length > 0) return { problems };
    // A newer draft that cannot be read stops nobody from beginning another.
    const source = found.versions.find(({ text }) => text !== null && text.frontMatter !== null);
    if (!source) return refused(`Version ${newest.version} cannot be read. Correct its text first.`, "slug");
    const { files, data: more } = make(await filesOfNewVersion(directory, source, version));
    if (Object.values(files).some(({ length }) => length > MOST_CHARACTERS))
      return refused("This would be too long for one policy. Take less from the others.", "slug");
    const staged = await stage(path.join(directory, "policies", slug, version), files);
    const hash = hashFiles(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))).hash;
    const data = { ...more, from: source.version };
    const isPlaced = await recordAndPlace(actor, staged, "policy.draft-begun", { slug, version, hash, data });
    if (!isPlaced) return refused(`Somebody else began version ${version} at the same moment.`, "version");
    return { to: `/drafts/${slug}/${version}/text` };
  });
}

function numberProblems(version: string, newest: string, wasPublished: boolean): FieldProblem[] {
  const isNumber = VERSION.test(version) && version.length <= LONGEST_VERSION;
  if (!isNumber) return [{ field: "version", message: "Write the number of the version as 2 or 2.1." }];
  const isLower = compareVersions(version, newest) <= 0;
  return [
    ...problemIf(isLower, "version", `There is version ${newest}. Choose a higher number.`),
    ...problemIf(wasPublished && !isLower, "version", `${version} was published once. Choose a higher number.`),
  ];
}

/** What somebody typed, and what they had before them. */
export interface TypedDraft {
  text: string;
  /** Hash of the file that they saw; "" where there was none. */
  seen: string;
}

/**
 * Saves a file of a draft to the content folder. A text with faults is saved as well: the portal serves the draft as it
 * was until they are put right. What would keep the portal from taking up anything else is refused, and so is a save
 * over what somebody else saved meanwhile.
 * @returns whether anything changed; "not-found" for those who may not, and for what is published or not there
 */
export async function saveDraftFile(actor: Actor, address: DraftAddress, { text, seen }: TypedDraft) {
  const file = draftFileOf(address.file);
  if (file === null || !can(actor, "policy.edit-draft", actor)) return "not-found";
  const { name } = DRAFT_FILES[file];
  return writing(getEnv().contentDir, async () => {
    const versions = (await findVersions(actor, address.slug))?.versions ?? [];
    const draft = versions.find(({ version }) => version === address.version);
    if (!draft || draft.isPublished) return "not-found";
    const stored = await readDraftFile(draft, name);
    if (!stored) return "not-found";
    if (toEdit(stored.text) === text && stored.bytes) return { isChanged: false };
    if ((stored.hash ?? "") !== seen) return refused(CHANGED, "text");
    const problem = textProblem(text) ?? (await sharedProblem(draft, { name, text, was: stored.text }, actor.body));
    if (problem !== null) return refused(problem, "text");
    const bytes = Buffer.from(toStore(text, stored.text));
    const after = hashFiles(new Map([[name, bytes]])).files[name] ?? "";
    const whole = hashFiles(await filesWith(draft.folder, name, bytes)).hash;
    const staged = await stage(path.join(getEnv().contentDir, draft.folder, name), bytes);
    const isPlaced = await recordAndPlace(actor, staged, "policy.draft-saved", {
      slug: draft.slug,
      version: draft.version,
      hash: whole,
      data: { file: name, before: stored.hash, after },
    });
    return isPlaced ? { isChanged: true } : refused(CHANGED, "text");
  });
}

const CHANGED = "The file changed since you opened it. What you typed is kept: see below what differs.";

function textProblem(text: string): string | null {
  if (text.trim() === "") return "Write something: an empty file cannot be read.";
  const [length, most] = [text.length, MOST_CHARACTERS].map((count) => count.toLocaleString("en-GB"));
  return text.length > MOST_CHARACTERS ? `Shorten this to ${most} characters. It has ${length}.` : null;
}

/**
 * A draft that names another body would be theirs; and a fault in what all versions share, which this text alone causes,
 * would keep everything as it was, for everybody.
 */
async function sharedProblem(
  draft: ReadVersion,
  { name, text, was }: Record<"text" | "was", string> & { name: VersionFile },
  body: string,
) {
  const [before, after] = [await checkDraft(draft, name, null), await checkDraft(draft, name, toStore(text, was))];
  if (name === "policy.mdx" && (bodyIn(text) !== body || (after.namedBody ?? body) !== body))
    return `Keep the line "body: ${body}" at the top: a draft stays with your body.`;
  const known = new Set(before.shared.map(({ file, message }) => `${file} ${message}`));
  const [first] = after.shared.filter(({ file, message }) => !known.has(`${file} ${message}`));
  if (!first) return null;
  return `With this text the portal could take up nothing any more. ${first.file}: ${first.message} Keep what that file refers to, or correct it first.`;
}

async function filesWith(folder: string, name: VersionFile, bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { name: one } of Object.values(DRAFT_FILES)) {
    const own = one === name ? bytes : (await readDraftFile({ folder }, one))?.bytes;
    if (own) files.set(one, own);
  }
  return files;
}

/**
 * Alone in the folder, after what a process that ended left there was settled. What was written is read at once, so that
 * nobody reads a version as it was and signs it as it is.
 */
async function writing<Result>(directory: string, act: () => Promise<Result>) {
  try {
    const done = await aloneIn(directory, () =>
      aloneInDatabase(async () => {
        await settle(directory);
        const result = await act();
        await reloadContent();
        return { result };
      }),
    );
    return done === null ? BUSY : done.result;
  } catch (error) {
    if (isWriteRefused(error)) return NOT_WRITABLE;
    throw error;
  }
}

interface Recorded {
  slug: string;
  version: string;
  /** Of all the version's files, as they will be. */
  hash: string;
  data: Readonly<Record<string, string | null>>;
}

/**
 * Writes the evidence, then puts what was staged in its place. Whoever is killed in between has it put there by the next
 * save or start, which finds its id in the evidence; without evidence it is thrown away.
 * @returns false where somebody else, who does not know of the lock, wrote there meanwhile: theirs stays
 */
async function recordAndPlace(actor: Actor, staged: Staged, event: EvidenceEventName, recorded: Recorded) {
  const { slug, version, hash, data } = recorded;
  const who = { body: actor.body, actor: actor.personId, at: clock.now() };
  const on = { policy: slug, version, hash };
  try {
    await record({ ...who, event, subject: `${slug} ${version}`, on, data: { ...data, save: staged.id } });
  } catch (error) {
    // Only the database knows whether it was written.
    await settle(getEnv().contentDir).catch(() => {});
    throw error;
  }
  if ((data["before"] ?? null) === (await hashAt(staged.goal))) {
    await takePlace(staged);
    return true;
  }
  await giveUp(staged, { body: actor.body, subject: `${slug} ${version}` });
  return false;
}

async function record(event: EvidenceEvent): Promise<void> {
  await transact(() => Promise.resolve({ result: undefined, evidence: [event] }));
}

/** What a process that ended left in the content folder takes its place, or goes: at the start. */
export async function settleDrafts(): Promise<void> {
  const directory = getEnv().contentDir;
  if ((await listStaged(directory)).length === 0) return;
  await aloneIn(directory, () => aloneInDatabase(() => settle(directory))).catch((error: unknown) => {
    if (!isWriteRefused(error)) throw error;
    console.warn("An interrupted save of a draft cannot be finished: the content folder cannot be written to.");
  });
}

async function settle(directory: string): Promise<void> {
  const left = await listStaged(directory);
  if (left.length === 0) return;
  const { lock } = await readContent(directory);
  for (const staged of left) {
    const known = await evidenceOf(staged);
    const [, slug = "", version = ""] = path.relative(directory, staged.goal).split(path.sep);
    const isOpen = lock[slug]?.[version] === undefined; // a version that was published meanwhile stays as it is
    if (known === null) await discard(staged);
    else if (isOpen && known.before === (await hashAt(staged.goal))) await takePlace(staged);
    else await giveUp(staged, known.row);
  }
}

/** So many saves may follow the one that was interrupted, at other servers. */
const LATEST = 500;

/** What the evidence says of what was staged; null if it says nothing. */
async function evidenceOf({ id }: Staged) {
  for (const body of getEnv().bodies)
    for (const event of ["policy.draft-saved", "policy.draft-begun"] as const) {
      const row = (await listLatestEvents(getDatabase(), body, event, LATEST)).find(({ data }) => data.includes(id));
      if (row) return { row, before: beforeSchema.parse(JSON.parse(row.data)).before };
    }
  return null;
}

const beforeSchema = z.object({ before: z.string().nullable().default(null) });

/** Hash of a file; null where there is none, "folder" for a folder. */
async function hashAt(file: string): Promise<string | null> {
  try {
    return hashFiles(new Map([["", await readFile(file)]])).files[""] ?? null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    return "folder";
  }
}

/** Somebody else was there before the save: theirs stays, and what was typed lies beside it. */
async function giveUp({ id, path: from, goal }: Staged, { body, subject }: Pick<EvidenceRow, "body" | "subject">) {
  const event = "policy.draft-not-saved";
  // Hidden: a folder would be read as another version.
  await rename(from, path.join(path.dirname(goal), `.${path.basename(goal)}.${id}.not-saved`));
  await record({ body, event, at: clock.now(), actor: PORTAL_ACTOR, subject, data: { save: id } });
}
