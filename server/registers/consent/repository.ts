import type { Asked } from "#domain/base/list/page.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { orderFor, type List } from "#server/base/db/list-page.ts";
import { findBy } from "#server/base/db/part-of-text.ts";

const people = {
  person: { select: { id: true, name: true } },
  withdrawnBy: { select: { id: true, name: true } },
} satisfies Prisma.ConsentInclude;

/** A consent as it is stored, with who recorded it and who withdrew it. */
export type ConsentRecord = Prisma.ConsentGetPayload<{ include: typeof people }>;

/** @throws a unique violation if this person's form was processed already */
export const insertConsent = (tx: Tx, data: Prisma.ConsentUncheckedCreateInput) => tx.consent.create({ data });

export const findConsent = (tx: Tx, body: string, reference: string) =>
  tx.consent.findUnique({ where: { reference, body }, include: people });

/** Those of a body, or of one person, as asked for, in pages. @param today calendar day, on which they hold or not */
export function consentList(
  tx: Tx,
  within: { body: string; personId?: string },
  today: string,
  asked: Asked = {},
): List<ConsentRecord> {
  const { q, state } = asked;
  const states: Record<string, Prisma.ConsentWhereInput> = {
    valid: { withdrawnAt: null, until: { gte: today } },
    ended: { withdrawnAt: null, until: { lt: today } },
    withdrawn: { withdrawnAt: { not: null } },
  };
  return {
    within,
    filter: { ...(state && states[state]) },
    found: findBy(tx, within.body, q, { table: "Consent", columns: ["name"] }),
    order: orderFor(CONSENT_ORDERS, asked),
    key: "reference",
    read: (part) => tx.consent.findMany({ ...part, include: people }),
  };
}

const CONSENT_ORDERS = { newest: [["recordedAt", "desc"]], ends: [["until", "asc"]], name: [["name", "asc"]] } as const;

/** All of them. */
export const listConsents = (tx: Tx, filter: { body: string; personId?: string }) =>
  tx.consent.findMany({ where: filter, include: people, orderBy: [{ recordedAt: "desc" }, { id: "asc" }] });

/** A person's own consents valid on a day, by the name of the person in the picture. @param day YYYY-MM-DD */
export const listValidOf = (tx: Tx, { body, personId }: { body: string; personId: string }, day: string) =>
  tx.consent.findMany({
    where: { body, personId, withdrawnAt: null, until: { gte: day } },
    select: { reference: true, name: true, until: true, purpose: true },
    orderBy: [{ name: "asc" }, { reference: "asc" }],
  });

/** Consents of these people that ended before a day, of pictures that are still in use, the earliest first. */
export const listEnded = (tx: Tx, body: string, personIds: readonly string[], day: string) =>
  tx.consent.findMany({
    where: { ...ended(body, day), personId: { in: [...personIds] } },
    select: inTask,
    orderBy: earliest,
  });

/** The same of people who have left. */
export async function listEndedOfLeavers(tx: Tx, body: string, day: string, take: number) {
  const where = { ...ended(body, day), person: { status: "left" as const } };
  return tx.consent.findMany({ where, select: inTask, orderBy: earliest, take });
}

const inTask = { reference: true, until: true, personId: true } as const;
const earliest = [{ until: "asc" as const }, { id: "asc" as const }];
const ended = (body: string, day: string) => ({ body, until: { lt: day }, withdrawnAt: null, retiredAt: null });

/** Writes what was corrected. */
export const updateConsent = (tx: Tx, id: string, data: Prisma.ConsentUncheckedUpdateInput) =>
  tx.consent.update({ where: { id }, data });

/** @returns false if that was written already */
export const writeRetired = async (tx: Tx, id: string, retiredAt: Date) =>
  (await tx.consent.updateMany({ where: { id, retiredAt: null }, data: { retiredAt } })).count === 1;

/** @returns false if it was withdrawn already */
export const writeWithdrawal = async (
  tx: Tx,
  id: string,
  data: { withdrawnAt: Date; withdrawnById: string; withdrawReason: string },
) => (await tx.consent.updateMany({ where: { id, withdrawnAt: null }, data })).count === 1;
