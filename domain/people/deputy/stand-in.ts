/** Who acts in a role that they do not have: as a deputy, or because nobody who has it is there (docs/glossary.md, "Stand-in"). */
import type { Role } from "#domain/access/permission/permission.ts";
import { workingDaysBefore, addDays, isWorkingDay } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";

/**
 * The roles that have duties towards everybody, and up the line from each: who acts in it where nobody has it. Where
 * the line ends, administrators are asked to give the role to somebody. Line managers follow from the directory.
 */
export const UP_THE_LINE: Readonly<Record<DutyRole, readonly Role[]>> = {
  "policy-owner": ["governance-officer", "senior-information-risk-owner"],
  "governance-officer": ["senior-information-risk-owner"],
  "senior-information-risk-owner": [],
  administrator: [],
};

export const DUTY_ROLES = [
  "policy-owner",
  "governance-officer",
  "senior-information-risk-owner",
  "administrator",
] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];

export const isDutyRole = (role: Role): role is DutyRole => Object.hasOwn(UP_THE_LINE, role);

interface Holder {
  personId: string;
  roles: readonly Role[];
}

/**
 * Whose turn a duty of a role is: of these people, those who have it, or else the nearest up the line. Nobody if the
 * line ends: administrators then have to name somebody.
 * @param people those who are there and may do it
 */
export function inTurn<One extends Holder>(
  role: DutyRole,
  people: readonly One[],
): { role: Role; people: One[] } | null {
  for (const one of [role, ...UP_THE_LINE[role]]) {
    const found = people.filter(({ roles }) => roles.includes(one));
    if (found.length > 0) return { role: one, people: found };
  }
  return null;
}

/** Why somebody acts in a role without having it. */
export type StandInReason = "deputy" | "nobody-there";

/**
 * The roles in which people act without having them, by id.
 * @param people those who are there, with their own roles
 * @param places deputyships that run today, of principals who have the role
 */
export function standIns(people: readonly Holder[], places: readonly { deputyId: string; role: Role }[]) {
  const acting = new Map<string, Map<DutyRole, StandInReason>>();
  const add = (personId: string, role: DutyRole, reason: StandInReason) =>
    acting.set(personId, new Map([...(acting.get(personId) ?? []), [role, reason]]));
  for (const role of DUTY_ROLES) {
    const next = inTurn(role, people);
    if (next && next.role !== role) for (const { personId } of next.people) add(personId, role, "nobody-there");
  }
  for (const { deputyId, role } of places) {
    const deputy = people.find(({ personId }) => personId === deputyId);
    if (deputy && isDutyRole(role) && !deputy.roles.includes(role)) add(deputyId, role, "deputy");
  }
  return acting;
}

/** The days that decide whether somebody has been away for too long: more working days than the limit, up to today. */
export const daysThatCount = (limit: number, today: string, holidays: ReadonlySet<string>): DayRange => ({
  firstDay: addDays(workingDaysBefore(addDays(today, -1), limit, holidays), 1),
  lastDay: today,
});

/** Whether somebody is away on each working day of a period, and on its last day. */
export function isAwayThroughout(
  absences: readonly DayRange[],
  { firstDay, lastDay }: DayRange,
  holidays: ReadonlySet<string>,
): boolean {
  const isAway = (day: string) => absences.some((one) => one.firstDay <= day && day <= one.lastDay);
  for (let day = firstDay; day < lastDay; day = addDays(day, 1))
    if (isWorkingDay(day, holidays) && !isAway(day)) return false;
  return isAway(lastDay);
}
