import "server-only";
import type { Prisma } from "#server/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

const inShort = { id: true, reference: true, reason: true, keep: true, placedAt: true } as const;

/** Holds in force on a group or on any of its members, and those on a subject of its body; the oldest first. */
export async function listOnGroup(tx: Tx, body: string, groupId: string) {
  return tx.hold.findMany({
    where: {
      ...{ body, endedAt: null },
      OR: [
        { isOnSubject: true },
        { targets: { some: { groupId } } },
        { targets: { some: { person: { groupMemberships: { some: { groupId, removedAt: null } } } } } },
      ],
    },
    select: inShort,
    orderBy: { placedAt: "asc" },
  });
}

/** Holds in force that concern a person: on them, on a group they are in, or on a subject of their body; the oldest first. */
export async function listOnPerson(tx: Tx, body: string, personId: string) {
  return tx.hold.findMany({
    where: {
      ...{ body, endedAt: null },
      OR: [
        { isOnSubject: true },
        { targets: { some: { personId } } },
        { targets: { some: { group: { members: { some: { personId, removedAt: null } } } } } },
      ],
    },
    select: inShort,
    orderBy: { placedAt: "asc" },
  });
}

/**
 * Deletions and holds take turns within a body: whoever comes second waits until the first has committed, and then sees
 * what it wrote. Taken before the holds are read, in the transaction that writes.
 */
export async function lockDeletions(tx: Tx, body: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${DELETION_LOCK}::int, hashtext(${body}))`;
}

/** Any number will do, as long as nothing else locks with it; the second key is the body. */
const DELETION_LOCK = 20_262;
