/**
 * Policy debt: a clause from which so many exceptions are approved, or one for so long, that its owner has to look at
 * the policy itself (docs/glossary.md, "Policy debt").
 */
import { calendarDay, dateInWords, startOfDay } from "#domain/base/calendar/calendar.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";

/** From how many approvals within a year on, and from which extension of one exception on. Our own figures. */
export const DEBT_FROM = { approvals: 5, extension: 3 } as const;

/** Working days for the policy owner to look at it. Our own figure. */
export const LOOK_AT_DEBT_WITHIN_WORKING_DAYS = 20;

/** Longest reason for keeping the policy as it is, in characters. */
export const LONGEST_DEBT_REASON = 2000;

/** What there was at a clause when a policy owner looked at it last, and kept the policy as it is. */
export interface ConsideredDebt {
  approvals: number;
  extension: number;
}

/** From how many approvals and from which extension on a clause is policy debt: more than were considered. */
export const debtLimits = (considered: ConsideredDebt | null): ConsideredDebt => ({
  approvals: Math.max(DEBT_FROM.approvals, (considered?.approvals ?? 0) + 1),
  extension: Math.max(DEBT_FROM.extension, (considered?.extension ?? 0) + 1),
});

/** The exceptions from one clause that were approved in the last twelve months, or are in force. */
export interface ClauseApprovals {
  /** Approved in the last twelve months. */
  approvals: number;
  /** The highest number of extensions of any: 0 if none extends another. */
  extension: number;
  /** When as many as the limit had been approved in those months; null if fewer were. */
  manySince: Date | null;
  /** When the first was approved that was extended as often as the limit; null if none was. */
  longSince: Date | null;
  /** When the last of all was approved. */
  lastAt: Date;
  /** When the first was approved after the version in force began to apply; null if none was. */
  firstSinceVersion: Date | null;
}

export interface PolicyDebt {
  approvals: number;
  extension: number;
  /** Whether there are too many; otherwise one goes on for too long. */
  isMany: boolean;
  /** When it came about. */
  since: Date;
}

/**
 * The policy debt at a clause; null if there is none, or no more than was considered. A new version settles it until
 * another exception is approved.
 * @param versionFrom the first day of the version in force, YYYY-MM-DD; "" if it does not say
 */
export function policyDebt(
  { approvals, extension, manySince, longSince, lastAt, firstSinceVersion }: ClauseApprovals,
  versionFrom: string,
): PolicyDebt | null {
  const from = [manySince, longSince].flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  if (!from) return null;
  const versionAt = versionFrom === "" ? null : startOfDay(versionFrom);
  if (versionAt && lastAt < versionAt) return null;
  const since = versionAt && from < versionAt ? (firstSinceVersion ?? from) : from;
  return { approvals, extension, isMany: manySince !== null, since };
}

/** "Look at clause 4.4: 6 exceptions in a year" */
export function debtTitle(clause: string, { approvals, extension, isMany }: PolicyDebt): string {
  const why = isMany ? `${approvals} exceptions in a year` : `an exception extended ${extension} times`;
  return `Look at clause ${clause}: ${why}`;
}

/** What there is at the clause, in sentences. @param approvals in the last twelve months @param extension the highest */
export function approvalsInWords({ approvals, extension }: Pick<PolicyDebt, "approvals" | "extension">): string {
  const many =
    approvals === 0
      ? "No exception from it was approved in the last twelve months."
      : approvals === 1
        ? "1 exception from it was approved in the last twelve months."
        : `${approvals} exceptions from it were approved in the last twelve months.`;
  if (extension === 0) return many;
  return `${many} One was extended ${extension === 1 ? "once" : `${extension} times`}.`;
}

/** "Kept as it is on 3 May 2026, at 6 exceptions in a year." */
export function consideredInWords({ approvals, at }: ConsideredDebt & { at: Date }): string {
  const exceptions = approvals === 1 ? "1 exception" : `${approvals} exceptions`;
  return `Kept as it is on ${dateInWords(calendarDay(at))}, at ${exceptions} in a year.`;
}

/** What has to be corrected in a reason for keeping the policy as it is. */
export const debtReasonProblems = (reason: string): FieldProblem[] =>
  textProblems("reason", reason, "Say why the policy stays as it is.", LONGEST_DEBT_REASON);
