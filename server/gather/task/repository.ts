import type { DigestState, Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

/**
 * People in a body who have not left, are not away on the day, and whose digest of the day was not considered yet: the
 * next `take` after an id.
 */
export async function listWithoutDigest(
  tx: Tx,
  { body, day, after, take }: { body: string; day: string; after: string; take: number },
): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: {
      body,
      status: "active",
      id: { gt: after },
      absences: { none: { firstDay: { lte: day }, lastDay: { gte: day } } },
      OR: [{ digestState: null }, { digestState: { day: { lt: day } } }],
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take,
  });
  return rows.map(({ id }) => id);
}

/** `day`: the last working day that was considered, YYYY-MM-DD; "" before the first. */
export type DigestStateRecord = Pick<DigestState, "day" | "taskKeys" | "offSince">;

/** Somebody's state, created if missing and locked for this transaction: a second server waits here. */
export async function lockDigestState(tx: Tx, personId: string): Promise<DigestStateRecord> {
  const state = (await lockDigestStates(tx, [personId])).get(personId);
  if (!state) throw new Error("The state of a digest is gone.");
  return state;
}

/** The same for many people, by person; always in the same order, to avoid deadlocks. */
export async function lockDigestStates(tx: Tx, personIds: readonly string[]): Promise<Map<string, DigestStateRecord>> {
  const ids = [...personIds].sort();
  await tx.digestState.createMany({ data: ids.map((personId) => ({ personId, taskKeys: [] })), skipDuplicates: true });
  const rows = await tx.$queryRaw<DigestState[]>`
    SELECT "personId", day, "taskKeys", "offSince" FROM "DigestState" WHERE "personId" = ANY(${ids}::text[])
     ORDER BY "personId" FOR UPDATE`;
  return new Map(rows.map(({ personId, ...state }) => [personId, state]));
}

/** Sets whether somebody wants the digest. Only while holding the lock of their state. */
export const writeOffSince = (tx: Tx, personId: string, offSince: Date | null) =>
  tx.digestState.update({ where: { personId }, data: { offSince } });

/** Records a day as considered for many people. Only while holding the locks of their states. */
export async function writeConsidered(
  tx: Tx,
  day: string,
  people: readonly { personId: string; taskKeys: readonly string[] }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "DigestState" s SET day = ${day}, "taskKeys" = r."taskKeys"
      FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS r("personId" text, "taskKeys" text[])
     WHERE s."personId" = r."personId"`;
}

export const findOffSince = async (tx: Tx, personId: string): Promise<Date | null> =>
  (await tx.digestState.findUnique({ where: { personId } }))?.offSince ?? null;

export const findFeedOf = (tx: Tx, personId: string) => tx.taskFeed.findUnique({ where: { personId } });

/** Whose feed has this secret; null if nobody's. */
export async function findPersonByFeed(tx: Tx, hash: string): Promise<string | null> {
  const row = await tx.taskFeed.findUnique({ where: { hash }, select: { personId: true } });
  return row?.personId ?? null;
}

/** Gives somebody this feed, replacing any they had. */
export const writeFeed = (tx: Tx, { personId, ...feed }: Prisma.TaskFeedUncheckedCreateInput) =>
  tx.taskFeed.upsert({ where: { personId }, create: { personId, ...feed }, update: feed });

export const deleteFeed = (tx: Tx, personId: string) => tx.taskFeed.deleteMany({ where: { personId } });
