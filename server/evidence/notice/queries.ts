import "server-only";
import { grouped } from "#domain/base/list/grouped.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listNoticesOf, listNotified, listWaiting, writePassedOn, type NoticeRecord } from "./repository.ts";

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
export async function listOwnNotices({ personId }: Actor): Promise<NoticeRecord[]> {
  return listNoticesOf(getDatabase(), personId);
}

/** Ids of people who got this kind of notice about a page since then: for services that avoid repeating it. */
export async function listNotifiedSince(
  tx: Prisma.TransactionClient,
  { kind, href }: Pick<Notice, "kind" | "href">,
  since: Date,
): Promise<string[]> {
  return listNotified(tx, { kind, href, since });
}

/**
 * Takes the notices waiting for the digests of some people, in the transaction of these.
 * @param at recorded as the time they were passed on
 * @returns by person, the oldest first
 */
export async function takeWaiting(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  at: Date,
): Promise<Map<string, NoticeRecord[]>> {
  const waiting = await listWaiting(tx, personIds);
  if (waiting.length > 0)
    await writePassedOn(
      tx,
      waiting.map(({ id }) => id),
      at,
    );
  return grouped(waiting, ({ personId }) => personId);
}
