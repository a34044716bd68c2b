import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { type EvidenceEvent, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { addedEvent, turnOf } from "#domain/people/directory/change.ts";
import type { BodyPlan, PersonStep } from "#domain/people/directory/import-plan.ts";
import type { ImportReport } from "#domain/people/directory/import-report.ts";
import type { ImportBody } from "#domain/people/directory/import-row.ts";
import { endSessionsOf } from "#server/access/identity/effects.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import type { Followed } from "#server/base/connections.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { writeAbsences } from "#server/people/absence/effects.ts";
import * as importRepository from "./import-repository.ts";
import {
  type AskReader,
  type ReaderLimits,
  ReadersBusy,
  ReaderStopped,
  withListReader,
} from "./list-reader-process.ts";
import type { PlanOutline, PlanPart } from "./list-reader.ts";
import { followChange, followChanges, joined, listConcerned } from "./effects.ts";

/** Which bodies a list may change, and who imports it: an administrator for their own body, or the command for any. */
export interface ImportScope {
  bodies: readonly ImportBody[];
  /** Id of the administrator; null for the command. */
  actorId: string | null;
}

/** Called with the progress: the current step, and how many of how many are done. */
export type OnProgress = (doing: "people" | "evidence", done: number, of: number) => void;

/** For a list confirmed by a form, which may be sent twice: checked and closed once the import holds the lock. */
interface ImportTurn {
  isOpen(tx: Tx): Promise<boolean>;
  close(tx: Tx): Promise<void>;
}

/** Longer than the largest list takes. */
const WITHIN_MS = 20 * 60_000;

/**
 * Reports what a list would change and what is wrong with it, without writing anything. The list is read in a separate
 * process, so that this one can go on serving requests.
 * @param limits the portal's own by default
 * @throws ReadersBusy if too many lists are being read already
 */
export async function checkList(bytes: Uint8Array, scope: ImportScope, limits?: ReaderLimits): Promise<ImportReport> {
  const checking = withListReader(
    scope.bodies,
    async (ask) => {
      const { bodies } = await ask("read", bytes);
      return (await plan(getDatabase(), ask, bodies, scope)).report;
    },
    limits,
  );
  return checking.catch(stoppedReport);
}

/**
 * Unless it is done, nothing was written: something is wrong with the list (faulty), so many people would leave that this
 * needs confirming, or the directory has changed since the check, so that the list would now do something else.
 */
export type ImportResult = { code: "done" | "faulty" | "many-leave" | "changed"; report: ImportReport };

interface ImportOptions {
  /** From the check that was confirmed; if left out, the list is imported whatever it changes. */
  fingerprint?: string;
  /** Whether somebody has confirmed that so many people may leave. */
  manyMayLeave: boolean;
  onProgress?: OnProgress;
  turn?: ImportTurn;
}

/**
 * Imports a list, all in one transaction. Importing the same list again changes nothing.
 * @throws ReadersBusy if too many lists are being read already
 */
export async function importList(
  bytes: Uint8Array,
  scope: ImportScope,
  options: ImportOptions,
): Promise<ImportResult | { code: "closed" }> {
  const importing = withListReader(scope.bodies, async (ask) => {
    const { bodies, file } = await ask("read", bytes);
    let events = 0;
    const onEvidence = (count: number) => options.onProgress?.("evidence", count, events);
    return transact(
      async (tx): Promise<Change<ImportResult | { code: "closed" }>> => {
        for (const body of bodies) await lockDirectory(tx, body);
        if (options.turn && !(await options.turn.isOpen(tx))) return { result: { code: "closed" }, evidence: [] };
        const { report, outlines } = await plan(tx, ask, bodies, scope);
        const stop = (code: "faulty" | "many-leave" | "changed") => ({ result: { code, report }, evidence: [] });
        if (report.faultCount > 0) return stop("faulty");
        if (options.fingerprint !== undefined && options.fingerprint !== report.fingerprint) return stop("changed");
        if (report.bodies.some(({ areMany }) => areMany) && !options.manyMayLeave) return stop("many-leave");
        const written = await carryOut(tx, ask, outlines, { scope, file, onProgress: options.onProgress });
        events = written.evidence.length;
        await options.turn?.close(tx);
        return { result: { code: "done", report }, ...written };
      },
      { timeout: WITHIN_MS, onEvidence },
    );
  });
  return importing.catch((error: unknown) => ({ code: "faulty", report: stoppedReport(error) }));
}

/** The report for a list that took too much memory or time. @throws any other error */
function stoppedReport(error: unknown): ImportReport {
  if (!(error instanceof ReaderStopped)) throw error;
  const faults = [{ row: 1, field: null, reason: error.message }];
  return { rows: 0, unknown: [], faults, faultCount: 1, bodies: [], fingerprint: "" };
}

/** Sends the directory to the reader in batches, and has it compare the list with that. */
async function plan(tx: Tx, ask: AskReader, bodies: readonly string[], { actorId }: ImportScope) {
  for await (const people of importRepository.listEverybody(tx, bodies)) await ask("knowPeople", people);
  for await (const teams of importRepository.listAllTeams(tx, bodies)) await ask("knowTeams", teams);
  const taken: string[] = [];
  for (let from = 0; ;) {
    const addresses = await ask("addresses", from);
    if (addresses.length === 0) break;
    taken.push(...(await importRepository.listTaken(tx, addresses, bodies)));
    from += addresses.length;
  }
  return ask("plan", { taken, actorId, today: clock.today() });
}

interface CarryingOut {
  scope: ImportScope;
  /** Hash of the list. */
  file: string;
  onProgress: OnProgress | undefined;
}

async function carryOut(tx: Tx, ask: AskReader, outlines: readonly PlanOutline[], given: CarryingOut) {
  const changedBy = { by: given.scope.actorId ?? PORTAL_ACTOR, at: clock.now() };
  const written: Followed[] = [];
  for (const outline of outlines) written.push(await carryOutIn(tx, ask, outline, given, changedBy));
  return joined(written);
}

async function carryOutIn(
  tx: Tx,
  ask: AskReader,
  { body, rows, counts }: PlanOutline,
  { file, onProgress, scope: { actorId: recordedById } }: CarryingOut,
  changedBy: ChangedBy,
) {
  const { by: actor, at } = changedBy;
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  const total = counts.added + counts.changed + counts.left;
  if (total === 0 && counts.absences === 0) return { evidence, notices };
  const partsOf = <Part extends PlanPart>(part: Part) => piecesOf(ask, body, part);
  let written = 0;
  const note = (count: number) => onProgress?.("people", (written += count), total);
  evidence.push({ body, event: "people.imported", at, actor, subject: "people", data: { file, rows, ...counts } });
  for await (const teams of partsOf("newTeams")) {
    const inBody = teams.map((team) => ({ ...team, body }));
    await importRepository.insertTeams(tx, inBody);
    for (const { id, name } of teams)
      evidence.push({ body, event: "team.made", at, actor, subject: id, detail: { name } });
  }
  for await (const people of partsOf("added")) {
    await importRepository.insertPeople(tx, people);
    for (const person of people) evidence.push(addedEvent(person, changedBy));
    note(people.length);
  }
  for await (const people of partsOf("added")) await importRepository.writeManagers(tx, people);
  for (const part of ["changed", "left"] as const)
    for await (const steps of partsOf(part)) {
      await writeChanged(tx, steps, at);
      note(steps.length);
    }
  const absent = { body, source: "list", by: actor, recordedById, at } as const;
  const follow = (followed: Followed) => {
    evidence.push(...followed.evidence);
    notices.push(...followed.notices);
  };
  for await (const steps of partsOf("absences")) follow(await writeAbsences(tx, steps, absent));
  // Whether a deputy steps up depends on who else has left, so all people are written before the groups follow.
  const concerned = counts.changed + counts.left === 0 ? new Set<string>() : await listConcerned(tx, body);
  for (const part of ["changed", "left"] as const)
    for await (const steps of partsOf(part))
      for (const step of steps) follow(await followChange(tx, step, changedBy, concerned.has(step.before.id)));
  follow(await followChanges(tx, body, changedBy));
  return { evidence, notices };
}

async function writeChanged(tx: Tx, steps: readonly PersonStep[], at: Date): Promise<void> {
  const after = steps.map((step) => step.after);
  await importRepository.updatePeople(tx, after, at);
  const gone = steps.filter((step) => ["left", "moved"].includes(turnOf(step.before, step.after) ?? ""));
  const ids = gone.map(({ before }) => before.id);
  if (ids.length > 0) await endSessionsOf(tx, ids);
}

async function* piecesOf<Part extends PlanPart>(ask: AskReader, body: string, part: Part) {
  for (let from = 0; ;) {
    const piece = (await ask("part", { body, part, from })) as BodyPlan[Part];
    if (piece.length === 0) return;
    yield piece;
    from += piece.length;
  }
}

/** How long a checked list waits to be confirmed; no longer, since it holds everybody's details. */
const KEEP_FOR_MS = 4 * 60 * 60_000;

/** A checked list as its administrator sees it. */
export type PendingImport = Omit<importRepository.PendingImportRow, "content" | "personId">;

/**
 * Checks a list of people of the actor's body, and stores it for them until they confirm it.
 * @returns its id, or why it was not read; null for those who may not manage the directory
 */
export async function savePendingImport(actor: Actor, file: { name: string; bytes: Uint8Array }) {
  const scope = await scopeOf(actor);
  if (!scope) return null;
  const report = await checkList(file.bytes, scope).catch(busyProblem);
  if ("problem" in report) return report;
  const content = report.faultCount > 0 ? null : await promisify(gzip)(file.bytes);
  const id = randomBytes(16).toString("hex");
  const now = clock.now();
  const { body, personId } = actor;
  const row = { id, body, personId, fileName: file.name, content, report, createdAt: now, doneAt: null };
  await importRepository.insertPendingImport(getDatabase(), row, new Date(now.getTime() - KEEP_FOR_MS));
  return { id };
}

/** A list that the actor had checked; null if there is none, it is somebody else's or too old. */
export async function getPendingImport(actor: Actor, id: string): Promise<PendingImport | null> {
  if (!can(actor, "person.manage", actor) || !/^[0-9a-f]{32}$/.test(id)) return null;
  const row = await importRepository.findPendingImport(getDatabase(), { id, personId: actor.personId });
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
  const content = await importRepository.findPendingImportContent(getDatabase(), id);
  if (!content) return { code: "not-found" };
  const bytes = await promisify(gunzip)(content);
  const turn: ImportTurn = {
    isOpen: async (tx) =>
      (await importRepository.findPendingImport(tx, { id, personId: actor.personId }))?.doneAt === null,
    close: async (tx) => void (await importRepository.writeDone(tx, id, clock.now())),
  };
  const { fingerprint } = pending.report;
  const result = await importList(bytes, scope, { fingerprint, manyMayLeave, turn }).catch(busyProblem);
  if ("problem" in result) return { code: "busy", ...result };
  if (result.code === "closed") return { code: "done" };
  if (result.code === "changed" || result.code === "faulty") {
    await importRepository.writeReport(getDatabase(), id, result.report);
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
