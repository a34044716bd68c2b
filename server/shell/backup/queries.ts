import { closeSync, createReadStream, fstatSync, mkdtempSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { clock } from "#server/base/clock.ts";
import { getOpenDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { writeBackup } from "./write.ts";

/**
 * A backup of the running portal, for the command that asks for one. It is first written to an unnamed file in the data
 * folder, so that the embedded database is free again however slowly the backup is downloaded.
 * @returns its bytes and its size; "refused" without a valid token
 */
export async function backupForCommand(
  token: string,
): Promise<{ size: number; bytes: ReadableStream<Uint8Array> } | "refused"> {
  const env = getEnv();
  if (!isCommandToken("backup", readAuthSecret(env), token, clock.now())) return "refused";
  const file = openUnnamed(env.dataDir);
  try {
    await writeBackup(getOpenDatabase(), file, clock.now());
    const { size } = fstatSync(file);
    const bytes = Readable.toWeb(createReadStream("", { fd: file, start: 0 })) as ReadableStream<Uint8Array>;
    return { size, bytes };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** A new file that disappears with its last reader, even if the portal is killed. */
function openUnnamed(dataDir: string): number {
  const folder = mkdtempSync(path.join(dataDir, "backup-"));
  try {
    return openSync(path.join(folder, "file"), "w+", 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
