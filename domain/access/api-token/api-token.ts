/** A token with which a program reads what an employee of its body may read. */
import { isPastLastDay, type PersonFields } from "#domain/access/identity/person.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, endOfDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { type FieldProblem, textProblems } from "#domain/base/form/form-values.ts";

export const LONGEST_TOKEN_NAME = 100;
/** How long a token may hold, in days; a year at most, so that nobody forgets it. */
export const TOKEN_DAYS = [30, 90, 365] as const;
export type TokenDays = (typeof TOKEN_DAYS)[number];

export interface AskedToken {
  name: string;
  scopes: readonly string[];
  days: string;
}

export interface TokenToMake {
  name: string;
  scopes: StoredScope[];
  days: TokenDays;
}

/** What to make, or what has to be put right first. */
export function readAskedToken(asked: AskedToken): TokenToMake | { problems: FieldProblem[] } {
  const { scopes: sent } = asked;
  const problems: FieldProblem[] = [];
  const scopes = [...new Set(sent.filter(isTokenScope))];
  if (scopes.length === 0) problems.push({ field: "scopes", message: "Choose what the program may do." });
  if (scopes.length > 1 && scopes.includes(DIRECTORY_SCOPE))
    problems.push({
      field: "scopes",
      message: "A token that changes people may do nothing else. Make a second one for the rest.",
    });
  return readToken(asked, TOKEN_DAYS, scopes, problems);
}

/** For how many days a token of a person's own may hold: shorter, because it opens what is theirs. */
export const PERSONAL_TOKEN_DAYS = [30, 90] as const;

/** The same for a token of a person's own. */
export const readPersonalToken = (asked: Omit<AskedToken, "scopes">): TokenToMake | { problems: FieldProblem[] } =>
  readToken(asked, PERSONAL_TOKEN_DAYS, [PERSONAL_SCOPE], []);

function readToken(
  { name, days: typed }: Omit<AskedToken, "scopes">,
  choices: readonly TokenDays[],
  scopes: StoredScope[],
  ofScopes: readonly FieldProblem[],
) {
  const problems = [...textProblems("name", name, "Write which program it is for.", LONGEST_TOKEN_NAME), ...ofScopes];
  const days = choices.find((one) => String(one) === typed);
  if (days === undefined) problems.push({ field: "days", message: "Choose how long it is valid." });
  return problems.length > 0 || days === undefined ? { problems } : { name, scopes, days };
}

/** The moment at which a token made now ends: with its last day, London time. */
export const tokenEnd = (now: Date, days: TokenDays): Date => endOfDay(addDays(calendarDay(now), days));

const LONGEST_DAYS = 365;

/** The moment at which a token ends: a year after it was made at the latest, whatever was said then. */
export function endOfToken({ madeAt, expiresAt }: { madeAt: Date; expiresAt: Date }): Date {
  const latest = tokenEnd(madeAt, LONGEST_DAYS);
  return expiresAt < latest ? expiresAt : latest;
}

/** Why a token does not hold any more although its time is not over. */
export const END_REASONS = {
  "maker-left": "The person who made it has left",
  "maker-lost-role": "The person who made it is no longer an administrator",
} as const;
export type EndReason = keyof typeof END_REASONS;

export const isEndReason = (text: string | null): text is EndReason =>
  text !== null && Object.hasOwn(END_REASONS, text);

/** Who made a token, as the directory has them now. */
export type TokenMaker = Pick<PersonFields, "status" | "roles" | "leavesOn"> & { body: string };

/**
 * Why a token does not hold any more, by who made it; null where it does. One that changes people ends with the right to
 * make one, a person's own when they leave; one that only reads belongs to the body and goes on (decisions 037, 100).
 * @param today YYYY-MM-DD, in London
 */
export function endByMaker(
  { scopes, body }: { scopes: readonly string[]; body: string },
  maker: TokenMaker,
  today: string,
): EndReason | null {
  const isOwn = isPersonal({ scopes });
  if (!isOwn && !scopes.includes(DIRECTORY_SCOPE)) return null;
  if (maker.status === "left" || isPastLastDay(maker, today)) return "maker-left";
  return isOwn || can(maker, "api-token.manage", { body }) ? null : "maker-lost-role";
}

export type TokenState = "active" | "expired" | "revoked" | "ended";

/** What of a token says where it stands. */
export interface TokenTimes {
  madeAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  endedAt: Date | null;
}

/** Where a token stands at a moment; a revoked or ended one stays so when its time is over. */
export function stateOfToken(token: TokenTimes, now: Date): TokenState {
  if (token.revokedAt !== null) return "revoked";
  if (token.endedAt !== null) return "ended";
  return endOfToken(token) <= now ? "expired" : "active";
}

