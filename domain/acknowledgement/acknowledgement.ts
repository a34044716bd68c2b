/** Accepting or declining one version of a policy: who owes an answer, by when, and what an answer does (S3.6, S2.31). */
import { addDays, calendarDay } from "../calendar/calendar.ts";
import { compareVersions, type PolicyVersion } from "../policy/policy.ts";

export type Answer = "accepted" | "declined";

/** One answer that a person gave. */
export interface GivenAnswer {
  reference: string;
  policy: string;
  version: string;
  hash: string;
  attempt: number;
  answer: Answer;
  givenAt: Date;
  /** True when the policy owner has answered a decline: the person is asked again. */
  isReplied: boolean;
}

/** Longest reason of a decline, in characters. */
export const LONGEST_REASON = 2000;

/**
 * The versions whose acceptance holds for the current one: itself and, as long as no change on the way to it was
 * material, those before it.
 * @param versions all published versions of the policy, oldest first
 */
export function versionsThatCount(versions: readonly PolicyVersion[], current: PolicyVersion): PolicyVersion[] {
  const upToCurrent = versions.filter(({ version }) => compareVersions(version, current.version) <= 0).reverse();
  const lastMaterial = upToCurrent.findIndex(({ frontMatter }) => frontMatter.material);
  return lastMaterial < 0 ? upToCurrent : upToCurrent.slice(0, lastMaterial + 1);
}

export type Standing =
  | { kind: "accepted"; given: GivenAnswer }
  /** Declined, and nobody has answered yet: the policy owner's turn. */
  | { kind: "declined"; given: GivenAnswer }
  /** Owed; `earlier` is a decline that the policy owner has answered. */
  | { kind: "outstanding"; earlier: GivenAnswer | null };

/**
 * Where a person stands with the current version.
 * @param given all the answers of that person on that policy
 * @param counting what `versionsThatCount` says
 */
export function standingOf(given: readonly GivenAnswer[], counting: readonly PolicyVersion[]): Standing {
  const relevant = given
    .filter(({ version, hash }) => counting.some((one) => one.version === version && one.hash === hash))
    .sort((a, b) => compareVersions(b.version, a.version) || b.attempt - a.attempt);
  const accepted = relevant.find(({ answer }) => answer === "accepted");
  if (accepted) return { kind: "accepted", given: accepted };
  const [latest] = relevant;
  const current = counting[0];
  if (!latest || latest.version !== current?.version) return { kind: "outstanding", earlier: null };
  return latest.isReplied ? { kind: "outstanding", earlier: latest } : { kind: "declined", given: latest };
}

/**
 * The last day to answer: so many days from when the version was in effect, was served here, or the person joined,
 * whichever came last. Nobody is late for what they could not know.
 * @returns calendar day, YYYY-MM-DD
 */
export function dueDay(
  { effective, acknowledgeWithinDays }: { effective: string | null; acknowledgeWithinDays: number },
  servedAt: Date,
  joinedAt: Date,
): string {
  const effectiveDay = effective === null ? "" : effective.length === 7 ? `${effective}-01` : effective;
  const [from = ""] = [effectiveDay, calendarDay(servedAt), calendarDay(joinedAt)].sort().reverse();
  return addDays(from, acknowledgeWithinDays);
}

export type AnswerOutcome =
  | { kind: "record"; attempt: number }
  /** It is recorded already, by this answer or the one that stands: harmless. */
  | { kind: "already"; given: GivenAnswer };

/**
 * What giving an answer does. An acceptance is the last word; the same decline twice is one; a decline can be followed by
 * an acceptance, and by another decline once the policy owner has answered.
 * @param given the person's answers on exactly this version and hash
 */
export function answerOutcome(given: readonly GivenAnswer[], answer: Answer): AnswerOutcome {
  const [latest] = [...given].sort((a, b) => b.attempt - a.attempt);
  if (!latest) return { kind: "record", attempt: 1 };
  if (latest.answer === "accepted") return { kind: "already", given: latest };
  if (answer === "declined" && !latest.isReplied) return { kind: "already", given: latest };
  return { kind: "record", attempt: latest.attempt + 1 };
}
