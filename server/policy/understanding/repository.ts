import type { VersionKey } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { PairKey } from "#domain/policy/understanding/draw.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

/** Since when somebody reads a version, and where they are with its situations. */
export type ReadingRecord = Prisma.PolicyReadingGetPayload<object>;

/** Somebody's reading of one version. */
export interface ReadingOf extends VersionKey {
  personId: string;
  policy: string;
}

export const findReading = (tx: Tx, { personId, policy, version, hash }: ReadingOf): Promise<ReadingRecord | null> =>
  tx.policyReading.findUnique({
    where: { personId_policy_version_hash: { personId, policy, version, hash } },
  });

/** @throws a unique violation if it was opened already, or if its pair is taken in the team */
export const insertPolicyReading = (tx: Tx, row: Prisma.PolicyReadingUncheckedCreateInput) =>
  tx.policyReading.create({ data: row });

export const updateReading = (tx: Tx, id: string, data: Prisma.PolicyReadingUncheckedUpdateInput) =>
  tx.policyReading.update({ where: { id }, data });

/** Moves on from the situation that waits for an answer. @returns false if it was answered meanwhile */
export async function moveOn(
  tx: Tx,
  { id, asked }: { id: string; asked: string },
  data: Prisma.PolicyReadingUncheckedUpdateInput,
): Promise<boolean> {
  const { count } = await tx.policyReading.updateMany({ where: { id, asked, passedAt: null }, data });
  return count === 1;
}

/** Marks the lock that has situations of one team drawn one after the other. */
const DRAWING_LOCK = 20_264;

/** Waits until nobody else of the team is given situations of a version. */
export async function lockDrawing(tx: Tx, team: string, hash: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${DRAWING_LOCK}::int, hashtext(${`${team} ${hash}`}))`;
}

/** The pairs of situations that people of a team have been given, each as often as it was. */
export async function listPairsOf(tx: Tx, team: string, hash: string): Promise<PairKey[]> {
  const rows = await tx.policyReading.findMany({ where: { drawnFor: team, hash }, select: { pair: true } });
  return rows.flatMap(({ pair }) => pair ?? []);
}
