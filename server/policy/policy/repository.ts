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
export const insertReleases = (tx: Tx, rows: readonly ReleaseRow[]): Promise<ReleaseRow[]> =>
  tx.policyRelease.createManyAndReturn({ data: [...rows], skipDuplicates: true });

export const listReleasesOf = (tx: Tx, body: string) => tx.policyRelease.findMany({ where: { body } });

/** Everything that this portal ever served, of every body. */
export const listReleases = (tx: Tx): Promise<ReleaseRow[]> => tx.policyRelease.findMany();
