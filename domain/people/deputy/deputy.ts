/** Who decides in place of somebody else for a time (docs/glossary.md, "Deputy"). */
import type { Role } from "#domain/access/permission/permission.ts";
import { addDays, addMonths, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";

/** The roles in which somebody can stand in for another, and who may: people with one of these roles. */
const STANDS_IN = {
  "line-manager": ["line-manager", "governance-officer", "senior-information-risk-owner"],
  "policy-owner": ["policy-owner", "governance-officer", "senior-information-risk-owner"],
  "governance-officer": ["governance-officer", "senior-information-risk-owner"],
  // Most bodies have one senior owner, and one administrator: with the same role alone, nobody could stand in for them.
  "senior-information-risk-owner": ["senior-information-risk-owner", "governance-officer"],
  administrator: ["employee"],
} as const satisfies Partial<Record<Role, readonly Role[]>>;
export type DeputisedRole = keyof typeof STANDS_IN;

export const DEPUTISED_ROLES = [
  "line-manager",
  "policy-owner",
  "governance-officer",
  "senior-information-risk-owner",
  "administrator",
] as const satisfies readonly DeputisedRole[];

/** The roles of which somebody needs one to stand in. */
export const rolesToStandIn = (role: DeputisedRole): readonly Role[] => STANDS_IN[role];

/** Whether somebody with these roles can stand in for one of these roles. */
export const mayStandInAs = (role: DeputisedRole, roles: readonly Role[]): boolean =>
  rolesToStandIn(role).some((one) => roles.includes(one));

/** The roles of somebody in which another can stand in for them. */
export const deputisedRolesOf = (roles: readonly Role[]) => DEPUTISED_ROLES.filter((role) => roles.includes(role));

const LONGEST_MONTHS = 12;

/** What is wrong with the first and the last day. @param today calendar day, YYYY-MM-DD */
export function deputyDayProblems(from: string, until: string, today: string): FieldProblem[] {
  if (from < today) return [{ field: "from", message: "The first day must be today or later." }];
  if (until < from) return [{ field: "until", message: "The last day must be the first day or later." }];
  const latest = addDays(addMonths(from, LONGEST_MONTHS), -1);
  return until > latest
    ? [{ field: "until", message: `The last day must be ${dateInWords(latest)} or earlier: that is twelve months.` }]
    : [];
}

/** From one day to another, YYYY-MM-DD, until it is ended. */
export interface DeputyDays {
  from: string;
  until: string;
  endedAt: Date | null;
}

/** Whether it runs on a day, or is still to come; null once it is over. */
export function deputyStateOn({ from, until, endedAt }: DeputyDays, today: string): "runs" | "to-come" | null {
  if (endedAt !== null || until < today) return null;
  return from <= today ? "runs" : "to-come";
}
