import { getOpenDatabase, type Tx } from "./database.ts";

/** The first of the two numbers of PostgreSQL advisory locks: marks the one of whoever writes to the content folder. */
const CONTENT_LOCK = 20_267;
/** What is written in one go takes seconds at most. */
const LONGEST_MS = 60_000;

/**
 * Lets no other server write to the content folder until the transaction ends; several machines may share the folder,
 * and a lock in it reaches only the processes of one.
 * @returns false if another does at this moment
 */
export async function lockContent(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${CONTENT_LOCK}::int, 0) AS taken`;
  return row?.taken === true;
}

/**
 * Does something while no other server that uses this database writes to the content folder.
 * @returns null if another does; nothing was done then
 */
export async function aloneInDatabase<Result>(act: () => Promise<Result>): Promise<Result | null> {
  const { kind, prisma } = getOpenDatabase();
  if (kind === "embedded") return act(); // one process has it, and the folder's own lock is enough
  return prisma.$transaction(async (tx) => ((await lockContent(tx)) ? act() : null), { timeout: LONGEST_MS });
}
