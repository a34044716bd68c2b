import { setImmediate as nextTurn } from "node:timers/promises";
import { watch } from "chokidar";
import { grouped } from "#domain/base/list/grouped.ts";
import type { Fault } from "#domain/policy/decision/rule-file.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { compareVersions, currentVersion, type Policy } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { checkContent, checkOnce } from "./check.ts";
import { faultIn, readContent, wholeVersion, type ReadContent, type ReadVersion } from "./read.ts";
import { shared } from "#server/base/process-shared.mjs";
import { StartFailure } from "#server/base/start-failure.ts";

/** What the portal serves: the bodies it is set up for, their policies and what all of them share. */
export interface Content extends Omit<ReadContent, "bodies" | "versions" | "lock" | "faults"> {
  readonly bodies: readonly Body[];
  readonly policies: readonly Policy[];
}

/** A fault and the body of its policy; null if it is in shared files or its body is unknown. */
export type OwnedFault = Fault & { readonly body: string | null };

/** What is wrong with the files since an edit; what was served before it still is. */
export interface ContentState {
  faults: readonly OwnedFault[];
  /** When the files were last read. */
  readAt: Date;
}

/** The content cannot be served; the message names the first file and what to do. */
export class ContentError extends StartFailure {}

interface ContentOfProcess {
  content: Promise<Content>;
  state: ContentState;
}

declare global {
  interface ProcessShared {
    content?: ContentOfProcess;
  }
}

/**
 * The content, read and proven when the process starts and again whenever a file changes. Each version decides as of
 * today; `versionOn` gives it as of another day.
 * @throws ContentError if what is published is wrong: a verdict from faulty rules would be worse than none
 */
export const loadContent = async (): Promise<Content> => contentOn(await contentOfProcess(), clock.today());

function contentOfProcess(): Promise<Content> {
  shared.content ??= { content: readAtStart(), state: { faults: [], readAt: clock.now() } };
  return shared.content.content;
}

/** The content as of the days of each period: what is remembered for it changes with the period, and not before. */
const ofPeriods = new WeakMap<Content, { days: readonly string[]; byPeriod: Map<number, Content> }>();

function contentOn(content: Content, day: string): Content {
  const known = ofPeriods.get(content) ?? { days: daysIn(content), byPeriod: new Map<number, Content>() };
  ofPeriods.set(content, known);
  if (known.days.length === 0) return content;
  const at = known.days.filter((first) => first <= day).length;
  const made = known.byPeriod.get(at) ?? {
    ...content,
    policies: content.policies.map(({ slug, versions }) => ({
      slug,
      versions: versions.map((version) => versionOn(version, day)),
    })),
  };
  known.byPeriod.set(at, made);
  return made;
}

/** The days on which answers of any version may change. */
const daysIn = ({ policies }: Content): string[] =>
  [...new Set(policies.flatMap(({ versions }) => versions.flatMap(({ days }) => days)))].sort();

/** What is wrong with the files, and when they were last read. */
export async function getContentState(): Promise<ContentState> {
  await loadContent();
  return shared.content?.state ?? { faults: [], readAt: clock.now() };
}

/** Makes `content` what the process serves: for tests of what happens when a new version arrives. */
export function useContent(content: Content): void {
  shared.content = { content: Promise.resolve(content), state: { faults: [], readAt: clock.now() } };
}

/** Editors save in several steps; the files are read once they have been unchanged for this long. */
const QUIET_MS = 300;

/**
 * Picks up every saved edit from now on, without a restart. With a faulty file, what was served before stays: only that
 * version's if the fault is in one version, everything if it is in what they share.
 * @param onChange called after new content is served
 * @returns stops watching
 */
export function watchContent(onChange: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  // The process may have read files before a change made since it started: the first check finds that, too.
  let isWatching = false;
  const watcher = watch(getEnv().contentDir, { alwaysStat: true, ignored: /(^|[/\\])\.[^/\\]/ });
  watcher.on("ready", () => (isWatching = true));
  watcher.on("all", (_event, _file, stats) => {
    if (!isWatching && stats && stats.ctimeMs < performance.timeOrigin) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      reading = reading
        .then(async () => {
          await reloadContent();
          await onChange();
        })
        .catch((error: unknown) => console.error("The changed content could not be taken up:", error));
    }, QUIET_MS);
  });
  watcher.on("error", (error) => console.error("The content folder cannot be watched:", error));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}

/** Reads the files again and serves those that are valid. */
export async function reloadContent(): Promise<void> {
  const before = await contentOfProcess();
  const readAt = clock.now();
  try {
    const { read, faults } = await readAndProve(getEnv().contentDir);
    const content = isShared(read, faults, before) ? before : toContent(read, faults, before);
    shared.content = { content: Promise.resolve(content), state: { faults: owned(read, faults), readAt } };
  } catch (error) {
    const fault = { ...faultIn(".", `The content folder cannot be read: ${reasonOf(error)}`), body: null };
    shared.content = { content: Promise.resolve(before), state: { faults: [fault], readAt } };
  }
}

