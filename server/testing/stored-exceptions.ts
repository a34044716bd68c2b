import type { Database } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Row = Prisma.ExceptionUncheckedCreateInput;

/**
 * Puts requests into the database as they are, past every rule: for lists and counts of many. What a row leaves out is
 * that of an approved exception from clause 4.3 of the policy `nao`, sent and decided on 2 November 2026.
 */
export async function addStoredExceptions(
  { prisma }: Pick<Database, "prisma">,
  requesterId: string,
  rows: readonly Partial<Row>[],
): Promise<void> {
  const sent = new Date("2026-11-02T10:00:00Z");
  await prisma.exception.createMany({
    data: rows.map((row, number) => ({
      id: `e${String(number).padStart(6, "0")}`,
      reference: storedReference(number),
      body: "nao",
      requesterId,
      startKey: `stored ${number}`,
      state: "approved",
      policy: "nao",
      version: "1",
      hash: "0".repeat(64),
      situation: {},
      clauses: ["4.3"],
      justification: "Partners ask for it.",
      scope: "person",
      residual: 6,
      submittedAt: sent,
      decidedAt: sent,
      startsAt: sent,
      endsAt: new Date("2027-04-01T00:00:00Z"),
      createdAt: sent,
      changedAt: sent,
      ...row,
    })),
  });
}

/** The reference of the stored request with this number, from 0. */
export function storedReference(number: number): string {
  const digits = String(number).padStart(8, "0").replaceAll("0", "A").replaceAll("1", "B");
  return `EX-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
