import { buildTable } from "#domain/policy/decision/decision-table.ts";
import {
  freeCapacities,
  mayReceive,
  peopleInTurn,
  requestRelationOf,
  type Person,
  type RequestRelation,
  type ToDecide,
  type Turn,
  capacitiesWithPlaces,
} from "#domain/policy/exception/decider.ts";
import { DECIDERS, exceptionRulesOf, type ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import { loadContent } from "#server/base/content/store.ts";
import { holderOf } from "#domain/policy/exception/mitigation.ts";
import { listPlaces, type DeputyPlace } from "#server/people/deputy/queries.ts";
import { listTokensMadeBy } from "#server/access/api-token/queries.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { hasChangedDirectory } from "#server/evidence/journal/queries.ts";
import { listCoveredWhenSent, listDeciders } from "./decider-repository.ts";
import type { ExceptionRecord, StepRecord } from "./repository.ts";
import { type Actor, can, grantsOf } from "#domain/access/permission/permission.ts";

/** People's relations to requests of a body, as of now. */
export type DeciderRelations = ReturnType<typeof relationsOf>;

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
 * @param known who stands in for whom, for whoever has read it in this transaction already
 */
export async function readDeciderRelations(
  tx: Tx,
  actor: Pick<Actor, "body"> & Partial<Pick<Actor, "personId">>,
  requests: readonly ExceptionRecord[],
  known?: readonly DeputyPlace[],
) {
  const rulesFor = await readExceptionRules();
  if (requests.length === 0) return relationsOf([], new Map(), new Set(), rulesFor);
  const managerIds = requests.flatMap(({ requester }) => requester.managerId ?? []);
  const places = known ?? (await listPlaces(tx, actor.body));
  const otherIds = [...new Set([...managerIds, ...places.map(({ deputyId }) => deputyId)])];
  const ids = requests.map(({ id }) => id);
  // All at once, so that they go to the database together.
  const [found, covered, selfMade] = await Promise.all([
    listDeciders(tx, actor.body, otherIds, clock.today()),
    listCoveredWhenSent(tx, actor.body, ids, [actor.personId ?? [], otherIds].flat()),
    Promise.all(requests.map(async (one) => ((await isManagerSelfMade(tx, one)) ? [one.id] : []))),
  ]);
  const deciders = found.map((one) => withPlaces(one, places));
  return relationsOf(deciders, covered, new Set(selfMade.flat()), rulesFor);
}

/** Somebody with those in whose place they decide now. */
export function withPlaces<Somebody extends Person>(person: Somebody, places: readonly DeputyPlace[]): Somebody {
  const own = places.flatMap(({ deputyId, principal, role }) => {
    const decider = DECIDERS.find((one) => one === role);
    return decider && deputyId === person.personId ? [{ principal, role: decider }] : [];
  });
  return own.length === 0 ? person : { ...person, standsInFor: own };
}

/** A request as whoever holds it now has it: nobody decides on what they hold. */
export function asHeld<Request extends ExceptionRecord>(request: Request): Request & { managerId: string | null } {
  const held = { ...request, managerId: request.requester.managerId };
  return { ...held, requesterId: holderOf(held) ?? request.requesterId };
}

function relationsOf(
  deciders: readonly Person[],
  covered: ReadonlyMap<string, readonly string[]>,
  selfMade: ReadonlySet<string>,
  rulesFor: (request: Version) => ExceptionRules,
) {
  const toDecide = (request: ExceptionRecord): ToDecide => ({
    ...asHeld(request),
    isManagerSelfMade: selfMade.has(request.id),
    coveredWhenSent: covered.get(request.id) ?? [],
    approvedBy: approvalsOf(request).flatMap((step) => [step.by.personId, ...(step.for ? [step.for.personId] : [])]),
    passedToId: request.state === "submitted" ? request.passedToId : null,
  });
  const turnOf = (request: ExceptionRecord): Turn => ({
    residual: request.residual,
    decide: rulesFor(request).decide,
    approvals: approvalsOf(request).length,
  });
  return {
    /** What of it and of its policy determines whose turn it is. */
    turnOf,
    decidersOf: (request: ExceptionRecord) => peopleInTurn("approve", toDecide(request), turnOf(request), deciders),
    /** Ids of the people who can revoke it, or give more time for its conditions. */
    revokersOf: (request: ExceptionRecord) => peopleInTurn("revoke", toDecide(request), turnOf(request), deciders),
    /** The people to whom somebody whose turn it is can pass a waiting request on. */
    receiversOf: (request: ExceptionRecord) =>
      deciders.filter((one) => mayReceive(one, toDecide(request), turnOf(request), deciders)),
    standingOf(person: Person, request: ExceptionRecord): RequestRelation {
      const known = deciders.find(({ personId }) => personId === person.personId);
      const placed = { ...person, ...(known?.standsInFor && { standsInFor: known.standsInFor }) };
      return requestRelationOf(placed, toDecide(request), deciders);
    },
    freeFor: (request: ExceptionRecord) => freeCapacities(toDecide(request), deciders),
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

/** The approvals of a waiting request since it was sent last, while more steps follow. */
function approvalsOf({ state, steps }: Pick<ExceptionRecord, "state" | "steps">): StepRecord[] {
  if (state !== "submitted") return [];
  const sent = steps.findLastIndex(({ command }) => command === "submit");
  return steps.slice(sent + 1).filter(({ command }) => command === "approve");
}

/**
 * Since when it is the turn of whoever has to act on a request: it was sent, approved by the one before, or sent back,
 * however often it was saved since; or else its last change.
 */
export function turnSince(request: ExceptionRecord): Date {
  const { state, submittedAt, steps, changedAt } = request;
  if (state === "submitted") return approvalsOf(request).at(-1)?.at ?? submittedAt ?? changedAt;
  const sentBack = state === "changes-requested" && steps.findLast(({ command }) => command === "request-changes");
  return sentBack ? sentBack.at : changedAt;
}

/**
 * Whether somebody may write and read the notes on a request: those who decide may do both, also in somebody's place;
 * those who read the register read them. Nobody whom it covers, and nobody while it is a draft.
 * @param places of the body, read before the request: for those who may not know of it, it takes as many queries as one
 * that does not exist
 */
export async function readNoteRights(
  tx: Tx,
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