/** At how many days before its end administrators are told of a token. */
const TELL_DAYS = [30, 7, 1] as const;
/** For how many days after its end a token is still somebody's task. */
const ASK_DAYS_AFTER = 30;

/** The tellings that a token has at all: not on the day it is made. */
function tellDaysOf(token: Pick<TokenTimes, "madeAt" | "expiresAt">): number[] {
  const last = lastDay(endOfToken(token));
  return TELL_DAYS.filter((days) => addDays(last, -days) > calendarDay(token.madeAt));
}

/**
 * At how many days before its end administrators should have been told and were not; those that were missed are one
 * telling.
 * @param today YYYY-MM-DD, in London
 */
export function expiryNoticesDue(
  token: Pick<TokenTimes, "madeAt" | "expiresAt"> & { toldDays: readonly number[] },
  today: string,
): number[] {
  const last = lastDay(endOfToken(token));
  return tellDaysOf(token).filter((days) => addDays(last, -days) <= today && !token.toldDays.includes(days));
}

/**
 * The day until which the next token should be made, while somebody is to be asked; null while or once nobody is.
 * @param today YYYY-MM-DD, in London
 */
export function nextTokenDue(token: TokenTimes, today: string): string | null {
  if (token.revokedAt !== null) return null;
  const end = endOfToken(token);
  const due = token.endedAt && token.endedAt < end ? calendarDay(token.endedAt) : lastDay(end);
  const from = token.endedAt ? due : addDays(due, -Math.max(0, ...tellDaysOf(token)));
  return from <= today && today <= addDays(due, ASK_DAYS_AFTER) ? due : null;
}

/** A program as somebody who reads: an employee of the token's body, nobody in particular. */
export const programActor = ({ reference, name, body }: { reference: string; name: string; body: string }): Actor => ({
  personId: reference,
  name,
  email: "",
  roles: ["employee"],
  body,
  employer: "",
  team: null,
});

/** Whether an actor is a program and not a person: nothing may be read by it that is kept from anybody. */
export const isProgram = ({ personId }: Pick<Actor, "personId">): boolean => personId.startsWith("TOK-");

/** What a program may do with its token. */
export const API_SCOPES = [
  "policies:read",
  "evaluate",
  "outcomes:read",
  "drafts:begin",
  "registers:read",
  "registers:people",
] as const;
export type ApiScope = (typeof API_SCOPES)[number];
/** What of it /mcp serves; the rest is for /api/v1. Whoever asks there as a person gets these, and no more. */
export const ASSISTANT_SCOPES = ["policies:read", "evaluate"] as const satisfies readonly ApiScope[];
export type AssistantScope = (typeof ASSISTANT_SCOPES)[number];
export type RegisterScope = Extract<ApiScope, `registers:${string}`>;

/** Changing the people and groups of the body (SCIM). It stands alone: such a token opens nothing else. */
export const DIRECTORY_SCOPE = "directory";

export const TOKEN_SCOPES = [...API_SCOPES, DIRECTORY_SCOPE] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** A token of a person's own: it opens /mcp alone, as that person. Nobody chooses it for a program. */
export const PERSONAL_SCOPE = "personal";
export const STORED_SCOPES = [...TOKEN_SCOPES, PERSONAL_SCOPE] as const;
export type StoredScope = (typeof STORED_SCOPES)[number];

export const isPersonal = ({ scopes }: { scopes: readonly string[] }): boolean => scopes.includes(PERSONAL_SCOPE);

/** What each lets a program do, for the form and the list of tokens. */
export const TOKEN_SCOPE_WORDS: Readonly<Record<TokenScope, string>> = {
  "policies:read": "Read policies, versions, clauses and questions",
  evaluate: "Ask for the verdict of a situation",
  "outcomes:read": "Read every outcome of a policy at once",
  "drafts:begin": "Begin requests for exceptions, records and chat groups, which a person then finishes",
  "registers:read": "Read the registers of your body, without names and free text",
  "registers:people": "Also read the names and free text in them, and who is in the directory",
  directory: "Change the people of your body (SCIM)",
};

/** The same for every token that there is, those of a person's own included. */
export const STORED_SCOPE_WORDS: Readonly<Record<StoredScope, string>> = {
  ...TOKEN_SCOPE_WORDS,
  personal: "Answer an assistant of the person who made it, as that person",
};

export const isTokenScope = (text: string): text is TokenScope => TOKEN_SCOPES.some((scope) => scope === text);
