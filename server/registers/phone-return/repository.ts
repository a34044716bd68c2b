import type { Asked } from "#domain/base/list/page.ts";
import { orderFor, type List } from "#server/base/db/list-page.ts";
import { findBy } from "#server/base/db/part-of-text.ts";
import { reportsTo, withLineManager } from "#server/base/db/line-manager.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

const by = { select: { id: true, name: true } } as const;
const whole = {
  person: { select: { id: true, name: true, status: true, ...withLineManager } },
  startedBy: by,
  checkedBy: by,
} satisfies Prisma.PhoneReturnInclude;

/** A phone return with its people. */
export type PhoneReturnRecord = Prisma.PhoneReturnGetPayload<{ include: typeof whole }>;

export const findPhoneReturn = (tx: Tx, body: string, reference: string) =>
  tx.phoneReturn.findUnique({ where: { reference, body }, include: whole });

/** The same, locked until the transaction ends. */
export async function lockPhoneReturn(tx: Tx, body: string, reference: string): Promise<PhoneReturnRecord | null> {
  await tx.$queryRaw`SELECT id FROM "PhoneReturn" WHERE reference = ${reference} AND body = ${body} FOR UPDATE`;
  return findPhoneReturn(tx, body, reference);
}

/** @throws a unique violation if this form was processed already */
export const insertPhoneReturn = (tx: Tx, data: Prisma.PhoneReturnUncheckedCreateInput) =>
  tx.phoneReturn.create({ data });

/** Updates a return and increments its revision. Only while holding its lock. */
export const updatePhoneReturn = (tx: Tx, id: string, data: Prisma.PhoneReturnUncheckedUpdateInput) =>
  tx.phoneReturn.update({ where: { id }, data: { ...data, revision: { increment: 1 } } });

export const insertPhoneReturnStep = (tx: Tx, data: Prisma.PhoneReturnStepUncheckedCreateInput) =>
  tx.phoneReturnStep.create({ data });

/** The history of a return, the oldest step first. */
export const listPhoneReturnSteps = (tx: Tx, returnId: string) =>
  tx.phoneReturnStep.findMany({
    where: { returnId },
    include: { person: by },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });

const OPEN = { checkedAt: null, cancelledAt: null };

/** The open returns of a person's phones. */
export const listOpenOf = (tx: Tx, body: string, personId: string) =>
  tx.phoneReturn.findMany({ where: { body, personId, ...OPEN }, include: whole });

/**
 * The open returns that may be somebody's task: of their own phones and of those they manage; of the whole body for those
 * with a role that checks.
 */
export async function listOpenFor(tx: Tx, body: string, personIds: readonly string[], isOfAll: boolean) {
  const near = personIds.flatMap((personId) => [{ personId }, { person: reportsTo(personId) }]);
  return tx.phoneReturn.findMany({
    where: { body, ...OPEN, ...(isOfAll ? {} : { OR: near }) },
    include: whole,
    orderBy: [{ dueOn: "asc" }, { id: "asc" }],
  });
}

const ORDERS = { newest: [["startedAt", "desc"]], due: [["dueOn", "asc"]] } as const;

const IN_STATE: Readonly<Record<string, Prisma.PhoneReturnWhereInput>> = {
  open: { ...OPEN, statedAt: null },
  stated: { ...OPEN, statedAt: { not: null } },
  checked: { checkedAt: { not: null } },
  cancelled: { cancelledAt: { not: null } },
};

/** The returns of a body that somebody asked for. */
export function phoneReturnList(tx: Tx, body: string, asked: Asked): List<PhoneReturnRecord> {
  const { q, state } = asked;
  return {
    within: { body },
    filter: IN_STATE[state ?? ""] ?? {},
    found: findBy(tx, body, q, { table: "PhoneReturn", people: ["personId"] }),
    order: orderFor(ORDERS, asked),
    key: "reference",
    read: (part) => tx.phoneReturn.findMany({ ...part, include: whole }),
  };
}

/** The returns that somebody has to do with, the newest first. */
export const listPhoneReturnsOf = (tx: Tx, body: string, personId: string) =>
  tx.phoneReturn.findMany({
    where: { body, OR: [{ personId }, { startedById: personId }, { checkedById: personId }] },
    include: whole,
    orderBy: [{ startedAt: "desc" }, { id: "asc" }],
    take: MOST_OWN,
  });

/** The newest of one's own; nobody has that many phones. */
const MOST_OWN = 100;
