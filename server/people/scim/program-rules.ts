import "server-only";
import { ScimError } from "#domain/people/scim/error.ts";
import { isInForce } from "#server/access/api-token/queries.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";

/** The program that asks, by its token. */
export interface ScimProgram {
  /** Reference of the token: it stands in the evidence. */
  reference: string;
  /** Slug of the token's body. Nobody else's people are there for it. */
  body: string;
  /** Id of who made the token: it changes nothing of what they themselves may do. */
  madeById: string;
}

/**
 * Waits for whoever else changes the directory, then makes sure that the program still may: whoever made its token may
 * have left or lost the role in the meantime.
 * @throws ScimError 401 where the token has ended
 */
export async function takeTurn(tx: Prisma.TransactionClient, { body, reference }: ScimProgram): Promise<void> {
  await lockDirectory(tx, body);
  if (!(await isInForce(tx, body, reference))) throw new ScimError(401, null, "The token has ended.");
}

/** Condition that a request came with, from its header `If-Match`: entity tags, "*", or null for none. */
export type IfMatch = string | null;

/** Whether what is there now is what the program saw last. */
export function isStill(version: unknown, ifMatch: IfMatch): boolean {
  if (ifMatch === null || ifMatch.trim() === "*") return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifMatch.split(",").some((tag) => bare(tag) === bare(String(version)));
}
