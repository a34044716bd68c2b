import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can, grantsOf } from "#domain/access/permission/permission.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { readDeciderRelations } from "./decider-rules.ts";
import type { ExceptionRecord } from "./repository.ts";

/**
 * Whether somebody may write and read the notes on a request: those who decide may do both, also in somebody's place;
 * those who read the register read them. Nobody whom it covers, and nobody while it is a draft.
 */
export async function readNoteRights(
  tx: Prisma.TransactionClient,
  actor: Actor,
  request: ExceptionRecord,
): Promise<{ mayWrite: boolean; mayRead: boolean }> {
  const { capacities, bar } = (await readDeciderRelations(tx, actor, [request])).standingOf(actor, request);
  const isOutside = request.state !== "draft" && request.submittedAt !== null && bar !== "covered";
  const writes = capacities.some((one) => one !== "requester" && grantsOf("exception.note", one).length > 0);
  const mayWrite = isOutside && writes;
  return { mayWrite, mayRead: mayWrite || (isOutside && can(actor, "exception.read-register", request)) };
}
