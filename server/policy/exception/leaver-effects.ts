import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { holderOf } from "#domain/policy/exception/mitigation.ts";
import { noticesOfStep } from "#domain/policy/exception/notice.ts";
import { periodEndedAt, stateAt } from "#domain/policy/exception/state.ts";
import { clock } from "#server/base/clock.ts";
import type { Followed, PersonListener } from "#server/base/connections.ts";
import type { ExceptionState } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";
import { addExceptionStep, eventOf, isDraftHeld } from "./change.ts";
import { findRoles, listDeciders, listHoldersAndDeciders } from "./decider-repository.ts";
import { readDeciderRelations, turnSince } from "./decider-rules.ts";
import { decidedBy, notToldSince } from "./effects.ts";
import {
  findException,
  listReferences,
  listWithNewManager,
  lockException,
  moveException,
  updateException,
  type ExceptionRecord,
} from "./repository.ts";
import { readDueDays } from "./request-limit-rules.ts";

interface Leaver {
  body: string;
  personId: string;
}

/**
 * When somebody leaves: what they asked for is withdrawn, what they hold for themselves ends, what they hold for others
 * goes to their line manager or the governance officers; and those are told who decide in their place. When they change
 * team, what they hold for that team goes to its manager, what they hold for chat groups that they are out of now to the
 * administrators of these, and nothing else is touched.
 */
export const handOverExceptions: Required<PersonListener>["onLeaving"] = async (tx, person, { by, at, reason }) => {
  if (reason !== "left") {
    const held = { requesterId: person.personId, scope: { not: "person" as const } };
    return { ...(await leaveToNext(tx, person.body, held, by)), groups: 0 };
  }
  const own = await endOwn(tx, person, by);
  const waiting = await tellNextDeciders(tx, person, await findRoles(tx, person), at);
  return { evidence: own.evidence, notices: [...own.notices, ...waiting.notices], groups: 0 };
};

/** When somebody loses roles that decide: those are told whose turn it is in their place. */
export const tellOfLostRoles: Required<PersonListener>["onLosingRoles"] = async (tx, { lost, ...person }, { at }) =>
  tellNextDeciders(tx, person, lost, at);

/** When somebody is away for long: the same. What was passed on to them is theirs again once they are back. */
export const tellInPlaceOfAway: Required<PersonListener>["onAway"] = async (tx, person, { at }) =>
  tellNextDeciders(tx, { ...person, isAway: true }, await findRoles(tx, person), at);

/** After changes to people: a line manager who was not there when a waiting request was sent is told that it is theirs. */
export const tellNewManagers: Required<PersonListener>["afterChanges"] = async (tx, body) => {
  const notices: Notice[] = [];
  const dueDay = await readDueDays(body);
  for (const reference of await listWithNewManager(tx, body)) {
    const request = await lockException(tx, body, reference);
    const managerId = request?.requester.managerId ?? null;
    if (request?.state !== "submitted" || managerId === null) continue;
    const deciders = (await readDeciderRelations(tx, { body }, [request])).decidersOf(request);
    if (!deciders.includes(managerId)) continue;
    const dueOn = dueDay(request, turnSince(request));
    const step = { kind: "yours-now", residual: request.residual, dueOn } as const;
    const due = noticesOfStep(request, step, { deciders: [managerId] });
    notices.push(...(await notToldSince(tx, due, new Date((request.submittedAt ?? request.createdAt).getTime() - 1))));
  }
  return { evidence: [], notices };
};

/** Ids of those who hold requests or decide on waiting ones: for imports that mark many people as having left. */
export const listPeopleWithExceptions: Required<PersonListener>["listConcerned"] = async (tx, body, among) =>
  new Set(await listHoldersAndDeciders(tx, body, among));

const OPEN: ExceptionState[] = ["draft", "submitted", "changes_requested", "approved"];

async function endOwn(tx: Tx, { body, personId }: Leaver, by: string): Promise<Followed> {
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  for (const reference of await listReferences(tx, { body, requesterId: personId, state: { in: OPEN } })) {
    const request = await lockException(tx, body, reference);
    if (request?.requesterId !== personId) continue;
    // Read after getting the lock, so that steps are in the order of their times.
    const followed = await endOne(tx, request, { by, at: clock.now() });
    evidence.push(...followed.evidence);
    notices.push(...followed.notices);
  }
  return { evidence, notices };
}

/** What somebody holds for a chat group that they no longer administer goes to whoever does, else to the officers. */
export const leaveToGroup = (tx: Tx, group: { body: string; id: string }, by: string): Promise<Followed> =>
  leaveToNext(tx, group.body, { groupId: group.id, scope: "group" }, by);

