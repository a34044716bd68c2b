import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { calendarDay } from "#domain/calendar/calendar.ts";
import { addedEvent, changeEvents, turnOf } from "#domain/directory/change.ts";
import { IMPORT_FIELDS, readHeader } from "#domain/directory/import-column.ts";
import type { ImportReport } from "#domain/directory/import-report.ts";
import { planImport, type BodyPlan } from "#domain/directory/import-plan.ts";
import { readRow, type ImportBody, type ImportRow, type RowFault } from "#domain/directory/import-row.ts";
import { PORTAL_ACTOR, type EvidenceEvent } from "#domain/evidence/event.ts";
import type { Notice } from "#domain/notice/notice.ts";
import { endTokensOfFormerMakers } from "#server/api-token/end-service.ts";
import { clock } from "#server/clock.ts";
import { getDatabase } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { transact, type Change } from "#server/evidence/transact.ts";
import { listPeopleInGroups, releaseFromGroups, returnToGroups } from "#server/group/leaver-service.ts";
import { endSessionsOf } from "#server/identity/service.ts";
import {
  insertPeople,
  insertTeams,
  listAllTeams,
  listEverybody,
  listTaken,
  updatePeople,
} from "./import-repository.ts";
import { fingerprintOf, MOST_FAULTS, reportOf } from "./import-report.ts";
import { readTable } from "./import-table.ts";
import { lockDirectory } from "./repository.ts";

type Tx = Prisma.TransactionClient;

/** Whose people a list may be about, and who brings it: an administrator for their own body, or the command for all. */
export interface ImportScope {
  bodies: readonly ImportBody[];
  /** Id of the administrator; null for the command. */
  actorId: string | null;
}

/** Is told how far it is: what is being done, and how many of how many. */
export type OnProgress = (doing: "people" | "evidence", done: number, of: number) => void;

/** A list that is confirmed by a form, which may be sent twice: asked and told once it is its turn. */
export interface ImportTurn {
  isOpen(tx: Tx): Promise<boolean>;
  close(tx: Tx): Promise<void>;
}

/** More than a list of so many people takes. */
const WITHIN_MS = 20 * 60_000;

interface Read {
  rows: ImportRow[];
  unknown: string[];
  faults: RowFault[];
  /** Whom the rows with faults are about, as far as they say. */
  faulty: { row: number; email: string }[];
}

/** Says what a list would do, and what is wrong with it. Writes nothing. */
export async function checkList(bytes: Uint8Array, scope: ImportScope): Promise<ImportReport> {
  const read = readList(bytes, scope.bodies);
  return (await plan(getDatabase(), read, scope)).report;
}

export type ImportResult =
  | { code: "done"; report: ImportReport }
  /** Something is wrong with the list; nothing was written. */
  | { code: "faulty"; report: ImportReport }
  /** So many would leave that it has to be confirmed; nothing was written. */
  | { code: "many-leave"; report: ImportReport }
  /** The directory changed since the check, so that the list does something else now; nothing was written. */
  | { code: "changed"; report: ImportReport };

/**
 * Carries a list out, all of it in one transaction or nothing. The same list again changes nothing.
 * @param options.fingerprint of the check that was confirmed; left out, whatever the list does now is done
 * @param options.manyMayLeave whether somebody has confirmed that so many have left
 */
export async function importList(
  bytes: Uint8Array,
  scope: ImportScope,
  options: { fingerprint?: string; manyMayLeave: boolean; onProgress?: OnProgress; turn?: ImportTurn },
): Promise<ImportResult | { code: "closed" }> {
  const read = readList(bytes, scope.bodies);
  const onProgress = options.onProgress ?? (() => {});
  let events = 0;
  return transact(
    async (tx): Promise<Change<ImportResult | { code: "closed" }>> => {
      for (const body of bodiesOf(read.rows)) await lockDirectory(tx, body);
      if (options.turn && !(await options.turn.isOpen(tx))) return { result: { code: "closed" }, evidence: [] };
      const { report, plans } = await plan(tx, read, scope);
      const stop = (code: "faulty" | "many-leave" | "changed") => ({ result: { code, report }, evidence: [] });
      if (report.faultCount > 0) return stop("faulty");
      if (options.fingerprint !== undefined && options.fingerprint !== report.fingerprint) return stop("changed");
      if (report.bodies.some(({ areMany }) => areMany) && !options.manyMayLeave) return stop("many-leave");
      const written = await carryOut(tx, plans, { scope, bytes, rows: read.rows, onProgress });
      events = written.evidence.length;
      await options.turn?.close(tx);
      return { result: { code: "done", report }, ...written };
    },
    { timeout: WITHIN_MS, onEvidence: (count) => onProgress("evidence", count, events) },
  );
}

