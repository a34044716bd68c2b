import { setTimeout as pause } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { getOpenDatabase, type Replica, type Tx } from "./database.ts";
import { PrismaClient } from "./generated/client.ts";

/** How long to wait for the replica to catch up, in steps: usually it is a few milliseconds behind. */
const CATCH_UP_MS = [0, 5, 20];
/** One that does not answer keeps nobody waiting: the query goes to the primary instead. */
const CONNECT_WITHIN_MS = 1_000;
const ANSWER_WITHIN_MS = 3_000;
/** After it failed or was behind, it is not used for this long. */
const REST_AFTER_FAILURE_MS = 10_000;
const REST_BEHIND_MS = 1_000;

/** How far the primary had written at one moment, and which database that was. */
interface Written {
  lsn: string;
  database: string;
  system: string;
}

/**
 * Reads large amounts, such as a report or an export, from the replica if there is one that has everything committed so
 * far; otherwise, or if the replica fails, from the primary. So nobody sees less than on the primary. Not for
 * authorisation.
 * @param read queries only the database passed to it; may be called a second time
 * @throws what `read` throws on the primary
 */
export async function readFromReplica<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result> {
  const { prisma, replica } = getOpenDatabase();
  const found = await replica?.read(prisma, read);
  return found ? found.result : read(prisma);
}

/** The replica at an address; it need not answer yet. */
export function openReplica(readUrl: string): Replica {
  const adapter = new PrismaPg({
    connectionString: readUrl,
    application_name: "with-care",
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
  });
  const prisma = new PrismaClient({ adapter });
  let restsUntil = -Infinity;
  const rest = (milliseconds: number) => {
    restsUntil = performance.now() + milliseconds;
    return null;
  };
  return {
    read: async (primary, read) => {
      if (performance.now() < restsUntil) return null;
      const written = await findWritten(primary);
      try {
        // In one transaction, so that both use the same connection: an address may stand for several replicas.
        const found = await prisma.$transaction(
          async (tx) => ((await isUpTo(tx, written)) ? { result: await read(tx) } : null),
          { maxWait: CONNECT_WITHIN_MS, timeout: 60_000 },
        );
        return found ?? rest(REST_BEHIND_MS);
      } catch {
        return rest(REST_AFTER_FAILURE_MS); // /api/health/ready says that it fails
      }
    },
    isReplicaOf: async (primary) => isReplicaOf(prisma, await findWritten(primary)),
    close: () => prisma.$disconnect(),
  };
}

/** The position of the next change: everything committed lies before it. */
async function findWritten(primary: PrismaClient): Promise<Written> {
  const [written] = await primary.$queryRaw<Written[]>`
    SELECT pg_current_wal_insert_lsn()::text AS "lsn", current_database() AS "database", system_identifier::text AS "system"
      FROM pg_control_system()`;
  if (!written) throw new Error("The database does not say how far it has written.");
  return written;
}

async function isReplicaOf(tx: Tx, { database, system }: Written): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ isReplica: boolean }[]>`
    SELECT pg_is_in_recovery() AND current_database() = ${database} AND system_identifier::text = ${system} AS "isReplica"
      FROM pg_control_system()`;
  return found?.isReplica === true;
}

async function isUpTo(tx: Tx, written: Written): Promise<boolean> {
  if (!(await isReplicaOf(tx, written))) return false;
  for (const milliseconds of CATCH_UP_MS) {
    await pause(milliseconds);
    const [found] = await tx.$queryRaw<{ isUpTo: boolean }[]>`
      SELECT pg_last_wal_replay_lsn() >= ${written.lsn}::pg_lsn AS "isUpTo"`;
    if (found?.isUpTo) return true;
  }
  return false;
}
