import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

export interface ReleaseRow {
  policy: string;
  version: string;
  hash: string;
  body: string;
  servedAt: Date;
}

/** Adds the releases that are missing. @returns those that were, when two portals start at once to one of them only */
export async function insertReleases(tx: Prisma.TransactionClient, rows: readonly ReleaseRow[]): Promise<ReleaseRow[]> {
  return tx.policyRelease.createManyAndReturn({ data: [...rows], skipDuplicates: true });
}

export async function listReleasesOf(tx: Prisma.TransactionClient, body: string): Promise<ReleaseRow[]> {
  return tx.policyRelease.findMany({ where: { body } });
}

/** All that this portal ever served, of every body. */
export async function listReleases(tx: Prisma.TransactionClient): Promise<ReleaseRow[]> {
  return tx.policyRelease.findMany();
}