/**
 * A version that is being written may be faulty: it is left out, and its owner told. Anything else prevents the start.
 */
async function readAtStart(): Promise<Content> {
  const { contentDir } = getEnv();
  const { read, faults } = await readAndProve(contentDir).catch((error: unknown) => {
    throw new ContentError(`The content folder ${contentDir} cannot be read: ${reasonOf(error)}`);
  });
  // Without its lock, everything that is published looks like a draft.
  const isLockLost = Object.keys(read.lock).length === 0;
  const grave = faults.filter((fault) => (isLockLost && fault.kind === "lock") || !unpublishedWith(read, fault));
  const [first, ...others] = grave;
  if (first) {
    const more = others.length > 0 ? ` There are ${others.length} more faults.` : "";
    throw new ContentError(
      `The content in ${contentDir} is faulty. ${first.file}${first.place ? `:${first.place.line}` : ""}: ${first.message}${more} See all with npm run policy:check.`,
    );
  }
  if (shared.content) shared.content.state = { faults: owned(read, faults), readAt: clock.now() };
  return toContent(read, faults, null);
}

/**
 * Reads the folder and proves the versions that people rely on: the current ones, and those that are being written. An
 * older one was proven when it was published, and its bytes match the lock.
 */
async function readAndProve(contentDir: string): Promise<{ read: ReadContent; faults: Fault[] }> {
  const read = await readContent(contentDir);
  const trusted = read.versions.flatMap((one) => (one.isTrusted ? (wholeVersion(one) ?? []) : []));
  const bySlug = grouped(trusted, ({ slug }) => slug);
  const today = clock.today();
  const current = new Set([...bySlug.values()].map((versions) => currentVersion(versions, today)));
  const isCurrent = (one: ReadVersion) => one.isTrusted && current.has(wholeVersion(one));
  const versions = read.versions.filter((one) => !one.isTrusted || isCurrent(one));
  for (const version of versions) {
    await nextTurn(); // one takes a tenth of a second, and the portal keeps answering meanwhile
    checkOnce(version, read);
  }
  return { read, faults: checkContent(read, versions).faults };
}

const owned = ({ bodies, versions }: ReadContent, faults: readonly Fault[]): OwnedFault[] =>
  faults.map((fault) => {
    const [, slug] = VERSION_PATH.exec(fault.file) ?? [];
    const ofPolicy = versions.find((version) => version.slug === slug && version.frontMatter)?.frontMatter?.body;
    const ofBody = bodies.find((body) => fault.file === `bodies/${body.slug}.yaml`)?.slug;
    return { ...fault, body: ofPolicy ?? ofBody ?? null };
  });

/**
 * Whether a fault is in what all versions share: the bodies, the questions, the lock, or the folder itself. A lock with
 * nothing in it is lost, unless nothing has been published yet.
 */
function isShared(read: ReadContent, faults: readonly Fault[], { policies }: Content): boolean {
  const wasPublished = policies.some(({ versions }) => versions.some(({ isPublished }) => isPublished));
  const isLockLost = wasPublished && Object.keys(read.lock).length === 0;
  return isLockLost || sharedFaults(faults).length > 0;
}

/** The faults in what all versions share: with one of them, nothing of an edit is taken up. */
export const sharedFaults = (faults: readonly Fault[]) => faults.filter(({ file }) => !VERSION_PATH.test(file));

const VERSION_PATH = /^policies\/([^/]+)\/([^/]+)/;

const unpublishedWith = ({ versions }: ReadContent, { file }: Fault): boolean =>
  versions.some(({ folder, isPublished }) => !isPublished && isIn(file, folder));

const isIn = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

/** @param before what has been served until now; null at the start */
function toContent(read: ReadContent, faults: readonly Fault[], before: Content | null): Content {
  const bodies = read.bodies.filter(({ slug }) => getEnv().bodies.includes(slug));
  const isSound = ({ slug, version }: { slug: string; version: string }) =>
    !faults.some(({ file }) => isIn(file, `policies/${slug}/${version}`));
  const now = read.versions.filter(isSound).flatMap((version) => wholeVersion(version) ?? []);
  const unsound = (before?.policies ?? []).flatMap(({ versions }) => versions).filter((version) => !isSound(version));
  const versions = [...now, ...unsound].filter(({ frontMatter }) =>
    bodies.some(({ slug }) => slug === frontMatter.body),
  );
  const policies = [...grouped(versions, ({ slug }) => slug)].map(([slug, own]) => ({
    slug,
    versions: own.sort((a, b) => compareVersions(a.version, b.version)),
  }));
  const { versions: _versions, lock: _lock, faults: _faults, ...shared } = read;
  return { ...shared, bodies, policies };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
