import "server-only";
import { ScimError } from "#domain/people/scim/error.ts";
import { isInForce } from "#server/access/api-token/queries.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";

/** The program making the request, identified by its token. */
export interface ScimProgram {
  /** Reference of the token, as recorded in the evidence. */
  reference: string;
  /** Slug of the token's body. The program sees only people of this body. */
  body: string;
  /** Id of whoever made the token: the program cannot change that person's own permissions. */
  madeById: string;
}

/**
 * Waits for other changes to the directory, then checks that the token is still valid: whoever made it may have left or
 * lost the role in the meantime.
 * @throws ScimError 401 where the token has ended
 */
export async function takeTurn(tx: Prisma.TransactionClient, { body, reference }: ScimProgram): Promise<void> {
  await lockDirectory(tx, body);
  if (!(await isInForce(tx, body, reference))) throw new ScimError(401, null, "The token has ended.");
}

/** The request's `If-Match` header: entity tags, "*", or null for none. */
export type IfMatch = string | null;

/** Whether the resource is still the version that the program saw last. */
export function isStill(version: unknown, ifMatch: IfMatch): boolean {
  if (ifMatch === null || ifMatch.trim() === "*") return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifMatch.split(",").some((tag) => bare(tag) === bare(String(version)));
}
