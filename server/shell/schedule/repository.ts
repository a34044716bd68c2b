import "server-only";
import { randomUUID } from "node:crypto";
import type { Prisma } from "#server/base/db/generated/client.ts";

export interface RunStart {
  job: string;
  /** When it was due, or asked for. */
  dueAt: Date;
  /** 1 for the first attempt. */
  attempt: number;
  startedAt: Date;
  /** Id of whoever pressed "Run now". */
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

/** Records the start of an attempt. @returns its id; null if somebody else has started the same attempt already */
export async function insertRun(tx: Prisma.TransactionClient, start: RunStart): Promise<string | null> {
  const [row] = await tx.jobRun.createManyAndReturn({
    data: [{ id: randomUUID(), ...start }],
    skipDuplicates: true,
    select: { id: true },
  });
  return row?.id ?? null;
}

/** Records how an attempt ended. */
export async function writeRunEnd(
  tx: Prisma.TransactionClient,
  id: string,
  end: { endedAt: Date } & ({ result: string } | { failure: string }),
): Promise<void> {
  await tx.jobRun.update({ where: { id }, data: end });
}

/** Deletes the attempts at a job that started before. */
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

/** The latest attempts at a job, newest first. */
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

/** Those of these jobs whose last attempt failed. */
export async function listLastFailed(tx: Prisma.TransactionClient, jobs: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ job: string }[]>`
    SELECT j.job FROM unnest(${[...jobs]}::text[]) AS j(job)
     CROSS JOIN LATERAL (
       SELECT r.failure FROM "JobRun" r WHERE r.job = j.job ORDER BY r."startedAt" DESC LIMIT 1) AS last
     WHERE last.failure IS NOT NULL`;
  return rows.map(({ job }) => job);
}
