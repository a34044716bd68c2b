import "server-only";
import { PORTAL_ACTOR } from "#domain/evidence/event.ts";
import { clock } from "#server/clock.ts";
import { loadContent } from "#server/content/store.ts";
import { transact } from "#server/evidence/transact.ts";
import { insertReleases } from "./repository.ts";

/**
 * Writes down since when each published version is served here: the time to answer counts from then. At every start;
 * what is written already stays, also where several portals start at once.
 */
export async function recordReleases(): Promise<void> {
  const { policies } = await loadContent();
  const servedAt = clock.now();
  const rows = policies
    .flatMap(({ versions }) => versions)
    .filter(({ isPublished }) => isPublished)
    .map(({ slug, version, hash, frontMatter: { body } }) => ({ policy: slug, version, hash, body, servedAt }));
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
