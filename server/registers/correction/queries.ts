import { z } from "zod";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getDatabase } from "#server/base/db/database.ts";

/** A correction of an entry: who made it, why, and what stood before, by field. */
export type CorrectionView = Awaited<ReturnType<typeof listCorrections>>[number];

/** The corrections of an entry, the oldest first. For other nouns, which have authorised already. */
export async function listCorrections({ personId }: Actor, subject: string) {
  const rows = await getDatabase().correction.findMany({
    where: { subject },
    include: { person: { select: { id: true, name: true } } },
    orderBy: { position: "asc" },
  });
  return rows.map(({ at, person, reason, before }) => ({
    at,
    reason,
    by: person.id === personId ? "You" : person.name,
    before: beforeSchema.parse(before),
  }));
}

const beforeSchema = z.record(z.string(), z.string().nullable());
