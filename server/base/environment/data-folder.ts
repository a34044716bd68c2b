import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  statSync,
  type Stats,
} from "node:fs";
import path from "node:path";
import { StartFailure } from "#server/base/start-failure.ts";

/** What other accounts on this machine may do with a file: the last six bits of its mode. */
const OTHERS = 0o077;

/** Creates the data folder for this account alone, if it is missing. @throws StartFailure if it cannot be created */
export function makeDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`DATA_DIR is "${dataDir}", a folder that cannot be made (${reason}): give another one.`);
  }
  claimDataFolder(dataDir);
}

/**
 * Ensures that the data folder belongs to this account, and that only this account can read what this process writes
 * from now on.
 * @throws StartFailure if it belongs to another account
 */
export function claimDataFolder(dataDir: string): void {
  const own = process.geteuid?.();
  if (own === undefined) return; // Windows, which has neither
  process.umask(OTHERS);
  const found = statSync(dataDir, { throwIfNoEntry: false });
  if (found && found.uid !== own) throw notOwn(dataDir, found.uid, own);
}

/**
 * Closes the data folder and everything in it to other accounts. Links in it are not followed.
 * @returns a line for the log if something was open, otherwise null
 * @throws StartFailure if something in it belongs to another account
 */
export function closeDataFolder(dataDir: string): string | null {
  const own = process.geteuid?.();
  if (own === undefined) return null;
  const closed = { changed: 0, open: 0 };
  close(realpathSync(dataDir), own, closed);
  if (closed.open > 0)
    return `DATA_DIR ${dataDir} is open to other accounts of this machine, and its file system does not let it be closed: put it on another one.`;
  if (closed.changed === 0) return null;
  const what = closed.changed === 1 ? "file or folder is" : "files and folders are";
  return `DATA_DIR ${dataDir} was open to other accounts of this machine: ${closed.changed} ${what} for this account alone now.`;
}

const notOwn = (file: string, uid: number, own: number): StartFailure =>
  new StartFailure(
    `${file} belongs to another account of this machine (number ${uid}; this one is ${own}), and DATA_DIR is for the portal's account alone: run this as that account, or give it to this one with chown -R, or name a folder of its own.`,
  );

// Not `recursive`: if the kernel forbids creating folders, as in /proc, Node 20 then retries for ever.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** The folder before its contents: once it is closed, nobody else can put anything there. */
function close(file: string, own: number, closed: { changed: number; open: number }): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found || !(found.isFile() || found.isDirectory())) return; // gone meanwhile, a link, or the socket of a lock
  if (found.uid !== own) throw notOwn(file, found.uid, own);
  if ((found.mode & OTHERS) !== 0) {
    closed.changed += 1;
    if (!changeMode(file, found)) closed.open += 1;
  }
  if (found.isDirectory()) for (const name of readdirSync(file)) close(path.join(file, name), own, closed);
}

/**
 * On the opened file, not by its name: a link put there meanwhile is refused. @returns false if it stays open to others
 */
function changeMode(file: string, found: Stats): boolean {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    fchmodSync(descriptor, found.mode & 0o700);
    return ((lstatSync(file, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) === 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
