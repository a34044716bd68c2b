import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import {
  freeCapacities,
  requestRelationOf,
  type Person,
  type RequestRelation,
  type ToDecide,
} from "#domain/policy/exception/decider.ts";
import type { Capacity } from "#domain/access/permission/capacity.ts";
import { listTokensMadeBy } from "#server/access/api-token/queries.ts";
import { clock } from "#server/base/clock.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { hasChangedDirectory } from "#server/evidence/journal/event-queries.ts";
import { listCoveredWhenSent, listDeciders } from "./decider-repository.ts";
import type { ExceptionRecord } from "./repository.ts";

type Tx = Prisma.TransactionClient;

/** People's relations to requests of a body, as of now. */
export interface DeciderRelations {
  standingOf(person: Person, request: ExceptionRecord): RequestRelation;
  /** The capacities in which anybody at all may decide on it. */
  freeFor(request: ExceptionRecord): Capacity[];
}

/**
 * Reads what determines who decides on these requests: the one place that services, queues, tasks and pages use.
 * @param actor who asks; the requests are of their body
 */
export async function readDeciderRelations(
  tx: Tx,
  actor: Actor,
  requests: readonly ExceptionRecord[],
): Promise<DeciderRelations> {
  if (requests.length === 0) return relationsOf([], new Map(), new Set());
  const managerIds = [...new Set(requests.flatMap(({ requester }) => requester.managerId ?? []))];
  const deciders = await listDeciders(tx, actor.body, managerIds, calendarDay(clock.now()));
  const ids = requests.map(({ id }) => id);
  const covered = await listCoveredWhenSent(tx, ids, [actor.personId, ...deciders.map(({ personId }) => personId)]);
  const selfMade = await Promise.all(requests.map(async (one) => ((await isManagerSelfMade(tx, one)) ? [one.id] : [])));
  return relationsOf(deciders, covered, new Set(selfMade.flat()));
}

function relationsOf(
  deciders: readonly Person[],
  covered: ReadonlyMap<string, readonly string[]>,
  selfMade: ReadonlySet<string>,
): DeciderRelations {
  const toDecide = ({ id, body, requesterId, requester, scope, teamId, teamManagerId }: ExceptionRecord): ToDecide => ({
    body,
    requesterId,
    managerId: requester.managerId,
    isManagerSelfMade: selfMade.has(id),
    scope,
    teamId,
    teamManagerId,
    coveredWhenSent: covered.get(id) ?? [],
  });
  return {
    standingOf: (person, request) => requestRelationOf(person, toDecide(request), deciders),
    freeFor: (request) => freeCapacities(toDecide(request), deciders),
  };
}

/**
 * Whether the requester's line manager became it after the request was sent, by changing the directory themselves or
 * with one of their tokens: the requester, their team, the previous line manager, or their own entry.
 */
async function isManagerSelfMade(tx: Tx, request: ExceptionRecord): Promise<boolean> {
  const { body, requesterId, requester, managerWhenSentId, steps } = request;
  const { managerId, teamId } = requester;
  const since = steps.find(({ command }) => command === "submit")?.at;
  if (managerId === null || managerId === managerWhenSentId || !since) return false;
  const by = [managerId, ...(await listTokensMadeBy(tx, managerId))];
  const about = [requesterId, managerId, teamId, managerWhenSentId].filter((id) => id !== null);
  return hasChangedDirectory(tx, { body, by, about, since });
}
