import { eventBy } from "#domain/evidence/journal/event.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { dayProblems, problemIf, textProblems, type TypedDate } from "#domain/base/form/form-values.ts";
import { HOLD_ANSWERS, mayDelete } from "#domain/registers/hold/hold.ts";
import { LONGEST_RECORD_REASON, textsOfRecord } from "#domain/registers/record/record.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Prisma } from "#server/base/db/database.ts";
import { eraseEvidenceText } from "#server/evidence/journal/erase.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import * as repository from "./repository.ts";
import { addRecordStep, nothing, tellCapturer, today, type ChangeResult } from "./service.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { readEvery } from "#server/base/db/list-page.ts";

export type DeletionResult =
  | ChangeResult
  /** A hold is in force, or somebody knows of a request or is not sure: nothing was recorded as deleted. */
  | { code: "held" };

const HOLD_MISSING = "Say whether anybody has asked for these messages.";

/** Records that whoever captured a record has deleted the copy in the chat. A hold or a doubt prevents it. */
export async function deleteChatCopy(actor: Actor, reference: string, typed: string): Promise<DeletionResult> {
  const record = await repository.findRecord(getDatabase(), actor.body, reference);
  if (record?.personId !== actor.personId || record.disposedAt !== null) return { code: "not-found" };
  if (record.chatDeletedAt !== null) return { code: "done" };
  const answer = HOLD_ANSWERS.find((one) => one === typed);
  if (!answer) return { code: "invalid", problems: [{ field: "holdAnswer", message: HOLD_MISSING }] };
  const at = clock.now();
  return transact(async (tx): Promise<Change<DeletionResult>> => {
    const holds = await holdsOnDeletion(tx, actor, record.groupId, textsOfRecord(record));
    if (!mayDelete(holds, answer)) return stopped(record, actor, at, answer, holds.length);
    if (!(await repository.updateRecord(tx, record, { chatDeletedAt: at }))) return nothing("too-late");
    await addRecordStep(tx, record, actor, at, "chat-copy-deleted");
    const event = eventBy(actor, at, "record.chat-copy-deleted", record.reference, { data: { holdAnswer: answer } });
    return { result: { code: "done" }, evidence: [event] };
  });
}

/** Keeps a record that could be disposed of until a later day. @param seen the revision that the form showed */
export async function keepLonger(
  actor: Actor,
  reference: string,
  { seen, until, reason }: { seen: number; until: TypedDate; reason: string },
  reasonField = "keepReason",
): Promise<ChangeResult> {
  const record = await findDue(actor, reference);
  if (!record) return { code: "not-found" };
  const problems = [
    ...dayProblems("until", until, "Enter the day until which it is kept."),
    ...problemIf(until.kind === "day" && until.day <= today(), "until", "The day must be later than today."),
    ...textProblems(reasonField, reason, "Say why it is kept longer.", LONGEST_RECORD_REASON),
  ];
  if (problems.length > 0 || until.kind !== "day") return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<ChangeResult>> => {
    if (!(await repository.updateRecord(tx, { id: record.id, revision: seen }, { keepUntil: until.day })))
      return nothing("too-late");
    await addRecordStep(tx, record, actor, at, "kept-longer", { reason, before: { keepUntil: record.keepUntil } });
    const said = { data: { until: until.day }, detail: { reason } };
    return {
      result: { code: "done" },
      evidence: [eventBy(actor, at, "record.kept-longer", record.reference, said)],
      notices: tellCapturer(actor, record, "is kept longer"),
    };
  });
}

/**
 * Disposes of a record at the end of its retention: its text is erased here and beside the evidence. The log stays:
 * reference, class, days, and who decided. A hold on the group, on whoever captured it, or on people and words that it names prevents this.
 */
