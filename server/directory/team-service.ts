import "server-only";
import { randomUUID } from "node:crypto";
import type { Prisma } from "#server/db/generated/client.ts";

/**
 * The team of that name in a body, however it is spelt; made where there is none.
 * @returns its id
 * @throws a unique violation of Team where somebody made it meanwhile: try the whole transaction again
 */
export async function teamNamed(tx: Prisma.TransactionClient, body: string, name: string): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Team" WHERE body = ${body} AND lower(name) = lower(${name}) ORDER BY name = ${name} DESC, id LIMIT 1`;
  const [found] = rows;
  if (found) return found.id;
  const { id } = await tx.team.create({ data: { id: randomUUID(), body, name }, select: { id: true } });
  return id;
}
