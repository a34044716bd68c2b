import { oneOf, type Asked } from "#domain/base/list/page.ts";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { orderFor, type List } from "#server/base/db/list-page.ts";
import { findBy } from "#server/base/db/part-of-text.ts";

const people = { person: { select: { id: true, name: true } } } satisfies Prisma.UnderstandingCheckInclude;

/** A check as it is stored, with who recorded it. */
export type CheckRecord = Prisma.UnderstandingCheckGetPayload<{ include: typeof people }>;

/** @throws a unique violation if this person's form was processed already */
export const insertCheck = (tx: Tx, data: Prisma.UnderstandingCheckUncheckedCreateInput) =>
  tx.understandingCheck.create({ data });

/** Replaces what a check says. */
export const updateCheck = (tx: Tx, id: string, data: Prisma.UnderstandingCheckUncheckedUpdateInput) =>
  tx.understandingCheck.update({ where: { id }, data });

export const findCheck = (tx: Tx, body: string, reference: string) =>
  tx.understandingCheck.findUnique({ where: { reference, body }, include: people });

/** Those of a body as asked for, in pages. */
export function heldCheckList(tx: Tx, body: string, asked: Asked): List<CheckRecord> {
  const { q, policy, from, until } = asked;
  const kind = oneOf(CHECK_KIND_WORDS, asked["kind"]);
  return {
    within: { body },
    filter: {
      ...(policy && { policy }),
      ...(kind && { kind }),
      heldOn: { ...(from && { gte: from }), ...(until && { lte: until }) },
    },
    found: findBy(tx, body, q, { table: "UnderstandingCheck", columns: ["heldBy", "takenBy", "result"] }),
    order: orderFor(CHECK_ORDERS, asked),
    key: "reference",
    read: (part) => tx.understandingCheck.findMany({ ...part, include: people }),
  };
}

const CHECK_ORDERS = {
  newest: [
    ["heldOn", "desc"],
    ["recordedAt", "desc"],
  ],
  oldest: [
    ["heldOn", "asc"],
    ["recordedAt", "asc"],
  ],
} as const;

/** Those of one person, the newest day first. */
export const listChecksOf = (tx: Tx, body: string, personId: string) =>
  tx.understandingCheck.findMany({
    where: { body, personId },
    include: people,
    orderBy: [{ heldOn: "desc" }, { recordedAt: "desc" }, { id: "asc" }],
  });
