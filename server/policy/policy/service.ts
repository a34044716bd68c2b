import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { insertReleases, listReleases, type ReleaseRow } from "./repository.ts";

/** Batch size: a large library has thousands, and a transaction has a time limit. */
const RELEASES_AT_ONCE = 100;

/**
 * Records since when each published version has been served here, which starts the time to answer. Runs at every start,
 * and when the content changes; existing records stay, even if several portals do it at once.
 */
export async function recordReleases(): Promise<void> {
  const { policies } = await loadContent();
  const servedAt = clock.now();
  const known = new Set((await listReleases(getDatabase())).map(keyOf));
  const missing = policies
    .flatMap(({ versions }) => versions)
    .filter(({ isPublished }) => isPublished)
    .map(({ slug, version, hash, frontMatter: { body } }) => ({ policy: slug, version, hash, body, servedAt }))
    .filter((row) => !known.has(keyOf(row)));
  for (let at = 0; at < missing.length; at += RELEASES_AT_ONCE)
    await recordSome(missing.slice(at, at + RELEASES_AT_ONCE), servedAt);
}

async function recordSome(rows: readonly ReleaseRow[], servedAt: Date): Promise<void> {
  await transact(async (tx) => ({
    result: undefined,
    evidence: (await insertReleases(tx, rows)).map(({ policy, version, hash, body }) => ({
      body,
      event: "policy.released" as const,
      at: servedAt,
      actor: PORTAL_ACTOR,
      subject: `${policy} ${version}`,
      on: { policy, version, hash },
    })),
  }));
}

const keyOf = ({ policy, version, hash }: Pick<ReleaseRow, "policy" | "version" | "hash">): string =>
  `${policy} ${version} ${hash}`;
