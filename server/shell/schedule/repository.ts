import { randomUUID } from "node:crypto";
import { columns } from "#server/base/db/columns.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

/** Records the start of an attempt, the first being 1. @returns its id; null if somebody else has started the same attempt already */
export async function insertRun(tx: Tx, start: Omit<Prisma.JobRunUncheckedCreateInput, "id">): Promise<string | null> {
  const data = [{ id: randomUUID(), ...start }];
  const [row] = await tx.jobRun.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } });
  return row?.id ?? null;
}

/** Records how an attempt ended. */
export const writeRunEnd = (tx: Tx, id: string, end: { endedAt: Date } & ({ result: string } | { failure: string })) =>
  tx.jobRun.update({ where: { id }, data: end });

/** Deletes the attempts at a job that started before. */
export const deleteRunsBefore = (tx: Tx, job: string, before: Date) =>
  tx.jobRun.deleteMany({ where: { job, startedAt: { lt: before } } });

const runFields = {
  ...columns("dueAt", "attempt", "startedAt", "endedAt", "result", "failure"),
  askedBy: { select: { id: true, name: true, body: true } },
} satisfies Prisma.JobRunSelect;

export type RunRecord = Prisma.JobRunGetPayload<{ select: typeof runFields }>;

/** The latest attempts at a job, newest first. */
export const listRuns = (tx: Tx, job: string, take: number, onlyFailed = false): Promise<RunRecord[]> =>
  tx.jobRun.findMany({
    where: { job, ...(onlyFailed && { failure: { not: null } }) },
    select: runFields,
    orderBy: [{ startedAt: "desc" }, { attempt: "desc" }],
    take,
  });

/** Those of these jobs whose last attempt failed. */
export async function listLastFailed(tx: Tx, jobs: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ job: string }[]>`
    SELECT j.job FROM unnest(${[...jobs]}::text[]) AS j(job)
     CROSS JOIN LATERAL (
       SELECT r.failure FROM "JobRun" r WHERE r.job = j.job ORDER BY r."startedAt" DESC LIMIT 1) AS last
     WHERE last.failure IS NOT NULL`;
  return rows.map(({ job }) => job);
}
