import type { Prisma, Tx } from "#server/base/db/database.ts";
import type { List } from "#server/base/db/list-page.ts";

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
export const insertActivity = (tx: Tx, row: NewActivity) =>
  tx.continuityActivity.create({ data: { ...row, current: row.body } });

/** The current activity of a body. */
export const findCurrentActivity = (tx: Tx, body: string) =>
  tx.continuityActivity.findUnique({ where: { current: body }, include: people });

export const findActivity = (tx: Tx, body: string, reference: string) =>
  tx.continuityActivity.findUnique({ where: { reference, body }, include: people });

/** The activities of a body, the newest first, in pages. */
export const activityList = (tx: Tx, body: string): List<ActivityRecord> => ({
  within: { body },
  order: [
    ["startedAt", "desc"],
    ["id", "asc"],
  ],
  key: "reference",
  read: (part) => tx.continuityActivity.findMany({ ...part, include: people }),
});

/** Those that one person declared or ended, the newest first. */
export const listActivitiesOf = (tx: Tx, body: string, personId: string) =>
  tx.continuityActivity.findMany({
    where: { body, OR: [{ startedById: personId }, { endedById: personId }] },
    include: people,
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
  });

/** Writes what was corrected. */
export const updateActivity = (tx: Tx, reference: string, data: { title: string; reason: string }) =>
  tx.continuityActivity.update({ where: { reference }, data });

/** @returns false if it has ended already */
export const writeActivityEnd = async (
  tx: Tx,
  reference: string,
  data: { endReason: string; endedAt: Date; endedById: string },
) =>
  (await tx.continuityActivity.updateMany({ where: { reference, endedAt: null }, data: { ...data, current: null } }))
    .count === 1;
