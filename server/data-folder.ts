import "server-only";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { StartFailure } from "./start-failure.ts";

/**
 * Makes the data folder, where it is missing, for this account alone.
 * @throws StartFailure when it cannot be made
 */
export function makeDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`DATA_DIR is "${dataDir}", a folder that cannot be made (${reason}): give another one.`);
  }
}

// Not `recursive`: where the kernel lets nobody make folders, such as /proc, Node 20 then tries for ever.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
