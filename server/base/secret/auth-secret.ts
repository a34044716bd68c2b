import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StartFailure } from "#server/base/start-failure.ts";

/**
 * The secret that session cookies are signed with: AUTH_SECRET, or one generated once and kept in the data folder.
 * @throws StartFailure if the kept one cannot be read or written
 */
export function readAuthSecret(env: { authSecret: string | null; dataDir: string }): string {
  if (env.authSecret !== null) return env.authSecret;
  const file = path.join(env.dataDir, "auth-secret");
  try {
    if (!existsSync(file)) makeSecret(file);
    const stored = readFileSync(file, "utf8").trim();
    if (stored.length >= 32) return stored;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`The sign-in secret ${file} cannot be used (${reason}): correct its permissions.`);
  }
  throw new StartFailure(
    `The sign-in secret ${file} is too short: remove the file, and a new one is made at the next start.`,
  );
}

/** The same if it exists already, or null: for commands, which generate none. @throws StartFailure as above */
export function findAuthSecret(env: { authSecret: string | null; dataDir: string }): string | null {
  const isThere = env.authSecret !== null || existsSync(path.join(env.dataDir, "auth-secret"));
  return isThere ? readAuthSecret(env) : null;
}

/** Written to another file and linked into place: if two processes start at once, both read the first one's. */
function makeSecret(file: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
