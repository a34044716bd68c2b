import { createHash } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { readPublishedFiles } from "#server/base/content/published-files.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { zipFoiPack } from "./pack-writer.ts";
import { getFoiPack } from "./queries.ts";

export type MadeFoiPack =
  | { code: "made"; fileName: string; bytes: Uint8Array }
  /** The version's files are not those that were published: nothing is handed out. */
  | { code: "changed" }
  /** There is nothing to make it from, or the actor may not make it. */
  | { code: "not-found" };

/**
 * Makes the pack for a day as a ZIP file, and records who made it and its SHA-256, so that it can be proved what was
 * handed out. The bytes stay the same as long as the content does.
 * @param day as received in the address
 */
export async function makeFoiPack(actor: Actor, slug: string, day: string): Promise<MadeFoiPack> {
  const pack = await getFoiPack(actor, slug, day);
  if (!pack) return { code: "not-found" };
  const publishedFiles = await readPublishedFiles(pack.version);
  if (!publishedFiles) return { code: "changed" };
  const { version, hash } = pack.version;
  const bytes = await zipFoiPack(pack, publishedFiles);
  const fileName = `foi-pack-${slug}-${day}.zip`;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const event: EvidenceEvent = {
    body: pack.body.slug,
    event: "foi-pack.made",
    at: clock.now(),
    actor: actor.personId,
    subject: fileName,
    on: { policy: slug, version, hash },
    data: { day, sha256 },
  };
  await transact(() => Promise.resolve({ result: undefined, evidence: [event] }));
  return { code: "made", fileName, bytes };
}