/** Of these, what was held for a team or group by somebody who is no longer of it goes to whoever looks after it now. */
async function leaveToNext(tx: Tx, body: string, which: Parameters<typeof listReferences>[1], by: string) {
  const followed: Followed = { evidence: [], notices: [] };
  for (const reference of await listReferences(tx, { ...which, body, state: "approved" })) {
    const request = await lockException(tx, body, reference);
    const at = clock.now();
    const last = request?.steps.findLast(({ command }) => command === "hand-over" || command === "take-over");
    if (!request?.hasRequesterLeft || last?.command === "hand-over" || stateAt(request, at) !== "approved") continue;
    const { evidence, notices } = await handOver(tx, request, { by, at });
    followed.evidence.push(...evidence);
    followed.notices.push(...notices);
  }
  return followed;
}

/** What becomes of one request of somebody who has left. The request is locked. */
async function endOne(tx: Tx, request: ExceptionRecord, { by, at }: ChangedBy): Promise<Followed> {
  const { id, requesterId: personId } = request;
  const state = stateAt(request, at);
  const eventIn = (event: EvidenceEvent["event"], data: EvidenceEvent["data"]) =>
    eventOf({ personId: by }, request, event, at, data, undefined);
  switch (state) {
    case "draft":
      // What a hold keeps stays, and nobody else sees it.
      if (!(await isDraftHeld(tx, request))) await moveException(tx, id, at, "gone");
      return { evidence: [], notices: [] };
    case "submitted":
    case "changes-requested": {
      const relations = await readDeciderRelations(tx, { body: request.body, personId }, [request]);
      const deciders = state === "submitted" ? relations.decidersOf(request) : [];
      await moveException(tx, id, at, "withdrawn", { passedToId: null });
      const reason = "The person who asked for it has left.";
      await addExceptionStep(tx, request, { at, personId, command: "withdraw", reason });
      const notices = noticesOfStep(request, { kind: "withdrawn", wasApproved: false }, { deciders });
      return { evidence: [eventIn("exception.withdrawn", { from: state, left: true })], notices };
    }
    case "approved":
      if (request.scope !== "person") return handOver(tx, request, { by, at });
      await moveException(tx, id, at, "revoked", periodEndedAt(request, at));
      await addExceptionStep(tx, request, { at, personId, command: "end-with-leaver" });
      return {
        evidence: [eventIn("exception.ended-with-leaver", {})],
        notices: noticesOfStep(request, { kind: "ended-with-leaver" }, { deciders: decidedBy(request) }),
      };
    default:
      return { evidence: [], notices: [] };
  }
}

async function handOver(tx: Tx, before: ExceptionRecord, { by, at }: ChangedBy): Promise<Followed> {
  await updateException(tx, before.id, at, {});
  await addExceptionStep(tx, before, { at, personId: before.requesterId, command: "hand-over" });
  const request = (await findException(tx, before.body, before.reference)) ?? before;
  const holder = holderOf({ ...request, managerId: request.requester.managerId });
  const officers = await listDeciders(tx, request.body, [], calendarDay(at));
  const inPlace = officers.flatMap(({ roles, personId }) => (roles.includes("governance-officer") ? [personId] : []));
  const data = { to: holder ?? "governance-officer" };
  return {
    evidence: [eventOf({ personId: by }, request, "exception.handed-over", at, data, undefined)],
    notices: noticesOfStep(request, { kind: "handed-over" }, { takers: holder === null ? inPlace : [holder] }),
  };
}

/**
 * Tells those whose turn it now is on waiting requests that somebody was to decide on, unless they were told before.
 * What was passed on to that person is anybody's whose turn it is again; for good, unless they are only away.
 * @param roles that they had
 */
async function tellNextDeciders(
  tx: Tx,
  { body, personId, isAway }: Leaver & { isAway?: true },
  roles: readonly Role[],
  at: Date,
) {
  const decidedOnAll = roles.some((role) => role === "governance-officer" || role === "senior-information-risk-owner");
  const theirs = { OR: [{ managerId: personId }, { team: { managerId: personId } }] };
  const only = decidedOnAll ? {} : { OR: [{ passedToId: personId }, { requester: theirs }] };
  const references = await listReferences(tx, { body, state: "submitted", ...only });
  const notices: Notice[] = [];
  const dueDay = await readDueDays(body);
  for (const reference of references) {
    const found = await lockException(tx, body, reference);
    if (found?.state !== "submitted") continue;
    const wasPassedOn = found.passedToId === personId;
    const request = wasPassedOn && !isAway ? { ...found, passedToId: null } : found;
    if (request !== found) await updateException(tx, request.id, at, { passedToId: null });
    const deciders = (await readDeciderRelations(tx, { body, personId }, [request])).decidersOf(request);
    const since = request.submittedAt ?? request.createdAt;
    const step = { kind: "yours-now", residual: request.residual, dueOn: dueDay(request, turnSince(request)) } as const;
    const due = noticesOfStep(request, step, { deciders: deciders.filter((id) => id !== personId) });
    notices.push(...(wasPassedOn ? due : await notToldSince(tx, due, new Date(since.getTime() - 1))));
  }
  return { evidence: [], notices };
}
