import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { randomUUID } from "node:crypto";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
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
  PHO: ["Consent", "personId"],
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
 * @param done what comes of the form besides the reference
 * @param start writes the entry in a transaction, and returns its evidence and notices, or why there is no entry
 */
export async function startEntry<const Done extends { code: string }, Other = never>(
  prefix: Prefix,
  { personId, startKey }: { personId: string; startKey: string },
  done: Done,
  start: (tx: Tx, entry: NewEntry) => Promise<Omit<Change<Other>, "result"> | { instead: Other }>,
): Promise<(Done & { reference: string }) | Other> {
  const [table, column] = TABLES[prefix];
  return untilUnique(table, () =>
    transact<(Done & { reference: string }) | Other>(async (tx) => {
      const [earlier] = await tx.$queryRaw<{ reference: string }[]>`
        SELECT reference FROM ${Prisma.raw(`"${table}"`)}
         WHERE ${Prisma.raw(`"${column}"`)} = ${personId} AND "startKey" = ${startKey}`;
      if (earlier) return { result: { ...done, reference: earlier.reference }, evidence: [] };
      const reference = makeReference(prefix);
      const started = await start(tx, { id: randomUUID(), reference, startKey });
      if ("instead" in started) return { result: started.instead, evidence: [] };
      return { result: { ...done, reference }, ...started };
    }),
  );
}

/**
 * Who decides on what somebody asked for, or handles it: governance officers, or else the senior owner; never that
 * person.
 */
export async function listDecidersBut(tx: Tx, body: string, exceptId: string | null) {
  for (const role of ["governance-officer", "senior-information-risk-owner"] as const) {
    const others = (await listPeopleWithRole(tx, body, role)).filter(({ id }) => id !== exceptId);
    if (others.length > 0) return others;
  }
  return [];
}
