import type { Outcome, Started } from "#domain/base/form/outcome.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import {
  LONGEST_RECORD_REASON,
  mayCorrectRecord,
  recordProblems,
  textOf,
  type RecordDraft,
  type RecordStep,
} from "#domain/registers/record/record.ts";
import { endBegun } from "#server/access/form-input/begun-effects.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Prisma, type Tx } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { findOnePerson } from "#server/people/directory/queries.ts";
import { findRequestToCaptureFor } from "#server/registers/information-request/queries.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { getSetting, type Setting } from "./queries.ts";
import { findRecord, insertRecord, insertRevision, updateRecord, type StoredRecord } from "./repository.ts";

/** What the form sent. */
export interface SentRecord {
  /** Made by the page, so that sending its form twice captures one. */
  startKey: string;
  draft: RecordDraft;
  /** The wizard result that it came from; null if none. */
  origin: { slug: string; answers: Answers } | null;
  /** Reference of the information request that it is captured for, as typed; "" if none. */
  request?: string;
}

/** Captures a record. A policy that the actor cannot read is left out. */
export async function captureRecord(actor: Actor, sent: SentRecord): Promise<Started<"captured">> {
  const { startKey, draft, origin } = sent;
  const setting = await getSetting(actor);
  if (!setting || !can(actor, "record.capture", actor)) return { code: "not-found" };
  const principal = await findPrincipal(actor, draft);
  const problems = [...recordProblems(draft, setting.rules), ...principal.problems];
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body, personId } = actor;
  const { principalId } = principal;
  const text = textOf(draft, setting.rules.schedule);
  const groupId = groupIdOf(setting, draft);
  const from = origin && (await originOf(actor, origin));
  const request = await findRequestToCaptureFor(actor, sent.request ?? "");
  const requestId = request?.id ?? null;
  return startEntry("REC", { personId, startKey }, { code: "captured" }, async (tx, entry) => {
    const { id, reference } = entry;
    const head = { ...entry, body, personId, requestId, principalId, capturedAt: at };
    await insertRecord(tx, { ...head, ...text, groupId, ...from });
    await addRecordStep(tx, { id }, actor, at, "captured");
    const begun = await endBegun(tx, personId, startKey, at);
    const evidence = eventBy(actor, at, "record.captured", reference, {
      on: from ? { policy: from.policy, version: from.version, hash: from.hash } : undefined,
      data: {
        class: text.classId,
        keepUntil: text.keepUntil,
        method: text.method,
        principal: principalId,
        ...(request && { request: request.reference }),
        ...begun,
      },
      detail: { ...text, group: draft.group },
    });
    const notices = principalId === null ? [] : [onBehalf(actor, principalId, reference, text.about)];
    return { evidence: [evidence], notices: notices };
  });
}

/** On whose behalf it is captured: who is told, and can read it. Nobody captures for themselves in this way. */
async function findPrincipal(
  actor: Actor,
  { principal }: RecordDraft,
): Promise<{ principalId: string | null; problems: FieldProblem[] }> {
  if (principal === "") return { principalId: null, problems: [] };
  const found = await findOnePerson(actor, principal);
  if ("message" in found) return { principalId: null, problems: [{ field: "principal", message: found.message }] };
  return { principalId: found.id === actor.personId ? null : found.id, problems: [] };
}

const onBehalf = ({ body, name }: Actor, to: string, reference: string, about: string): Notice => ({
  body,
  to,
  kind: "record-on-behalf",
  href: `/records/${reference}`,
  subject: `${name} captured a record on your behalf: ${reference}`,
  paragraphs: [`About: ${about}`, "Read it, and tell them if something in it is wrong."],
});

export type ChangeResult = Outcome<"done" | "too-late">;

