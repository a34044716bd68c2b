import "server-only";
import { randomUUID } from "node:crypto";
import type { Prisma } from "#server/base/db/generated/client.ts";

export interface RunStart {
  job: string;
  /** When it was due, or asked for. */
  dueAt: Date;
  /** 1 for the first try. */
  attempt: number;
  startedAt: Date;
  /** Id of who pressed "Run now". */
  askedById: string | null;
}

export interface RunRecord {
  dueAt: Date;
  attempt: number;
  startedAt: Date;
  endedAt: Date | null;
  result: string | null;
  failure: string | null;
  askedBy: { id: string; name: string; body: string } | null;
}

/** Writes that a try begins. @returns its id; null where somebody has begun the same try already */
export async function insertRun(tx: Prisma.TransactionClient, start: RunStart): Promise<string | null> {
  const [row] = await tx.jobRun.createManyAndReturn({
    data: [{ id: randomUUID(), ...start }],
    skipDuplicates: true,
    select: { id: true },
  });
  return row?.id ?? null;
}

/** Writes how a try ended. */
export async function writeRunEnd(
  tx: Prisma.TransactionClient,
  id: string,
  end: { endedAt: Date } & ({ result: string } | { failure: string }),
): Promise<void> {
  await tx.jobRun.update({ where: { id }, data: end });
}

/** Forgets the tries of a job that began before. */
export async function deleteRunsBefore(tx: Prisma.TransactionClient, job: string, before: Date): Promise<void> {
  await tx.jobRun.deleteMany({ where: { job, startedAt: { lt: before } } });
}

const runFields = {
  dueAt: true,
  attempt: true,
  startedAt: true,
  endedAt: true,
  result: true,
  failure: true,
  askedBy: { select: { id: true, name: true, body: true } },
} satisfies Prisma.JobRunSelect;

/** The latest tries of a job, newest first. */
export async function listRuns(
  tx: Prisma.TransactionClient,
  job: string,
  { take, onlyFailed = false }: { take: number; onlyFailed?: boolean },
): Promise<RunRecord[]> {
  return tx.jobRun.findMany({
    where: { job, ...(onlyFailed && { failure: { not: null } }) },
    select: runFields,
    orderBy: [{ startedAt: "desc" }, { attempt: "desc" }],
    take,
  });
}
