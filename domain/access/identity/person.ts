/** Somebody in the directory of a body, as import, SCIM and administrators describe them. */
import type { Role } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";

export const PERSON_KINDS = ["employee", "contractor", "vendor", "agent"] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** How a kind is named to people. */
export const PERSON_KIND_NAMES = {
  employee: "Employee",
  contractor: "Contractor",
  vendor: "Vendor",
  agent: "Agent",
} as const satisfies Record<PersonKind, string>;

/** How a directory can be narrowed down by whether people are there. */
export const PERSON_STATES = {
  here: "Work here",
  left: "Have left",
  away: "Away now",
  starting: "Not started yet",
  unconfirmed: "Roles not confirmed",
} as const;

export interface PersonFields {
  /** In small letters. */
  email: string;
  name: string;
  employer: string;
  teamId: string | null;
  /** Id of their line manager, where the directory says who; otherwise it is their team's. */
  managerId: string | null;
  roles: Role[];
  status: "active" | "left";
  kind: PersonKind;
  /** First and last day with the body, and the last day away, YYYY-MM-DD. */
  startsOn: string | null;
  leavesOn: string | null;
  awayUntil: string | null;
  /** What the program that feeds the directory calls them. */
  externalId: string | null;
}

/** Who changes the directory, and when. */
export interface ChangedBy {
  /** Id of a person, reference of a token, or "portal". */
  by: string;
  at: Date;
}

/** What nobody has said yet of somebody who is new. */
export const NEW_PERSON: Omit<PersonFields, "email" | "name" | "employer" | "roles"> = {
  status: "active",
  kind: "employee",
  teamId: null,
  managerId: null,
  startsOn: null,
  leavesOn: null,
  awayUntil: null,
  externalId: null,
};

export interface DirectoryPerson extends PersonFields {
  id: string;
  body: string;
}

/** Whether somebody has not begun yet: they cannot sign in before their first day. @param today YYYY-MM-DD, in London */
export const isStarting = ({ startsOn }: Pick<PersonFields, "startsOn">, today: string): boolean =>
  startsOn !== null && startsOn > today;

/** Whether somebody's last day is over; the day itself is still worked. @param today YYYY-MM-DD, in London */
export const isPastLastDay = ({ leavesOn }: Pick<PersonFields, "leavesOn">, today: string): boolean =>
  leavesOn !== null && leavesOn < today;

/** Whether somebody is away today. @param today YYYY-MM-DD, in London */
export const isAwayOn = ({ awayUntil }: Pick<PersonFields, "awayUntil">, today: string): boolean =>
  awayUntil !== null && awayUntil >= today;

/** Where somebody is in a body, and since when; days are YYYY-MM-DD, in London. */
export interface Placement {
  id: string;
  employer: string;
  teamId: string | null;
  roles: readonly Role[];
  kind: PersonKind;
  /** Since when they owe answers: in the directory, begun, and back if they had left. */
  joinedDay: string;
  hasBegun: boolean;
  /** Since when they are in their team and so on; null, or a role that is not named, since they joined. */
  teamSince: string | null;
  employerSince: string | null;
  kindSince: string | null;
  rolesSince: Readonly<Partial<Record<Role, string | null>>>;
}

/** Since when somebody owes answers, YYYY-MM-DD. @param entered when they came into the directory */
export function joinedDay({
  entered,
  startsOn,
  returnedOn,
}: {
  entered: Date;
  startsOn: string | null;
  returnedOn: string | null;
}): string {
  const [latest = ""] = [calendarDay(entered), startsOn ?? "", returnedOn ?? ""].sort().reverse();
  return latest;
}
