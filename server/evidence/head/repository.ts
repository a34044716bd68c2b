import { createHash } from "node:crypto";
import { hashAbove, leafHash, type MerkleTree } from "#domain/evidence/head/merkle.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { List } from "#server/base/db/list-page.ts";

/** Levels of the tree from one that is kept to the next: 256 nodes come to one. */
const TILE_LEVELS = 8;
const TILE = 2 ** TILE_LEVELS;

export const sha256OfHex = (hex: string): string => createHash("sha256").update(hex, "hex").digest("hex");

/** The nodes of a kept level, or the leaves, from one on: 256 of them at most. */
async function listTile(tx: Tx, body: string, level: number, from: number): Promise<string[]> {
  if (level > 0) {
    const where = { body, level, index: { gte: from, lt: from + TILE } };
    return (await tx.evidenceNode.findMany({ where, orderBy: { index: "asc" } })).map(({ hash }) => hash);
  }
  const where = { body, position: { gt: from, lte: from + TILE } };
  const rows = await tx.evidence.findMany({ where, orderBy: { position: "asc" }, select: { hash: true } });
  return rows.map(({ hash }) => leafHash(sha256OfHex, hash));
}

/**
 * The Merkle tree over a body's chain. A proof reads the tiles (256 rows or nodes) on its way up and at the right edge, and
 * each once: of ten million rows six statements, 1,536 short rows. It needs the nodes that `storeNodes` keeps.
 */
export function readTree(tx: Tx, body: string): MerkleTree {
  const tiles = new Map<string, Promise<string[]>>();
  const tileOf = (level: number, from: number) => {
    const key = `${level} ${from}`;
    const tile = tiles.get(key) ?? listTile(tx, body, level, from);
    tiles.set(key, tile);
    return tile;
  };
  return {
    sha256: sha256OfHex,
    async node(level, index) {
      const kept = level - (level % TILE_LEVELS);
      const width = 2 ** (level - kept);
      const within = (index * width) % TILE;
      const tile = await tileOf(kept, index * width - within);
      const hashes = tile.slice(within, within + width);
      if (hashes.length < width) throw new Error(`The tree of ${body} has no node ${index} of level ${level} yet.`);
      return hashAbove(sha256OfHex, hashes);
    },
  };
}

/**
 * Keeps the hashes of whole tiles up to a number of rows that are committed: one read of 256 and one insert for each tile
 * that is new, so the first time one in 128 statements a row. They follow from rows that nothing changes any more, so two
 * servers write the same ones and none needs a lock.
 */
export async function storeNodes(tx: Tx, body: string, size: number): Promise<void> {
  for (let level = TILE_LEVELS; 2 ** level <= size; level += TILE_LEVELS) {
    const { _max } = await tx.evidenceNode.aggregate({ where: { body, level }, _max: { index: true } });
    for (let index = (_max.index ?? -1) + 1; (index + 1) * 2 ** level <= size; index++) {
      const hash = hashAbove(sha256OfHex, await listTile(tx, body, level - TILE_LEVELS, index * TILE));
      await tx.evidenceNode.createMany({ data: [{ body, level, index, hash }], skipDuplicates: true });
    }
  }
}

/** All nodes that are kept of a body, for verification. */
export const listNodes = async (tx: Tx, body: string) => tx.evidenceNode.findMany({ where: { body } });

/** How many rows a body's chain has: positions have no gaps. */
export async function countRows(tx: Tx, body: string): Promise<number> {
  const { _max } = await tx.evidence.aggregate({ where: { body }, _max: { position: true } });
  return _max.position ?? 0;
}

export const findEvidenceRow = async (tx: Tx, body: string, position: number) =>
  tx.evidence.findUnique({ where: { body_position: { body, position } } });

export async function findEvidenceText(tx: Tx, body: string, position: number) {
  const where = { body_position: { body, position } };
  return tx.evidenceDetail.findUnique({ where, select: { salt: true, detail: true } });
}

const withTimeStamp = { timeStamp: true } satisfies Prisma.EvidenceHeadInclude;
export type HeadRecord = Prisma.EvidenceHeadGetPayload<{ include: typeof withTimeStamp }>;

export const findNewestHead = async (tx: Tx, body: string) =>
  tx.evidenceHead.findFirst({ where: { body }, orderBy: { size: "desc" } });

/** The first head that covers so many rows, or null. */
export async function findHeadFrom(tx: Tx, body: string, size: number): Promise<HeadRecord | null> {
  const where = { body, size: { gte: size } };
  return tx.evidenceHead.findFirst({ where, orderBy: { size: "asc" }, include: withTimeStamp });
}

