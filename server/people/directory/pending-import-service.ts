import "server-only";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { ImportBody } from "#domain/people/directory/import-row.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { checkList, importList, type ImportScope, type ImportTurn } from "./import-service.ts";
import { ReadersBusy } from "./list-reader-process.ts";
import {
  findPendingImportContent,
  findPendingImport,
  insertPendingImport,
  writeDone,
  writeReport,
  type PendingImportRow,
} from "./pending-import-repository.ts";

/** How long a checked list waits to be confirmed; no longer, since it holds everybody's details. */
const KEEP_FOR_MS = 4 * 60 * 60_000;

/** A checked list as its administrator sees it. */
export type PendingImport = Omit<PendingImportRow, "content" | "personId">;

/**
 * Checks a list of people of the actor's body, and stores it for them until they confirm it.
 * @returns its id, or why it was not read; null for those who may not manage the directory
 */
export async function savePendingImport(
  actor: Actor,
  file: { name: string; bytes: Uint8Array },
): Promise<{ id: string } | { problem: string } | null> {
  const scope = await scopeOf(actor);
  if (!scope) return null;
  const report = await checkList(file.bytes, scope).catch(busyProblem);
  if ("problem" in report) return report;
  const content = report.faultCount > 0 ? null : await promisify(gzip)(file.bytes);
  const id = randomBytes(16).toString("hex");
  const now = clock.now();
  const { body, personId } = actor;
  const row = { id, body, personId, fileName: file.name, content, report, createdAt: now, doneAt: null };
  await insertPendingImport(getDatabase(), row, new Date(now.getTime() - KEEP_FOR_MS));
  return { id };
}

/** A list that the actor had checked; null if there is none, it is somebody else's or too old. */
export async function getPendingImport(actor: Actor, id: string): Promise<PendingImport | null> {
  if (!can(actor, "person.manage", actor) || !/^[0-9a-f]{32}$/.test(id)) return null;
  const row = await findPendingImport(getDatabase(), { id, personId: actor.personId });
  if (!row || row.createdAt.getTime() < clock.now().getTime() - KEEP_FOR_MS) return null;
  const { personId: _, ...pending } = row;
  return pending;
}

export type ConfirmImportResult =
  /** Imported, now or earlier. */
  | { code: "done" }
  /** It would now change something else: the page shows what, and asks again. */
  | { code: "changed" }
  | { code: "many-leave" }
  /** Other lists are being read; this one still waits to be confirmed. */
  | { code: "busy"; problem: string }
  | { code: "not-found" };

/** Imports a list that the actor had checked. If the form is sent twice, it is imported once. */
export async function confirmImport(actor: Actor, id: string, manyMayLeave: boolean): Promise<ConfirmImportResult> {
  const [pending, scope] = [await getPendingImport(actor, id), await scopeOf(actor)];
  if (!pending || !scope) return { code: "not-found" };
  if (pending.doneAt) return { code: "done" };
  const content = await findPendingImportContent(getDatabase(), id);
  if (!content) return { code: "not-found" };
  const bytes = await promisify(gunzip)(content);
  const turn: ImportTurn = {
    isOpen: async (tx) => (await findPendingImport(tx, { id, personId: actor.personId }))?.doneAt === null,
    close: async (tx) => writeDone(tx, id, clock.now()),
  };
  const { fingerprint } = pending.report;
  const result = await importList(bytes, scope, { fingerprint, manyMayLeave, turn }).catch(busyProblem);
  if ("problem" in result) return { code: "busy", ...result };
  if (result.code === "closed") return { code: "done" };
  if (result.code === "changed" || result.code === "faulty") {
    await writeReport(getDatabase(), id, result.report);
    return { code: "changed" };
  }
  return { code: result.code };
}

/** @throws any other error */
function busyProblem(error: unknown): { problem: string } {
  if (!(error instanceof ReadersBusy)) throw error;
  return { problem: error.message };
}

/** The bodies served, as they are named in a list of people. */
export async function listImportBodies(): Promise<ImportBody[]> {
  const { bodies } = await loadContent();
  return bodies.map(({ slug, name, employers }) => ({ slug, name, employers }));
}

async function scopeOf(actor: Actor): Promise<ImportScope | null> {
  if (!can(actor, "person.manage", actor)) return null;
  const bodies = (await listImportBodies()).filter(({ slug }) => slug === actor.body);
  return { bodies, actorId: actor.personId };
}