export async function disposeRecord(
  actor: Actor,
  reference: string,
  { seen, holdAnswer, reason }: { seen: number; holdAnswer: string; reason: string },
): Promise<DeletionResult> {
  const record = await findDue(actor, reference);
  if (!record) return { code: "not-found" };
  const answer = HOLD_ANSWERS.find((one) => one === holdAnswer);
  const problems = [
    ...problemIf(!answer, "holdAnswer", HOLD_MISSING),
    ...textProblems("reason", reason, null, LONGEST_RECORD_REASON),
  ];
  if (problems.length > 0 || !answer) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<DeletionResult>> => {
    const { body, personId, groupId } = record;
    const holds = await holdsOnDeletion(tx, { body, personId }, groupId, textsOfRecord(record));
    if (!mayDelete(holds, answer)) return stopped(record, actor, at, answer, holds.length);
    const gone = { ...NO_TEXT, disposedAt: at, disposedById: actor.personId };
    if (!(await repository.updateRecord(tx, { id: record.id, revision: seen }, gone))) return nothing("too-late");
    await repository.eraseRevisions(tx, record.id);
    await eraseEvidenceText(tx, { body: record.body, subject: record.reference });
    await addRecordStep(tx, record, actor, at, "disposed", { reason: reason === "" ? null : reason });
    const { classId, keepUntil } = record;
    const data = { class: classId, keepUntil, holdAnswer: answer };
    const said = { data, ...(reason !== "" && { detail: { reason } }) };
    return {
      result: { code: "done" },
      evidence: [eventBy(actor, at, "record.disposed", record.reference, said)],
      notices: tellCapturer(actor, record, "was disposed of"),
    };
  });
}

/** What became of several records: how many the decision changed, and how many it left, for a hold for instance. */
export type ManyResult =
  | Extract<DeletionResult, { code: "invalid" | "not-found" }>
  | { code: "refused"; message: string }
  | { code: "done"; done: number; left: number };

/**
 * One decision on several records, each by itself and with its own evidence: what one of them refuses does not stop the
 * others.
 * @param chosen references, each with the revision that the form showed: "REC-2222-2222 1"
 */
export async function decideOnRecords(
  actor: Actor,
  chosen: readonly string[],
  decide: (reference: string, seen: number) => Promise<DeletionResult>,
): Promise<ManyResult> {
  if (!can(actor, "record.dispose", actor)) return { code: "not-found" };
  if (chosen.length === 0) return { code: "refused", message: "Tick the records to decide on." };
  let done = 0;
  for (const one of new Set(chosen)) {
    const [reference = "", seen] = one.split(" ");
    const result = await decide(reference, Number(seen));
    if (result.code === "invalid") return result;
    if (result.code === "done") done += 1;
  }
  return { code: "done", done, left: new Set(chosen).size - done };
}

const NO_TEXT = {
  about: "",
  chat: "",
  participants: "",
  content: "",
  system: "",
  systemReference: "",
} satisfies Prisma.CapturedRecordUncheckedUpdateManyInput;

async function findDue(actor: Actor, reference: string): Promise<repository.StoredRecord | null> {
  if (!can(actor, "record.dispose", actor)) return null;
  const record = await repository.findRecord(getDatabase(), actor.body, reference);
  return record && (isDue(record, today()) || record.disposedAt !== null) ? record : null;
}

/** Evidence that somebody was about to delete and was stopped: their answer, and how many holds were in force. */
function stopped(
  record: repository.StoredRecord,
  actor: Actor,
  at: Date,
  holdAnswer: string,
  holds: number,
): Change<{ code: "held" }> {
  const event = eventBy(actor, at, "record.deletion-stopped", record.reference, { data: { holdAnswer, holds } });
  return { result: { code: "held" }, evidence: [event] };
}

/**
 * All results of a search as a file, with evidence of who exported it; null for those who may not. The records are read
 * while they are taken.
 */
export async function exportRecords(actor: Actor, asked: Asked) {
  if (!can(actor, "record.read-register", actor)) return null;
  const at = clock.now();
  const day = calendarDay(at);
  const fileName = `captured-records-${day}`;
  const listIn = (tx: Parameters<typeof repository.foundRecordList>[0]) =>
    repository.foundRecordList(tx, actor.body, asked, { today: day, until: at });
  await transact(async (tx) => {
    const records = await repository.countRecords(tx, listIn(tx));
    const said = { data: { records }, detail: { search: new URLSearchParams(asked).toString() } };
    return { result: undefined, evidence: [eventBy(actor, at, "record.exported", `${fileName}.csv`, said)] };
  });
  return { fileName, records: readEvery(listIn(getDatabase())) };
}
