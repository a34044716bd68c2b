import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, isWorkingDay } from "#domain/base/calendar/calendar.ts";
import { deputyStateOn } from "#domain/people/deputy/deputy.ts";
import { deputyEnded, dutiesNotice, roleVacant, standInNotices } from "#domain/people/deputy/notice.ts";
import {
  daysThatCount,
  DUTY_ROLES,
  inTurn,
  isAwayThroughout,
  isDutyRole,
  standIns,
  type DutyRole,
  type StandInReason,
} from "#domain/people/deputy/stand-in.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getConnections, type Followed, type PersonListener } from "#server/base/connections.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Tx } from "#server/base/db/database.ts";
import { endDeputies, isThere, listAway, listDeputies, listStandings, writeStanding } from "./repository.ts";

/** When one of the two leaves, it ends: the other is told. */
export const endDeputiesOfLeaver: Required<PersonListener>["onLeaving"] = async (
  tx,
  { body, personId },
  { by, at, reason },
) => {
  if (reason !== "left") return { evidence: [], notices: [], groups: 0 };
  const found = await listDeputies(tx, body, calendarDay(at), personId);
  await endDeputies(
    tx,
    found.map(({ id }) => id),
    at,
    null,
  );
  const ended = found.map(({ principal, deputy, role }) => ({
    body,
    principalId: principal.personId,
    deputyId: deputy.personId,
    role,
  }));
  const evidence = ended.map(({ principalId, deputyId, role }): EvidenceEvent => {
    return { body, event: "deputy.ended", at, actor: by, subject: principalId, data: { deputy: deputyId, role } };
  });
  const notices = ended.flatMap((one) => deputyEnded(one)).filter(({ to }) => to !== personId);
  const [leaver] = await listStandings(tx, body, [], [personId]);
  const vacant = await tellOfVacancy(tx, body, leaver?.roles ?? [], at);
  return { evidence, notices: [...notices, ...vacant], groups: 0 };
};

/** Who stands in for somebody, or is stood in for, or has duties by a role: for imports that mark many people as having left. */
export const listPeopleWithDeputies: Required<PersonListener>["listConcerned"] = async (tx, body) => {
  const found = await listDeputies(tx, body, clock.today());
  const holders = await listStandings(tx, body, DUTY_ROLES, []);
  return new Set([
    ...found.flatMap(({ principal, deputy }) => [principal.personId, deputy.personId]),
    ...holders.map(({ personId }) => personId),
  ]);
};

/**
 * Has the right people of a body act in roles that they do not have, and tells those for whom that changes: deputies on
 * their days, and the nearest up the line where nobody with a role is there. After every change to people, deputies or
 * absences, in the same transaction, and as days pass. The caller holds the directory's lock.
 */
export async function settleStandIns(tx: Tx, body: string, { by, at }: ChangedBy): Promise<Followed> {
  const today = calendarDay(at);
  const deputyships = (await listDeputies(tx, body, today)).filter((one) => deputyStateOn(one, today) === "runs");
  const deputyIds = deputyships.map(({ deputy }) => deputy.personId);
  const people = await listStandings(tx, body, DUTY_ROLES, deputyIds);
  const there = people.filter((one) => isThere(one, today) && one.handedOverOn === null);
  const places = deputyships.filter(
    ({ principal, role }) => isThere(principal, today) && principal.roles.includes(role),
  );
  const acting = standIns(
    there,
    places.map(({ deputy, role }) => ({ deputyId: deputy.personId, role })),
  );
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  for (const { personId, standsInAs, handedOverOn } of people) {
    const now = acting.get(personId) ?? new Map<DutyRole, StandInReason>();
    const began = [...now.keys()].filter((role) => !standsInAs.includes(role));
    const ended = standsInAs.filter((role) => isDutyRole(role) && !now.has(role));
    if (began.length + ended.length === 0) continue;
    await writeStanding(tx, personId, { standsInAs: [...now.keys()], handedOverOn });
    const common = { body, at, actor: by, subject: personId };
    for (const role of began)
      evidence.push({ ...common, event: "stand-in.began", data: { role, reason: now.get(role) ?? "" } });
    for (const role of ended) evidence.push({ ...common, event: "stand-in.ended", data: { role } });
    // A deputy was told of the days when they were named.
    const byItself = began.filter((role) => now.get(role) === "nobody-there");
    const stillThere = there.some((one) => one.personId === personId);
    notices.push(...standInNotices({ body, to: personId }, byItself, stillThere ? ended : []));
  }
  return { evidence, notices };
}

