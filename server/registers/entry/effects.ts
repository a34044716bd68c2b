import "server-only";
import { randomUUID } from "node:crypto";
import { Prisma } from "#server/base/db/generated/client.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";

/** The tables of the registers by the prefix of their references, and the column of whose form an entry is. */
const TABLES = {
  CHK: ["UnderstandingSample", "personId"],
  CON: ["ContinuityActivity", "startedById"],
  GRP: ["ChatGroup", "requesterId"],
  HLD: ["Hold", "placedById"],
  INC: ["Incident", "reporterId"],
  PHO: ["PhotoConsent", "personId"],
  PHR: ["PhoneReturn", "personId"],
  REC: ["CapturedRecord", "personId"],
  REQ: ["InformationRequest", "enteredById"],
  SUR: ["UnderstandingCheck", "personId"],
} as const;

type Prefix = keyof typeof TABLES;

/** A new entry: what its form started it with. */
export interface NewEntry {
  id: string;
  reference: string;
  /** Made by the page, so that sending its form twice starts one. */
  startKey: string;
}

/**
 * Starts an entry of a register once, however often its form is sent: the second time it finds what the first started.
 * @param personId whose form it is
 * @param found what comes of the form, for a reference that it has started before
 * @param start writes the entry, in a transaction with its evidence and notices
 */
export async function startEntry<Result>(
  prefix: Prefix,
  { personId, startKey }: { personId: string; startKey: string },
  found: (reference: string) => Result,
  start: (tx: Prisma.TransactionClient, entry: NewEntry) => Promise<Change<Result>>,
): Promise<Result> {
  const [table, column] = TABLES[prefix];
  return untilUnique(table, () =>
    transact(async (tx) => {
      const [earlier] = await tx.$queryRaw<{ reference: string }[]>`
        SELECT reference FROM ${Prisma.raw(`"${table}"`)}
         WHERE ${Prisma.raw(`"${column}"`)} = ${personId} AND "startKey" = ${startKey}`;
      if (earlier) return { result: found(earlier.reference), evidence: [] };
      return start(tx, { id: randomUUID(), reference: makeReference(prefix), startKey });
    }),
  );
}