/** The rows of a file that can be read each by itself, and the faults of those that cannot. */
function readList(bytes: Uint8Array, bodies: readonly ImportBody[]): Read {
  const table = readTable(bytes);
  const nothing = (...reasons: string[]): Read => ({
    ...{ rows: [], unknown: [], faulty: [], faults: reasons.map((reason) => ({ row: 1, field: null, reason })) },
  });
  if ("problem" in table) return nothing(table.problem);
  const { records, skipped } = table;
  const header = readHeader(records[0] ?? []);
  if (header.problems.length > 0) return nothing(...header.problems);
  if (bodies.length > 1 && !header.fields.includes("body"))
    return nothing(`There is no column “${IMPORT_FIELDS.body.label}”, and this portal serves several bodies. Add it, or name the one that the list is about.`); // prettier-ignore
  const faults: RowFault[] = [];
  const faulty: Read["faulty"] = [];
  const emailAt = header.fields.indexOf("email");
  const rows = records.slice(1).flatMap((cells, at): ImportRow[] => {
    const row = at + 2 + skipped;
    if (cells.every((cell) => cell.trim() === "")) return [];
    const noteFaulty = () => faulty.push({ row, email: cells[emailAt]?.trim().toLowerCase() ?? "" });
    if (cells.length !== header.fields.length && cells.slice(header.fields.length).some((cell) => cell.trim() !== "")) {
      faults.push({ row, field: null, reason: `It has ${cells.length} values, and the first line names ${header.fields.length} columns.` }); // prettier-ignore
      noteFaulty();
      return [];
    }
    if (cells.length < header.fields.length) {
      faults.push({ row, field: null, reason: `It has ${cells.length} of ${header.fields.length} values. Look for a missing separator.` }); // prettier-ignore
      noteFaulty();
      return [];
    }
    const named = header.fields.flatMap((field, column) => (field ? [[field, cells[column] ?? ""] as const] : []));
    const read = readRow(row, Object.fromEntries(named), bodies);
    if ("row" in read) return [read.row];
    faults.push(...read.faults);
    noteFaulty();
    return [];
  });
  if (rows.length === 0 && faults.length === 0) return nothing(`There is nobody in it: below the first line, give one line for each person, beginning with ${IMPORT_FIELDS.email.label}.`); // prettier-ignore
  return { rows, unknown: header.unknown, faults, faulty: faulty.filter(({ email }) => email !== "") };
}

/** In one order, so that two lists wait for each other rather than both. */
function bodiesOf(rows: readonly ImportRow[]): string[] {
  return [...new Set(rows.map(({ body }) => body))].sort();
}

async function plan(tx: Tx, { rows, unknown, faults: ofRows, faulty }: Read, { bodies, actorId }: ImportScope) {
  const slugs = bodiesOf(rows);
  const [people, teams, taken] = [
    await listEverybody(tx, slugs),
    await listAllTeams(tx, slugs),
    await listTaken(tx, rows.map(({ email }) => email), slugs), // prettier-ignore
  ];
  const today = calendarDay(clock.now());
  const directory = { people, teams, taken: new Set(taken) };
  const planned = planImport({ rows, faulty, bodies, directory, actorId, today, makeId: randomUUID });
  const faults = [...ofRows, ...planned.faults].sort((a, b) => a.row - b.row);
  // What faulty rows say is not known, so neither is who is missing.
  const plans = faults.length > 0 ? [] : planned.plans;
  const report: ImportReport = {
    ...{ rows: rows.length + new Set(ofRows.map(({ row }) => row)).size, unknown },
    ...{ faults: faults.slice(0, MOST_FAULTS), faultCount: faults.length },
    bodies: plans.flatMap((one) => bodies.flatMap((body) => (body.slug === one.body ? [reportOf(one, body)] : []))),
    fingerprint: fingerprintOf(plans, teams),
  };
  return { report, plans };
}

interface CarryingOut {
  scope: ImportScope;
  bytes: Uint8Array;
  rows: readonly ImportRow[];
  onProgress: OnProgress;
}

async function carryOut(tx: Tx, plans: readonly BodyPlan[], { scope, bytes, rows, onProgress }: CarryingOut) {
  // prettier-ignore
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  const at = clock.now();
  const said = { by: scope.actorId ?? PORTAL_ACTOR, at };
  const file = createHash("sha256").update(bytes).digest("hex");
  for (const { body, newTeams, added, changed, left, unchanged } of plans) {
    if (added.length + changed.length + left.length === 0) continue;
    const total = added.length + changed.length + left.length;
    await insertTeams(tx, newTeams.map((team) => ({ ...team, body }))); // prettier-ignore
    await insertPeople(tx, added, (count) => onProgress("people", count, total));
    const steps = [...changed, ...left];
    await updatePeople(tx, steps.map(({ after }) => after), at, (count) => onProgress("people", added.length + count, total)); // prettier-ignore
    const gone = steps.filter(({ before, after }) => ["left", "moved"].includes(turnOf(before, after) ?? ""));
    await endSessionsOf(tx, gone.map(({ before }) => before.id)); // prettier-ignore
    evidence.push({
      ...{ body, event: "people.imported", at, actor: said.by, subject: "people" },
      data: { file, rows: rows.filter((row) => row.body === body).length, added: added.length, changed: changed.length, left: left.length, unchanged }, // prettier-ignore
    });
    for (const { id, name } of newTeams)
      evidence.push({ body, event: "team.made", at, actor: said.by, subject: id, detail: { name } });
    for (const person of added) evidence.push(addedEvent(person, said));
    const inGroups = steps.length === 0 ? new Set<string>() : await listPeopleInGroups(tx, body);
    for (const { before, after } of steps) {
      const who = { body, personId: before.id };
      const turn = turnOf(before, after);
      if (turn === null || !inGroups.has(before.id)) {
        evidence.push(...changeEvents(before, after, said, 0));
      } else if (turn === "returned") {
        evidence.push(...changeEvents(before, after, said, 0), ...(await returnToGroups(tx, who, said)));
      } else {
        const released = await releaseFromGroups(tx, who, { ...said, reason: turn === "left" ? "left" : "changed-role" }); // prettier-ignore
        evidence.push(...changeEvents(before, after, said, released.count), ...released.evidence);
        notices.push(...released.notices);
      }
    }
    const tokens = await endTokensOfFormerMakers(tx, body, said);
    evidence.push(...tokens.evidence);
    notices.push(...tokens.notices);
  }
  return { evidence, notices };
}
