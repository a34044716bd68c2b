import { setImmediate as giveWay } from "node:timers/promises";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, isOfficeTime } from "#domain/base/calendar/calendar.ts";
import { makeDigest, taskKey } from "#domain/gather/task/digest.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getHeadToNote, getThumbprintToNote } from "#server/evidence/journal/queries.ts";
import { findActors } from "#server/access/identity/queries.ts";
import { takeWaiting } from "#server/evidence/notice/queries.ts";
import { listTasksOf } from "#server/gather/task/queries.ts";
import { listWithoutDigest, lockDigestStates, writeConsidered } from "./repository.ts";
import { queueDigests, type NewDigest } from "#server/evidence/outbox/outbox.ts";

/** In one transaction. */
const PEOPLE_AT_ONCE = 100;
/** Written between two turns of others: requests are answered meanwhile. */
const DIGESTS_AT_ONCE = 10;

export interface DigestCount {
  looked: number;
  made: number;
}

interface DigestDay {
  day: string;
  holidays: ReadonlySet<string>;
  at: Date;
}

/**
 * Makes the digests of a working day: at most one for each person who has not left. Each batch of people is its own
 * transaction, so that a crash half-way or a second run leaves nobody out and sends nobody two. What is asked of the
 * database grows with the batches, not with the people in them.
 * @param at the present moment; nothing is made outside a body's office hours
 * @param take people in a batch
 * @throws Error at the end if some could not be made; the others were made
 */
export async function makeDigests(at: Date, take = PEOPLE_AT_ONCE): Promise<DigestCount> {
  const count: DigestCount = { looked: 0, made: 0 };
  const failures: unknown[] = [];
  const day = calendarDay(at);
  for (const body of (await loadContent()).bodies) {
    const of: DigestDay = { day, holidays: holidaysAround(body, day), at };
    if (!isOfficeTime(at, of.holidays)) continue;
    for (let after = ""; ;) {
      const people = await listWithoutDigest(getDatabase(), { body: body.slug, day, after, take });
      const last = people.at(-1);
      if (last === undefined) break;
      await makeEach(people, of, count, failures);
      after = last;
    }
  }
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `The digests of ${failures.length} people could not be made; ${count.made} were.`,
    );
  return count;
}

/** If the digests of a batch cannot be made, each is tried by itself, so that one person's fault is nobody else's. */
async function makeEach(people: readonly string[], of: DigestDay, count: DigestCount, failures: unknown[]) {
  try {
    count.made += await makeDigestsOf(people, of);
    count.looked += people.length;
  } catch (error) {
    if (people.length === 1) return void failures.push(error);
    for (const personId of people) await makeEach([personId], of, count, failures);
  }
}

/** @returns for how many of them there was something to say that had not been said yet */
async function makeDigestsOf(people: readonly string[], of: DigestDay): Promise<number> {
  const actors = await findActors(people);
  const tasksOf = await listTasksOf(actors);
  const { name } = (await loadContent()).branding;
  const noted = new Map<string, Noted>();
  for (const actor of actors) noted.set(actor.personId, await listToNote(actor));
  return getDatabase().$transaction(
    async (tx) => {
      const ids = actors.map(({ personId }) => personId);
      const states = await lockDigestStates(tx, ids);
      const waiting = actors.filter(({ personId }) => (states.get(personId)?.day ?? of.day) < of.day);
      const notices = await takeWaiting(
        tx,
        waiting.map(({ personId }) => personId),
        of.at,
      );
      const considered: { personId: string; taskKeys: string[] }[] = [];
      const digests: NewDigest[] = [];
      for (const [number, actor] of waiting.entries()) {
        if (number % DIGESTS_AT_ONCE === 0) await giveWay();
        const { personId, body } = actor;
        const tasks = tasksOf(actor);
        considered.push({ personId, taskKeys: tasks.map(taskKey) });
        const state = states.get(personId);
        if (!state || state.offSince !== null) continue;
        const input = { tasks, notices: notices.get(personId) ?? [], earlierKeys: state.taskKeys };
        const content = makeDigest({
          ...input,
          ...noted.get(personId),
          name,
          today: of.day,
          at: of.at,
          holidays: of.holidays,
        });
        if (content) digests.push({ body, personId, day: of.day, content });
      }
      await writeConsidered(tx, of.day, considered);
      await queueDigests(tx, digests, of.at);
      return digests.length;
    },
    { maxWait: 30_000, timeout: 30_000 },
  );
}

type Noted = Pick<Parameters<typeof makeDigest>[0], "evidenceHead" | "thumbprint">;

const listToNote = async (actor: Actor): Promise<Noted> => ({
  evidenceHead: await getHeadToNote(actor),
  thumbprint: await getThumbprintToNote(actor),
});

/** What is overdue is counted from years that are over, too. */
const holidaysAround = (body: Body, day: string): ReadonlySet<string> =>
  daysOff(body, addDays(day, -800), `${Number(day.slice(0, 4)) + 1}-12-31`);
