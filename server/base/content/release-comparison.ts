import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { applyPatch, createTwoFilesPatch } from "diff";
import { compareTables } from "#domain/policy/decision/difference.ts";
import { correctionWords } from "#domain/policy/policy/front-matter.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { ADOPTED_FILE, type Adopted, adoptedSchema, RELEASE_COPY, wordsFor } from "./adopt.ts";
import { readContent, type ReadContent, wholeVersion } from "./read.ts";
import {
  FIRST_VERSION,
  hashOfText,
  type MadeFile,
  makeFromRelease,
  type Release,
  versionToStartFrom,
} from "./release-files.ts";
import { newestOf } from "./scaffold.ts";

/** Who changed a file since it was taken from a release: nobody, the body, a newer release, or both. */
export type FileState = "same" | "yours" | "release" | "both" | "taken" | "new" | "gone";

/** One file of a content folder, compared with a release. */
export interface ComparedFile {
  /** As it was called when it was taken. */
  file: string;
  /** Where it is today: of a policy, in its newest version. */
  path: string;
  state: FileState;
  /** What the release changed, as a unified diff; "" for nothing. */
  patch: string;
  own: string | null;
  /** As it was taken; null where the copy is lost. */
  base: string | null;
  fresh: MadeFile | null;
}

/** A newer version of the policy that was started from. */
export interface NewerStart {
  policy: string;
  from: string;
  to: string;
  changeNote: string | null;
  /** Set where it corrects how a document was restated. */
  correction: string | null;
  situations: number;
  changed: number;
}

export interface ReleaseComparison {
  directory: string;
  adopted: Adopted;
  release: Release;
  files: ComparedFile[];
  newer: NewerStart | null;
  /** The newest version of the body's policy, and whether it can still be changed. */
  policy: { slug: string; version: string; isPublished: boolean } | null;
}

/**
 * Compares a body's content with a release, file by file, against what was taken from the release before.
 * @throws Error that says what to do if the folder was not made by `npm run adopt`
 */
export async function compareWithRelease(directory: string, release: Release, today: string) {
  const adopted = await readAdopted(directory);
  const content = await readContent(directory);
  const start = versionToStartFrom(release, { slug: adopted.from.policy }, today);
  if (!start) throw new Error(`${release.directory} has no policy "${adopted.from.policy}" any more.`);
  const { policy: slug, front } = adopted;
  const words = wordsFor(release, start, adopted.body, adopted.words);
  const fresh = await makeFromRelease(release, { start, slug, words, front });
  const newest = newestOf(content, slug);
  const names = [...new Set([...Object.keys(adopted.files), ...fresh.keys()])].sort();
  const files: ComparedFile[] = [];
  for (const file of names) {
    const now = pathNow(file, slug, newest?.version ?? FIRST_VERSION);
    files.push(await compareFile(directory, { file, path: now }, adopted, fresh.get(file) ?? null));
  }
  return {
    directory,
    adopted,
    release,
    files,
    newer: newerStart(release.content, adopted, start.version, today),
    policy: newest && { slug, version: newest.version, isPublished: newest.isPublished },
  };
}

async function readAdopted(directory: string): Promise<Adopted> {
  const text = await readOrNull(path.join(directory, ADOPTED_FILE));
  if (text === null)
    throw new Error(
      `${directory} has no ${ADOPTED_FILE}: it was not made by npm run adopt, so nobody knows what was taken from which release. Compare it by hand.`,
    );
  try {
    return adoptedSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${ADOPTED_FILE} in ${directory} cannot be read. Put it back as it was.`);
  }
}

/** The files of a policy move on with its versions. */
function pathNow(file: string, slug: string, version: string): string {
  const first = `policies/${slug}/${FIRST_VERSION}/`;
  return file.startsWith(first) ? `policies/${slug}/${version}/${file.slice(first.length)}` : file;
}

async function compareFile(
  directory: string,
  { file, path: now }: Pick<ComparedFile, "file" | "path">,
  { files }: Adopted,
  fresh: MadeFile | null,
): Promise<ComparedFile> {
  const own = await readOrNull(path.join(directory, now));
  const base = await readOrNull(path.join(directory, RELEASE_COPY, file));
  const made = files[file]?.made ?? null;
  const state = stateOf(own && hashOfText(own), made, fresh?.hashes.made ?? null);
  const [before, after] = [base ?? own ?? "", fresh?.text ?? ""];
  const patch =
    before === after ? "" : createTwoFilesPatch(file, file, before, after, "taken", "release", { context: 1 });
  return { file, path: now, state, patch, own, base, fresh };
}

/** From the hashes of a file as it is, as it was taken, and as the release would make it today. */
export function stateOf(own: string | null, made: string | null, fresh: string | null): FileState {
  if (made === null) return own === null ? "new" : own === fresh ? "taken" : "both";
  if (fresh === null) return "gone";
  if (fresh === made) return own === made ? "same" : "yours";
  if (own === fresh) return "taken";
  return own === made ? "release" : "both";
}

function newerStart({ versions }: ReadContent, { from }: Adopted, to: string, today: string): NewerStart | null {
  const wholeOf = (number: string) => {
    const read = versions.find(({ slug, version }) => slug === from.policy && version === number);
    const whole = read && wholeVersion(read);
    return whole ? versionOn(whole, today) : null;
  };
  const [before, after] = [wholeOf(from.version), wholeOf(to)];
  if (to === from.version || !after) return null;
  const difference = before && compareTables(before.table, after.table);
  return {
    policy: from.policy,
    from: from.version,
    to,
    changeNote: after.frontMatter.changeNote,
    correction: correctionWords(after.frontMatter),
    situations: difference?.situations ?? 0,
    changed: difference?.changed ?? 0,
  };
}

/**
 * Takes over what the release changed in a file, and notes that it was taken.
 * @param isByHand the change was made by hand, or is not wanted: it is only noted
 * @returns whether it could be done; a file in which both changed the same lines is left as it is
 */
export async function takeOver(
  { directory, adopted, release, newer }: ReleaseComparison,
  compared: ComparedFile,
  isByHand: boolean,
): Promise<boolean> {
  const { file, path: now, own, fresh } = compared;
  const merged = isByHand ? own : mergedText(compared);
  if (!fresh || (merged === null && !isByHand)) return false;
  const { from, hashes } = fresh;
  adopted.release = release.software;
  adopted.files[file] = { from, ...hashes };
  const folder = newer && `policies/${newer.policy}/${newer.from}/`;
  const isBehind = folder !== null && Object.values(adopted.files).some((one) => one.from.startsWith(folder));
  const { content } = release;
  const start = content.versions.find((one) => one.slug === newer?.policy && one.version === newer.to);
  if (start && !isBehind) adopted.from = { policy: start.slug, version: start.version, hash: start.hashes.hash };
  if (merged !== null && merged !== own) await put(path.join(directory, now), merged);
  await put(path.join(directory, RELEASE_COPY, file), fresh.text);
  await put(path.join(directory, ADOPTED_FILE), `${JSON.stringify(adopted, null, 2)}\n`);
  return true;
}

/** The file with what the release changed; null where that cannot be told from what the body changed. */
function mergedText({ state, own, base, fresh, patch }: ComparedFile): string | null {
  if (!fresh || state === "taken" || state === "same" || state === "yours") return own;
  if (own === null || state === "release") return fresh.text;
  return (base !== null && applyPatch(own, patch)) || null;
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

const readOrNull = async (file: string): Promise<string | null> => readFile(file, "utf8").catch(() => null);
