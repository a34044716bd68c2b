import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can, grantsOf } from "#domain/access/permission/permission.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { capacitiesWithPlaces } from "#domain/policy/exception/decider.ts";
import type { DeputyPlace } from "#server/people/deputy/queries.ts";
import { asHeld, readDeciderRelations, withPlaces } from "./decider-rules.ts";
import type { ExceptionRecord } from "./repository.ts";

/**
 * Whether somebody may write and read the notes on a request: those who decide may do both, also in somebody's place;
 * those who read the register read them. Nobody whom it covers, and nobody while it is a draft.
 * @param places of the body, read before the request: for those who may not know of it, it takes as many queries as one
 * that does not exist
 */
export async function readNoteRights(
  tx: Prisma.TransactionClient,
  actor: Actor,
  request: ExceptionRecord,
  places: readonly DeputyPlace[],
): Promise<{ mayWrite: boolean; mayRead: boolean }> {
  const capacities = capacitiesWithPlaces(withPlaces(actor, places), asHeld(request));
  const writes = capacities.some((one) => one !== "requester" && grantsOf("exception.note", one).length > 0);
  const reads = writes || can(actor, "exception.read-register", request);
  if (!reads || request.submittedAt === null) return { mayWrite: false, mayRead: false };
  const { bar } = (await readDeciderRelations(tx, actor, [request])).standingOf(actor, request);
  return { mayWrite: writes && bar !== "covered", mayRead: bar !== "covered" };
}