/** Corrects a record; the previous values stay in its history. @param seen the revision that the form showed */
export async function correctRecord(
  actor: Actor,
  reference: string,
  { seen, draft, reason }: { seen: number; draft: RecordDraft; reason: string },
): Promise<ChangeResult> {
  const record = await findRecord(getDatabase(), actor.body, reference);
  if (!record || !mayCorrectRecord(actor, record)) return { code: "not-found" };
  const setting = await getSetting(actor, record);
  if (!setting) return { code: "not-found" };
  const problems = [
    ...recordProblems(draft, setting.rules),
    ...textProblems("reason", reason, "Say why you are correcting it.", LONGEST_RECORD_REASON),
  ];
  if (problems.length > 0) return { code: "invalid", problems };
  if (seen !== record.revision) return { code: "too-late" };
  const at = clock.now();
  const text = textOf(draft, setting.rules.schedule);
  // An officer may have extended its retention beyond its class; that stays unless the starting day of the class
  // changes.
  const isSameTerm =
    text.classId !== null &&
    (["classId", "saidOn", "eventOn"] as const).every((field) => text[field] === record[field]);
  const keepUntil = isSameTerm ? record.keepUntil : text.keepUntil;
  const next = { ...text, keepUntil, groupId: groupIdOf(setting, draft) };
  return transact(async (tx): Promise<Change<ChangeResult>> => {
    if (!(await updateRecord(tx, { id: record.id, revision: seen }, next))) return nothing("too-late");
    // The values before this change, which the revision guarantees.
    await addRecordStep(tx, record, actor, at, "corrected", { reason, before: whatStood(record) });
    const fields = Object.entries(next).filter(([name, value]) => value !== { ...record }[name]);
    const event = eventBy(actor, at, "record.corrected", record.reference, {
      data: { fields: fields.map(([name]) => name).join(" "), class: text.classId, keepUntil },
      detail: { reason, ...text, keepUntil },
    });
    return { result: { code: "done" }, evidence: [event], notices: tellCapturer(actor, record, "was corrected") };
  });
}

function whatStood(record: StoredRecord): Prisma.InputJsonObject {
  const { about, saidOn, saidTime, method, chat, participants, content, system, systemReference } = record;
  const text = { about, saidOn, saidTime, method, chat, participants, content, system, systemReference };
  const { className, keepUntil, eventOn, group } = record;
  return { ...text, className, keepUntil, eventOn, group: group?.name ?? null };
}

const groupIdOf = ({ groups }: Setting, { group }: RecordDraft): string | null =>
  groups.find(({ reference }) => reference === group)?.id ?? null;

async function originOf(actor: Actor, { slug, answers }: { slug: string; answers: Answers }) {
  const policy = await getPolicy(actor, slug);
  if (!policy) return null;
  const { version, hash, table } = policy.version;
  const known = table.facts.flatMap(({ name, answers: possible }) => {
    const answer = answers[name];
    return answer !== undefined && possible.includes(answer) ? [[name, answer] as const] : [];
  });
  return { policy: slug, version, hash, situation: Object.fromEntries(known) };
}

/** Writes a step into a record's history. */
export async function addRecordStep(
  tx: Tx,
  record: Pick<StoredRecord, "id">,
  { personId }: Actor,
  at: Date,
  step: RecordStep,
  { reason = null, before }: { reason?: string | null; before?: Prisma.InputJsonObject } = {},
): Promise<void> {
  const row = { id: randomUUID(), recordId: record.id, at, personId, step, reason };
  await insertRevision(tx, { ...row, ...(before && { before }) });
}

/** Tells whoever captured a record what somebody else did with it. */
export function tellCapturer(actor: Actor, { reference, personId }: StoredRecord, what: string): Notice[] {
  const words = "You captured it. Its page says who did that, and why.";
  return tellOwner(actor, personId, { subject: `${reference} ${what}`, words, href: `/records/${reference}` });
}

export const nothing = <Code extends string>(code: Code): Change<{ code: Code }> => ({
  result: { code },
  evidence: [],
});

/** Today, for the rules. */
export const today = (): string => clock.today();