/**
 * Tells administrators of roles that somebody has lost, where nobody has them any more: who acts in them, or that they
 * have to give them to somebody.
 */
async function tellOfVacancy(tx: Tx, body: string, roles: readonly Role[], at: Date): Promise<Notice[]> {
  const lost = roles.filter(isDutyRole).filter((role) => role !== "administrator");
  if (lost.length === 0) return [];
  const there = (await listStandings(tx, body, DUTY_ROLES, [])).filter(
    (one) => isThere(one, calendarDay(at)) && one.handedOverOn === null,
  );
  return lost.flatMap((role) => {
    const next = inTurn(role, there);
    if (next?.role === role) return [];
    const administrators = there.filter(({ roles: own }) => own.includes("administrator"));
    return administrators.map(({ personId }) => roleVacant({ body, to: personId }, role, next?.role ?? null));
  });
}

/** When somebody who stays has lost roles. */
export const tellOfLostDuties: Required<PersonListener>["onLosingRoles"] = async (tx, { body, lost }, { at }) => ({
  evidence: [],
  notices: await tellOfVacancy(tx, body, lost, at),
});

/**
 * Hands the duties of people over who have been away for more working days than their body's limit, and gives them back
 * to those who are there again; then settles who stands in. The caller holds the directory's lock.
 * @param among only these people; null for all of the body
 */
export async function settleAbsences(tx: Tx, body: string, among: readonly string[] | null, changedBy: ChangedBy) {
  const { by, at } = changedBy;
  const today = calendarDay(at);
  const content = (await loadContent()).bodies.find(({ slug }) => slug === body);
  if (!content) return { evidence: [], notices: [] };
  const holidays = daysOff(content, addDays(today, -366), today);
  // Nobody comes back or begins to be missed on a day off.
  if (!isWorkingDay(today, holidays)) return settleStandIns(tx, body, changedBy);
  const days = daysThatCount(content.awayLimitWorkingDays, today, holidays);
  const followed: Followed = { evidence: [], notices: [] };
  for (const { id, status, standsInAs, handedOverOn, absences } of await listAway(tx, body, { ...days, among })) {
    const isAway = status === "active" && isAwayThroughout(absences, days, holidays);
    if (isAway === (handedOverOn !== null)) continue;
    await writeStanding(tx, id, { standsInAs, handedOverOn: isAway ? today : null });
    const event = isAway ? "duties.handed-over" : "duties.given-back";
    followed.evidence.push({ body, event, at, actor: by, subject: id });
    if (status === "active") followed.notices.push(dutiesNotice({ body, to: id }, isAway));
    if (isAway) add(followed, await followAbsence(tx, { body, personId: id }, changedBy));
  }
  return add(followed, await settleStandIns(tx, body, changedBy));
}

/** What other nouns do when the duties of somebody who is away go to others. */
async function followAbsence(tx: Tx, person: { body: string; personId: string }, changedBy: ChangedBy) {
  const followed: Followed = { evidence: [], notices: [] };
  for (const { onAway } of getConnections().person) if (onAway) add(followed, await onAway(tx, person, changedBy));
  return followed;
}

function add(followed: Followed, more: Followed): Followed {
  followed.evidence.push(...more.evidence);
  followed.notices.push(...more.notices);
  return followed;
}
