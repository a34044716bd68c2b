import { grouped } from "#domain/base/list/grouped.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { listNoticesOf, listWaiting, writePassedOn, type NoticeRecord } from "./repository.ts";

export { listNotifiedSince } from "./repository.ts";

export type { NoticeRecord };

const DAY_MS = 24 * 60 * 60_000;
const NEWS_DAYS = 14;
const SHOWN = 10;

/** The actor's notices of the last two weeks, newest first. */
export async function listNews({ personId }: Actor): Promise<NoticeRecord[]> {
  const since = new Date(clock.now().getTime() - NEWS_DAYS * DAY_MS);
  return listNoticesOf(getDatabase(), personId, { since, take: SHOWN });
}

/** All the actor's notices, newest first. */
export const listOwnNotices = async ({ personId }: Actor): Promise<NoticeRecord[]> =>
  listNoticesOf(getDatabase(), personId);

/**
 * Takes the notices waiting for the digests of some people, in the transaction of these.
 * @param at recorded as the time they were passed on
 * @returns by person, the oldest first
 */
export async function takeWaiting(tx: Tx, personIds: readonly string[], at: Date) {
  const waiting = await listWaiting(tx, personIds);
  if (waiting.length > 0)
    await writePassedOn(
      tx,
      waiting.map(({ id }) => id),
      at,
    );
  return grouped(waiting, ({ personId }) => personId);
}
