import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import {
  barOf,
  freeCapacities,
  requestRelationOf,
  turnFor,
  type ExceptionDecision,
  type Person,
  type RequestRelation,
  type ToDecide,
  type Turn,
} from "#domain/policy/exception/decider.ts";
import { capacitiesOf, type Capacity } from "#domain/access/permission/capacity.ts";
import { exceptionRulesOf, type ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import { loadContent } from "#server/base/content/store.ts";
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
  /** Ids of the people whose turn it is to decide on it. */
  decidersOf(request: ExceptionRecord): string[];
  /** Ids of the people who can revoke it, or give more time for its conditions. */
  revokersOf(request: ExceptionRecord): string[];
  /** What of it and of its policy determines whose turn it is. */
  turnOf(request: ExceptionRecord): Turn;
}

/**
 * The rules for exceptions of the version that a request was made on; where the content no longer has it, those of the
 * policy's newest version, or the portal's defaults.
 */
export async function readExceptionRules(): Promise<(request: Version) => ExceptionRules> {
  const { policies } = await loadContent();
  return ({ policy, version, hash }) => {
    const versions = policies.find(({ slug }) => slug === policy)?.versions ?? [];
    const own = versions.find((one) => one.version === version && one.hash === hash) ?? versions.at(-1);
    return own?.exceptionRules ?? NO_POLICY;
  };
}

type Version = Pick<ExceptionRecord, "policy" | "version" | "hash">;

/** The portal's defaults, for a policy that is gone. */
export const NO_POLICY = exceptionRulesOf({ clauses: [], table: buildTable([], [], []) }, null);

/**
 * Reads what determines who decides on these requests: the one place that services, queues, tasks and pages use.
 * @param actor who asks, or the body alone; the requests are of that body
 */
export async function readDeciderRelations(
  tx: Tx,
  actor: Pick<Actor, "body"> & Partial<Pick<Actor, "personId">>,
  requests: readonly ExceptionRecord[],
): Promise<DeciderRelations> {
  const rulesFor = await readExceptionRules();
  if (requests.length === 0) return relationsOf([], new Map(), new Set(), rulesFor);
  const managerIds = [...new Set(requests.flatMap(({ requester }) => requester.managerId ?? []))];
  const deciders = await listDeciders(tx, actor.body, managerIds, calendarDay(clock.now()));
  const ids = requests.map(({ id }) => id);
  const covered = await listCoveredWhenSent(
    tx,
    ids,
    [actor.personId ?? [], deciders.map(({ personId }) => personId)].flat(),
  );
  const selfMade = await Promise.all(requests.map(async (one) => ((await isManagerSelfMade(tx, one)) ? [one.id] : [])));
  return relationsOf(deciders, covered, new Set(selfMade.flat()), rulesFor);
}

function relationsOf(
  deciders: readonly Person[],
  covered: ReadonlyMap<string, readonly string[]>,
  selfMade: ReadonlySet<string>,
  rulesFor: (request: Version) => ExceptionRules,
): DeciderRelations {
  const toDecide = (request: ExceptionRecord): ToDecide => ({
    body: request.body,
    requesterId: request.requesterId,
    managerId: request.requester.managerId,
    isManagerSelfMade: selfMade.has(request.id),
    scope: request.scope,
    teamId: request.teamId,
    groupMemberIds: request.groupMemberIds,
    teamManagerId: request.teamManagerId,
    coveredWhenSent: covered.get(request.id) ?? [],
    approvedBy: approversOf(request),
  });
  const turnOf = (request: ExceptionRecord): Turn => ({
    residual: request.residual,
    decide: rulesFor(request).decide,
    approvals: approversOf(request).length,
  });
  const whoseTurn = (decision: ExceptionDecision, request: ExceptionRecord) => {
    const asked = toDecide(request);
    const turn = turnFor(decision, turnOf(request), freeCapacities(asked, deciders));
    return deciders
      .filter((one) => barOf(one, asked) === null && capacitiesOf(one, asked).some((own) => turn.includes(own)))
      .map(({ personId }) => personId);
  };
  return {
    turnOf,
    decidersOf: (request) => whoseTurn("approve", request),
    revokersOf: (request) => whoseTurn("revoke", request),
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

/** Who has approved a waiting request since it was sent last, while more steps follow. */
function approversOf({ state, steps }: Pick<ExceptionRecord, "state" | "steps">): string[] {
  if (state !== "submitted") return [];
  const sent = steps.findLastIndex(({ command }) => command === "submit");
  return steps.slice(sent + 1).flatMap(({ command, by }) => (command === "approve" ? [by.personId] : []));
}
