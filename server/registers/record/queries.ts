import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { z } from "zod";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Asked, ListPage, PageCursor } from "#domain/base/list/page.ts";
import {
  mayCorrectRecord,
  mayReadRecord,
  RECORD_STEPS,
  textsOfRecord,
  type RecordStep,
} from "#domain/registers/record/record.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import { findHoldsAbout, listHoldsOnDeletion, listHeldIds } from "#server/registers/hold/deletion-queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { titles } from "#server/policy/policy/queries.ts";
import {
  countRecordsOf,
  findRecord,
  foundRecordList,
  listRecordGroupsOf,
  listGroupsWithRecords,
  listRecordsOf,
  ownRecordList,
  type ListedRecord,
  type StoredRecord,
  listToDecide,
} from "./repository.ts";
import { newTask, ANSWER_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";

export type { ListedRecord, StoredRecord } from "./repository.ts";

/** @param record the record being corrected: its group stays a choice, even if the actor is no longer in it */
export async function getSetting(actor: Actor, record?: Pick<StoredRecord, "group">) {
  const [body, own] = await Promise.all([
    getOwnBody(actor),
    listRecordGroupsOf(getDatabase(), actor.body, actor.personId),
  ]);
  if (!body) return null;
  const before = record?.group ?? null;
  const groups = before && own.every(({ id }) => id !== before.id) ? [...own, before] : own;
  const references = groups.map(({ reference }) => reference);
  return { body, groups, rules: { schedule: body.retentionSchedule, groups: references, today: today() } };
}

/** The options of a form about a record, which also serve to check it. */
export type Setting = NonNullable<Awaited<ReturnType<typeof getSetting>>>;

/** One record; null if it does not exist or the actor may not read it, with no difference between the two. */
export async function getRecord(actor: Actor, typed: string) {
  const reference = parseReference("REC", typed);
  const [record, body] = await Promise.all([
    reference && findRecord(getDatabase(), actor.body, reference),
    getOwnBody(actor),
  ]);
  if (!record || !body || !mayReadRecord(actor, record)) return null;
  const { revisions, ...head } = record;
  const due = isDue(record, today());
  const mayDispose = due && can(actor, "record.dispose", record);
  const tx = getDatabase();
  const texts = textsOfRecord(record);
  return {
    ...head,
    isMine: record.personId === actor.personId,
    /** The policy that was checked before; null if none was. */
    policyTitle: record.policy === null ? null : (await titles())(record.policy, record.version ?? ""),
    mayCorrect: mayCorrectRecord(actor, record),
    /** Its retention has ended, and nobody has decided on it; and whether the reader decides on its disposal, now. */
    isDue: due,
    mayDispose,
    /** Holds that prevent deleting it, or its copy in the chat. */
    holds: await listHoldsOnDeletion(record, record.groupId, texts, tx),
    /** Holds on people whom it may name, for whoever decides on its disposal: they look first. */
    perhapsHeld: mayDispose ? (await findHoldsAbout(tx, record.body, texts)).doubtful : [],
    nation: body.nation,
    history: revisions.map(({ at, person, step, reason, before }) => ({
      at,
      reason,
      step: stepOf(step),
      before: before === null ? null : beforeSchema.parse(before),
      by: person.id === actor.personId ? "You" : person.name,
    })),
  };
}

/** A record as shown to those who may read it. */
export type RecordView = NonNullable<Awaited<ReturnType<typeof getRecord>>>;

const beforeSchema = z.record(z.string(), z.string().nullable());

function stepOf(stored: string): RecordStep {
  const step = Object.keys(RECORD_STEPS).find((one): one is RecordStep => one === stored);
  if (!step) throw new Error(`A stored step is not known: ${stored}.`);
  return step;
}

/** A page of the actor's own records, the newest first. */
export const getOwnRecords = async (actor: Actor, cursor: PageCursor): Promise<ListPage<ListedRecord>> =>
  readPage(ownRecordList(getDatabase(), actor.body, actor.personId), cursor);

/** All of the actor's own records, the newest first. */
export const listOwnRecords = async (actor: Actor) => listRecordsOf(getDatabase(), actor.body, actor.personId);

export const countOwnRecords = async (actor: Actor) => countRecordsOf(getDatabase(), actor.body, actor.personId);

const MOST_GROUPS = 50;

/**
 * All records of the body by `q`, `person`, the days `from` and `until`, `group`, `class` and `standing`; null for those
 * who may not.
 */
export async function getRecordRegister(actor: Actor, asked: Asked) {
  if (!can(actor, "record.read-register", actor)) return null;
  const tx = getDatabase();
  const [groups, body] = await Promise.all([listGroupsWithRecords(tx, actor.body, MOST_GROUPS + 1), getOwnBody(actor)]);
  return {
    ...registerOver(foundRecordList(tx, actor.body, asked, { today: today() }), (records) => [...records]),
    /** The groups that records are about; null where there are too many to choose from. */
    groups: groups.length > MOST_GROUPS ? null : groups,
    schedule: body?.retentionSchedule ?? [],
    nation: body?.nation ?? "uk",
    today: today(),
    /** Whether the reader decides what becomes of those whose retention has ended. */
    mayDispose: can(actor, "record.dispose", actor),
  };
}

export type RecordRegister = NonNullable<Awaited<ReturnType<typeof getRecordRegister>>>;

const today = (): string => clock.today();

/** Tasks for governance officers: records whose retention has ended and that no hold keeps, and those without a class. */
export async function listRecordTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "record.dispose", actor)) return [];
  const today = clock.today();
  const tx = getDatabase();
  const [body, found] = await Promise.all([getOwnBody(actor), listToDecide(tx, actor.body, today, MOST_TASKS + 1)]);
  if (!body) return [];
  const due = found.filter(({ keepUntil }) => isDue({ keepUntil, disposedAt: null }, today));
  const held = await listHeldIds(
    tx,
    actor.body,
    due.map((record) => ({ ...record, texts: textsOfRecord(record) })),
  );
  const waiting = found.filter(({ id }) => !held.has(id));
  const dueFrom = (from: string) => workingDayAfter(body, from, ANSWER_WITHIN_WORKING_DAYS);
  return waiting.map(({ reference, className, keepUntil, capturedAt }): Task => {
    if (keepUntil !== null && isDue({ keepUntil, disposedAt: null }, today))
      return newTask("dispose-record", reference, {
        title: `Dispose of ${reference}, or keep it longer`,
        reason: `${className ?? "It"}: kept until ${dateInWords(keepUntil)}.`,
        // A record captured late may have reached the end of its retention on that day.
        due: dueFrom([keepUntil, calendarDay(capturedAt)].sort().at(-1) ?? today),
        href: `/records/${reference}/disposal`,
      });
    return newTask("classify-record", reference, {
      title: `Choose how long ${reference} is kept`,
      reason: "The person who captured it was not sure.",
      due: dueFrom(calendarDay(capturedAt)),
      href: `/records/${reference}/correct`,
    });
  });
}
