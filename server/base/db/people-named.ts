import * as Prisma from "./prisma.ts";
import type { Tx } from "./database.ts";
import { wordsBeginning } from "./part-of-text.ts";

/**
 * Ids of the people in a body whose name contains, for each word typed, a word beginning with it; the first ones by
 * name. It is here because several rooms search for people.
 */
export async function listIdsNamed(
  tx: Tx,
  body: string,
  typed: string,
  { most, onlyActive = false }: { most: number; onlyActive?: boolean },
): Promise<string[]> {
  const query = wordsBeginning(typed);
  if (query === null) return [];
  const isActive = onlyActive ? Prisma.sql`AND status = 'active'` : Prisma.empty;
  // The matches are found first: ordering by name, the planner would scan everybody for a rare word.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH named AS MATERIALIZED (
      SELECT id, name FROM "Person"
       WHERE body = ${body} AND search_words(name) @@ to_tsquery('simple', ${query}) ${isActive})
    SELECT id FROM named ORDER BY name, id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}
