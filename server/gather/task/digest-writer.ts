import "server-only";
import { calendarDay, isOfficeTime } from "#domain/base/calendar/calendar.ts";
import { makeDigest, taskKey } from "#domain/gather/task/digest.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { bankHolidays } from "#server/base/calendar/bank-holidays.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getHeadToNote, getThumbprintToNote } from "#server/evidence/journal/queries.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { takeWaiting } from "#server/evidence/notice/queries.ts";
import { listTasks } from "#server/gather/task/queries.ts";
import { listWithoutDigest, lockDigestState, writeDigestState } from "./digest-repository.ts";
import { queueDigest } from "#server/evidence/outbox/outbox.ts";

const PEOPLE_AT_ONCE = 200;

export interface DigestCount {
  looked: number;
  made: number;
}

/**
 * Makes the digests of a working day: at most one for each person who has not left. Each person's is its own
 * transaction, so that a crash half-way or a second run leaves nobody out and sends nobody two.
 * @param at the present moment; nothing is made outside a body's office hours
 * @throws Error at the end if some could not be made; the others were made
 */
export async function makeDigests(at: Date): Promise<DigestCount> {
  const count: DigestCount = { looked: 0, made: 0 };
  const failures: unknown[] = [];
  const day = calendarDay(at);
  for (const body of (await loadContent()).bodies) {
    const holidays = holidaysAround(body, day);
    if (!isOfficeTime(at, holidays)) continue;
    for (let after = ""; ;) {
      const people = await listWithoutDigest(getDatabase(), { body: body.slug, day, after, take: PEOPLE_AT_ONCE });
      for (const personId of people) {
        try {
          if (await makeDigestOf(personId, day, holidays, at)) count.made++;
          count.looked++;
        } catch (error) {
          failures.push(error);
        }
      }
      const last = people.at(-1);
      if (last === undefined) break;
      after = last;
    }
  }
  if (failures.length > 0) {
    console.error(`The digests of ${failures.length} people could not be made. The first reason:`, failures[0]);
    throw new Error(`The digests of ${failures.length} people could not be made; ${count.made} were.`);
  }
  return count;
}

/** @returns whether there was something to say that had not been said yet */
async function makeDigestOf(personId: string, day: string, holidays: ReadonlySet<string>, at: Date): Promise<boolean> {
  const actor = await findActor(personId);
  if (actor === null) return false;
  const tasks = await listTasks(actor);
  const evidenceHead = await getHeadToNote(actor);
  const thumbprint = await getThumbprintToNote(actor);
  return getDatabase().$transaction(async (tx) => {
    const state = await lockDigestState(tx, personId);
    if (state.day >= day) return false;
    const notices = await takeWaiting(tx, personId, at);
    await writeDigestState(tx, personId, { day, taskKeys: tasks.map(taskKey) });
    if (state.offSince !== null) return false;
    const toNote = { evidenceHead, thumbprint };
    const content = makeDigest({ tasks, notices, earlierKeys: state.taskKeys, today: day, holidays, ...toNote });
    if (content) await queueDigest(tx, { body: actor.body, personId, day, content }, at);
    return content !== null;
  });
}

function holidaysAround({ nation }: Body, day: string): ReadonlySet<string> {
  return bankHolidays(nation, day, `${Number(day.slice(0, 4)) + 1}-12-31`);
}
