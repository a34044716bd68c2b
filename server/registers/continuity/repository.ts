import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { List } from "#server/base/db/list-page.ts";

type Tx = Prisma.TransactionClient;

const people = {
  startedBy: { select: { id: true, name: true } },
  endedBy: { select: { id: true, name: true } },
} satisfies Prisma.ContinuityActivityInclude;

/** An activity as it is stored, with who declared and who ended it. */
export type ActivityRecord = Prisma.ContinuityActivityGetPayload<{ include: typeof people }>;

export type NewActivity = Pick<
  ActivityRecord,
  "id" | "reference" | "body" | "startedById" | "startKey" | "title" | "reason" | "startedAt"
>;

/** @throws a unique violation if the body has one already, or this person's form was processed already */
export async function insertActivity(tx: Tx, row: NewActivity): Promise<void> {
  await tx.continuityActivity.create({ data: { ...row, current: row.body } });
}

/** The current activity of a body. */
export async function findCurrentActivity(tx: Tx, body: string): Promise<ActivityRecord | null> {
  return tx.continuityActivity.findUnique({ where: { current: body }, include: people });
}

export async function findActivity(tx: Tx, body: string, reference: string): Promise<ActivityRecord | null> {
  return tx.continuityActivity.findUnique({ where: { reference, body }, include: people });
}

/** The activities of a body, the newest first, in pages. */
export function activityList(tx: Tx, body: string): List<ActivityRecord> {
  return {
    within: { body },
    order: [
      ["startedAt", "desc"],
      ["id", "asc"],
    ],
    key: "reference",
    read: (part) => tx.continuityActivity.findMany({ ...part, include: people }),
  };
}

/** Those that one person declared or ended, the newest first. */
export async function listActivitiesOf(tx: Tx, body: string, personId: string): Promise<ActivityRecord[]> {
  return tx.continuityActivity.findMany({
    where: { body, OR: [{ startedById: personId }, { endedById: personId }] },
    include: people,
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
  });
}

/** Writes what was corrected. */
export async function updateActivity(
  tx: Tx,
  reference: string,
  data: { title: string; reason: string },
): Promise<void> {
  await tx.continuityActivity.update({ where: { reference }, data });
}

/** @returns false if it has ended already */
export async function writeActivityEnd(
  tx: Tx,
  reference: string,
  data: { endReason: string; endedAt: Date; endedById: string },
): Promise<boolean> {
  const { count } = await tx.continuityActivity.updateMany({
    where: { reference, endedAt: null },
    data: { ...data, current: null },
  });
  return count === 1;
}
