import { randomUUID } from "node:crypto";
import { access, constants, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lockFolder } from "#server/base/process-lock/process-lock.mjs";

/**
 * A file, or a folder of files, that waits beside its goal under a hidden name until the database knows of it: whoever
 * finds it after a crash can tell by its id whether it was to take its place.
 */
export interface Staged {
  id: string;
  path: string;
  goal: string;
}

const HIDDEN = /^\.(.+)\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.tmp$/;

/**
 * Writes it to the disk, beside its goal.
 * @param goal absolute path
 * @param content of the file, or of each file of the folder
 * @throws Error with the system's code where the folder cannot be written to; nothing is left behind then
 */
export async function stage(goal: string, content: Buffer | Readonly<Record<string, string>>): Promise<Staged> {
  const id = randomUUID();
  const staged = { id, goal, path: path.join(path.dirname(goal), `.${path.basename(goal)}.${id}.tmp`) };
  try {
    if (Buffer.isBuffer(content)) await writeSynced(staged.path, content);
    else {
      await mkdir(staged.path);
      for (const [name, text] of Object.entries(content))
        await writeSynced(path.join(staged.path, name), Buffer.from(text));
    }
  } catch (error) {
    await discard(staged);
    throw error;
  }
  return staged;
}

async function writeSynced(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, "wx", 0o666);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts it in its place: readers see what was there or what is there now, never half of each. */
export async function takePlace({ path: from, goal }: Staged): Promise<void> {
  await rename(from, goal);
  const folder = await open(path.dirname(goal));
  await folder.sync().finally(() => folder.close());
}

export async function discard({ path: left }: Staged): Promise<void> {
  await rm(left, { recursive: true, force: true });
}

/** What a process that ended left waiting among the policies. @throws Error if the folder cannot be read */
export async function listStaged(directory: string): Promise<Staged[]> {
  const found: Staged[] = [];
  const look = async (folder: string, depth: number) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const [, name, id] = HIDDEN.exec(entry.name) ?? [];
      const here = path.join(folder, entry.name);
      if (name !== undefined && id !== undefined) found.push({ id, path: here, goal: path.join(folder, name) });
      else if (entry.isDirectory() && depth > 0 && !entry.name.startsWith(".")) await look(here, depth - 1);
    }
  };
  await look(path.join(directory, "policies"), 2);
  return found;
}

/** Others write for moments only. */
const PATIENCE_MS = 5_000;

/**
 * Does something while nobody else writes to or publishes from the folder, the commands included.
 * @returns null if somebody else still did after a few seconds; nothing was done then
 * @throws Error with the system's code where the folder cannot be written to
 */
export async function aloneIn<Result>(directory: string, act: () => Promise<Result>): Promise<Result | null> {
  const until = performance.now() + PATIENCE_MS;
  let mine = await lockFolder(path.resolve(directory));
  while (mine === null && performance.now() < until) {
    await pause(100);
    mine = await lockFolder(path.resolve(directory));
  }
  if (mine === null) return null;
  try {
    return await act();
  } finally {
    await mine.release();
  }
}

/** Whether this process may write there. @param folders absolute paths */
export async function isWritable(...folders: string[]): Promise<boolean> {
  try {
    for (const folder of folders) await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether writing failed because the folder, its disk or its account does not allow it. */
export const isWriteRefused = (error: unknown): boolean =>
  error instanceof Error && "code" in error && REFUSED.includes(String(error.code));

const REFUSED = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"];
