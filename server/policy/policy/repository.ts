import type { Tx } from "#server/base/db/database.ts";

export interface ReleaseRow {
  policy: string;
  version: string;
  hash: string;
  body: string;
  servedAt: Date;
}

/**
 * Adds the missing releases. @returns those that were missing; if two portals start at once, each is returned to only
 * one
 */
export async function insertReleases(tx: Tx, rows: readonly ReleaseRow[]): Promise<ReleaseRow[]> {
  return tx.policyRelease.createManyAndReturn({ data: [...rows], skipDuplicates: true });
}

export async function listReleasesOf(tx: Tx, body: string): Promise<ReleaseRow[]> {
  return tx.policyRelease.findMany({ where: { body } });
}

/** Everything that this portal ever served, of every body. */
export async function listReleases(tx: Tx): Promise<ReleaseRow[]> {
  return tx.policyRelease.findMany();
}
