import "server-only";
import { z } from "zod";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Asked, ListPage, PageCursor, Register } from "#domain/base/list/page.ts";
import type { StandingHold } from "#domain/registers/hold/hold.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import {
  mayCorrectRecord,
  mayReadRecord,
  RECORD_STEPS,
  textsOfRecord,
  type RecordStep,
} from "#domain/registers/record/record.ts";
import { isDue, type RetentionClass } from "#domain/policy/policy/retention-class.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import { findHoldsAbout, listHoldsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
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
} from "./repository.ts";

export type { ListedRecord, StoredRecord } from "./repository.ts";

/** The options of a form about a record, which also serve to check it. */
export interface Setting {
  body: Body;
  /** Registered groups that may be chosen. */
  groups: readonly { id: string; reference: string; name: string }[];
  rules: { schedule: readonly RetentionClass[]; groups: readonly string[]; today: string };
}

/** @param record the record being corrected: its group stays a choice, even if the actor is no longer in it */
export async function getSetting(actor: Actor, record?: Pick<StoredRecord, "group">): Promise<Setting | null> {
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

/** A record as shown to those who may read it. */
export interface RecordView extends Omit<StoredRecord, "revisions"> {
  isMine: boolean;
  /** The policy that was checked before; null if none was. */
  policyTitle: string | null;
  mayCorrect: boolean;
  /** Its retention has ended, and nobody has decided on it. */
  isDue: boolean;
  /** Whether the reader decides on its disposal, now. */
  mayDispose: boolean;
  /** Holds that prevent deleting it, or its copy in the chat. */
  holds: readonly StandingHold[];
  /** Holds on people whom it may name, for whoever decides on its disposal: they look first. */
  perhapsHeld: readonly StandingHold[];
  nation: Body["nation"];
  history: {
    at: Date;
    by: string;
    step: RecordStep;
    reason: string | null;
    /** What stood before, by field. */
    before: Readonly<Record<string, string | null>> | null;
  }[];
}

/** One record; null if it does not exist or the actor may not read it, with no difference between the two. */
export async function getRecord(actor: Actor, typed: string): Promise<RecordView | null> {
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
    policyTitle: record.policy === null ? null : (await titles())(record.policy, record.version ?? ""),
    mayCorrect: mayCorrectRecord(actor, record),
    isDue: due,
    mayDispose,
    holds: await listHoldsOnDeletion(record, record.groupId, texts, tx),
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

const beforeSchema = z.record(z.string(), z.string().nullable());

function stepOf(stored: string): RecordStep {
  const step = Object.keys(RECORD_STEPS).find((one): one is RecordStep => one === stored);
  if (!step) throw new Error(`A stored step is not known: ${stored}.`);
  return step;
}

/** A page of the actor's own records, the newest first. */
export async function getOwnRecords(actor: Actor, cursor: PageCursor): Promise<ListPage<ListedRecord>> {
  return readPage(ownRecordList(getDatabase(), actor.body, actor.personId), cursor);
}

/** All of the actor's own records, the newest first. */
export async function listOwnRecords(actor: Actor): Promise<StoredRecord[]> {
  return listRecordsOf(getDatabase(), actor.body, actor.personId);
}

export async function countOwnRecords(actor: Actor): Promise<number> {
  return countRecordsOf(getDatabase(), actor.body, actor.personId);
}

export interface RecordRegister extends Register<ListedRecord> {
  /** The groups that records are about; null where there are too many to choose from. */
  groups: { reference: string; name: string }[] | null;
  schedule: readonly RetentionClass[];
  nation: Body["nation"];
  today: string;
  /** Whether the reader decides what becomes of those whose retention has ended. */
  mayDispose: boolean;
}

const MOST_GROUPS = 50;

/**
 * All records of the body by `q`, `person`, the days `from` and `until`, `group`, `class` and `standing`; null for those
 * who may not.
 */
export async function getRecordRegister(actor: Actor, asked: Asked): Promise<RecordRegister | null> {
  if (!can(actor, "record.read-register", actor)) return null;
  const tx = getDatabase();
  const [groups, body] = await Promise.all([listGroupsWithRecords(tx, actor.body, MOST_GROUPS + 1), getOwnBody(actor)]);
  return {
    ...registerOver(foundRecordList(tx, actor.body, asked, { today: today() }), (records) => [...records]),
    groups: groups.length > MOST_GROUPS ? null : groups,
    schedule: body?.retentionSchedule ?? [],
    nation: body?.nation ?? "uk",
    today: today(),
    mayDispose: can(actor, "record.dispose", actor),
  };
}

function today(): string {
  return calendarDay(clock.now());
}
