import "server-only";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { z } from "zod";
import { importReportSchema, type ImportReport } from "#domain/people/directory/import-report.ts";
import { checkList, importList, type ImportResult, type OnProgress } from "./import-service.ts";
import { ReadersBusy } from "./list-reader-process.ts";
import { listImportBodies } from "./pending-import-service.ts";

/** What the command asks for. */
export interface ImportCommandOptions {
  /** Say what it would do, and write nothing. */
  isCheck: boolean;
  manyMayLeave: boolean;
  /** Slug of the only body to import; null for all the bodies served. */
  body: string | null;
}

export type ImportCommandResult = { code: "checked" | ImportResult["code"]; report: ImportReport };

/** How a running portal answers the command: progress, one line at a time, then the result. */
export const commandLineSchema = z.union([
  z.object({ doing: z.enum(["people", "evidence"]), done: z.number(), of: z.number() }),
  z.object({ code: z.enum(["checked", "done", "faulty", "many-leave", "changed"]), report: importReportSchema }),
  z.object({ problem: z.string() }),
]);

/** Whether the token of a command, run beside the portal, is valid. */
export function mayImportByCommand(token: string): boolean {
  return isCommandToken("people-import", readAuthSecret(getEnv()), token, clock.now());
}

/**
 * Checks a list of people and imports it. No permission is needed: whoever runs the command has access to the database.
 * @returns null if the portal does not serve the body; `problem`: why the list was not read
 */
export async function importByCommand(
  bytes: Uint8Array,
  { isCheck, manyMayLeave, body }: ImportCommandOptions,
  onProgress: OnProgress,
): Promise<ImportCommandResult | { problem: string } | null> {
  const bodies = (await listImportBodies()).filter(({ slug }) => body === null || slug === body);
  if (bodies.length === 0) return null;
  const scope = { bodies, actorId: null };
  try {
    if (isCheck) return { code: "checked", report: await checkList(bytes, scope) };
    const result = await importList(bytes, scope, { manyMayLeave, onProgress });
    if (result.code === "closed") throw new Error("The command waits for nobody.");
    return result;
  } catch (error) {
    if (error instanceof ReadersBusy) return { problem: error.message };
    throw error;
  }
}