export const findPublished = async (tx: Tx, body: string, size: number): Promise<HeadRecord | null> =>
  tx.evidenceHead.findUnique({ where: { body_size: { body, size } }, include: withTimeStamp });

/** The newest heads before one, the newest first; or the one of a size. */
export async function listEarlierHeads(
  tx: Tx,
  body: string,
  before: number,
  which: { size: number } | { take: number },
) {
  const where = { body, size: { lt: before, ...("size" in which && { equals: which.size }) } };
  const take = "take" in which ? which.take : 1;
  return tx.evidenceHead.findMany({ where, orderBy: { size: "desc" }, take });
}

export const listHeads = async (tx: Tx, body: string) =>
  tx.evidenceHead.findMany({ where: { body }, orderBy: { size: "asc" } });

/** The heads of a body, the newest first, in pages. */
export const headList = (tx: Tx, body: string): List<HeadRecord> => ({
  within: { body },
  order: [["size", "desc"]],
  key: "size",
  readKey: (typed) => (/^\d{1,9}$/.test(typed) ? Number(typed) : null),
  read: (part) => tx.evidenceHead.findMany({ ...part, include: withTimeStamp }),
});

/** @returns false where another server published it */
export async function insertHead(
  tx: Tx,
  head: { body: string; size: number; root: string; at: Date; jws: string },
  isStamped: boolean,
): Promise<boolean> {
  const { count } = await tx.evidenceHead.createMany({ data: [head], skipDuplicates: true });
  if (count > 0 && isStamped)
    await tx.evidenceTimeStamp.create({ data: { body: head.body, size: head.size, nextTryAt: head.at } });
  return count > 0;
}

/** What witnesses said of heads of a body: of some, or of all, the newest first. */
export async function listWitnesses(tx: Tx, body: string, sizes?: readonly number[]) {
  const where = { body, ...(sizes && { size: { in: [...sizes] } }) };
  return tx.evidenceWitness.findMany({ where, orderBy: [{ size: "desc" }, { at: "desc" }, { kid: "asc" }] });
}

/** What witnesses signed that the rows do not come to. */
export const listAlarms = async (tx: Tx, body: string) =>
  tx.evidenceWitness.findMany({ where: { body, isOurs: false }, orderBy: { at: "desc" } });

/** @returns false where it was there before */
export const insertWitness = async (tx: Tx, row: Prisma.EvidenceWitnessCreateManyInput): Promise<boolean> =>
  (await tx.evidenceWitness.createMany({ data: [row], skipDuplicates: true })).count > 0;

/** Takes the head that has waited longest for its time-stamp, with its JWS; nobody else asks for it until then. */
export async function claimTimeStamp(tx: Tx, bodies: readonly string[], at: Date, until: Date) {
  const [row] = await tx.$queryRaw<{ body: string; size: number; tries: number; jws: string }[]>`
    UPDATE "EvidenceTimeStamp" t SET "claimedUntil" = ${until}, tries = t.tries + 1
      FROM "EvidenceHead" h
     WHERE h.body = t.body AND h.size = t.size AND (t.body, t.size) IN (
       SELECT body, size FROM "EvidenceTimeStamp"
        WHERE state = 'waiting' AND body = ANY(${[...bodies]}::text[]) AND "nextTryAt" <= ${at}
          AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${at})
        ORDER BY "nextTryAt", size LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING t.body, t.size, t.tries, h.jws`;
  return row ?? null;
}

/** Releases a claimed one, with what came of it. */
export async function writeTimeStamp(
  tx: Tx,
  key: { body: string; size: number },
  outcome: Prisma.EvidenceTimeStampUncheckedUpdateInput,
): Promise<void> {
  const data = { reason: null, ...outcome, claimedUntil: null };
  await tx.evidenceTimeStamp.update({ where: { body_size: key }, data, select: { size: true } });
}

/** Asks again for those of a body that were given up. @returns how many */
export async function writeAskedAgain(tx: Tx, body: string, at: Date): Promise<number> {
  const data = { state: "waiting", tries: 0, nextTryAt: at } as const;
  return (await tx.evidenceTimeStamp.updateMany({ where: { body, state: "missed" }, data })).count;
}

/** How many were given up, of all bodies or of one. */
export const countMissed = async (tx: Tx, body?: string): Promise<number> =>
  tx.evidenceTimeStamp.count({ where: { state: "missed", ...(body !== undefined && { body }) } });
