import "server-only";
import { Prisma } from "./generated/client.ts";
import { wordsBeginning } from "./part-of-text.ts";

/**
 * Ids of the people of a body in whose name each word that was typed begins one, the first ones by name. It stands here
 * because several rooms look for people.
 */
export async function listIdsNamed(
  tx: Prisma.TransactionClient,
  body: string,
  typed: string,
  { most, onlyActive = false }: { most: number; onlyActive?: boolean },
): Promise<string[]> {
  const query = wordsBeginning(typed);
  if (query === null) return [];
  const isActive = onlyActive ? Prisma.sql`AND status = 'active'` : Prisma.empty;
  // Who matches is found first: by name, the planner would look through everybody for a word that few have.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH named AS MATERIALIZED (
      SELECT id, name FROM "Person"
       WHERE body = ${body} AND search_words(name) @@ to_tsquery('simple', ${query}) ${isActive})
    SELECT id FROM named ORDER BY name, id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}
