/** A token with which a program reads what an employee of its body may read (issue 5, point 10). */
import type { Actor } from "../access/actor.ts";
import { addDays, calendarDay, endOfDay } from "../calendar/calendar.ts";
import { textProblems, type FieldProblem } from "../form/field-problem.ts";
import { DIRECTORY_SCOPE, isTokenScope, type TokenScope } from "./scope.ts";

export const LONGEST_TOKEN_NAME = 100;
/** How long a token may hold, in days; a year at most, so that nobody forgets it. */
export const TOKEN_DAYS = [30, 90, 365] as const;
export type TokenDays = (typeof TOKEN_DAYS)[number];

/** What the form asks for, as it was sent. */
export interface AskedToken {
  name: string;
  scopes: readonly string[];
  days: string;
}

/** What to make, or what has to be put right first. */
export function readAskedToken({
  name,
  scopes: sent,
  days: typed,
}: AskedToken): { name: string; scopes: TokenScope[]; days: TokenDays } | { problems: FieldProblem[] } {
  const problems = textProblems("name", name, "Write which program it is for.", LONGEST_TOKEN_NAME);
  const scopes = [...new Set(sent.filter(isTokenScope))];
  if (scopes.length === 0) problems.push({ field: "scopes", message: "Choose what the program may do." });
  if (scopes.length > 1 && scopes.includes(DIRECTORY_SCOPE))
    problems.push({
      field: "scopes",
      message: "A token that changes people may do nothing else. Make a second one for the rest.",
    });
  const days = TOKEN_DAYS.find((one) => String(one) === typed);
  if (days === undefined) problems.push({ field: "days", message: "Choose how long it is valid." });
  return problems.length > 0 || days === undefined ? { problems } : { name, scopes, days };
}

/** The moment at which a token made now ends: with its last day, London time. */
export function tokenEnd(now: Date, days: TokenDays): Date {
  return endOfDay(addDays(calendarDay(now), days));
}

export type TokenState = "active" | "expired" | "revoked";

/** Where a token stands at a moment; a revoked one stays revoked when its time is over. */
export function stateOfToken(
  { revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date },
  now: Date,
): TokenState {
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "expired" : "active";
}

/** A program as somebody who reads: an employee of the token's body, nobody in particular. */
export function programActor({ reference, name, body }: { reference: string; name: string; body: string }): Actor {
  return { personId: reference, name, email: "", roles: ["employee"], body, employer: "", team: null };
}
