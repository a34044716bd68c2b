/**
 * Accepting or declining one version of a policy: who has to answer, by when, and the effect of an answer (S3.6,
 * S2.31).
 */
import { keysOf } from "#domain/base/list/page.ts";
import { type Actor, may } from "#domain/access/permission/permission.ts";
import { isMaterial, predecessorOf } from "#domain/policy/policy/material.ts";
import { compareVersions, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";

export const ACKNOWLEDGEMENT_ANSWERS = ["accepted", "declined"] as const;
export type AcknowledgementAnswer = (typeof ACKNOWLEDGEMENT_ANSWERS)[number];

/** Why somebody declines: both reach whoever answers declines, who is told which it is. */
export const DECLINE_GROUNDS = ["not_understood", "cannot_agree"] as const;
export type DeclineGround = (typeof DECLINE_GROUNDS)[number];

/** What somebody says who declines. */
export const GROUND_WORDS = {
  not_understood: "I do not understand it",
  cannot_agree: "I cannot agree to it",
} as const satisfies Record<DeclineGround, string>;

/** What ties an answer to one version: its number and the hash of its content. */
export type VersionKey = Pick<PolicyVersion, "version" | "hash">;

/** One answer that a person gave. */
export interface GivenAnswer {
  reference: string;
  policy: string;
  version: string;
  hash: string;
  attempt: number;
  answer: AcknowledgementAnswer;
  givenAt: Date;
  /** When the policy owner replied to a decline; from then on the person is asked again. */
  repliedAt: Date | null;
  /** When somebody recorded it from paper; null for one that was given in the portal. */
  recordedAt: Date | null;
}

/**
 * The versions whose acceptance holds for the current one, starting with it: itself and, as long as no change leading
 * to it was material, those before it. A change is material if an outcome changed or the author says so
 * (domain/policy/material). Accepting a draft counts for drafts only.
 * @param versions all published versions of the policy
 */
export function versionsThatCount(versions: readonly PolicyVersion[], current: PolicyVersion): PolicyVersion[] {
  const isDraft = ({ frontMatter: { status } }: PolicyVersion) => status === "draft";
  const upToCurrent = versions
    .filter((version) => isDraft(version) === isDraft(current) && version.frontMatter.status !== "withdrawn")
    .filter(({ version }) => compareVersions(version, current.version) <= 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  const lastMaterial = upToCurrent.findIndex((version) => isMaterial(version, predecessorOf(versions, version)));
  return lastMaterial < 0 ? upToCurrent : upToCurrent.slice(0, lastMaterial + 1);
}

export type AcknowledgementState =
  | { kind: "accepted"; given: GivenAnswer }
  /** Declined, and nobody has replied yet: the policy owner has to. */
  | { kind: "declined"; given: GivenAnswer }
  /** Not answered yet; `earlier` is a decline that the policy owner has replied to. */
  | { kind: "outstanding"; earlier: GivenAnswer | null };

/**
 * Where a person stands with the current version. A change that was not material keeps what they answered before it: a
 * decline waits for its reply as before, and the reply still counts.
 * @param given all the person's answers on that policy
 * @param counting from `versionsThatCount`
 */
export function acknowledgementStateOf(
  given: readonly GivenAnswer[],
  counting: readonly VersionKey[],
): AcknowledgementState {
  const relevant = given
    .filter((answer) => counting.some((one) => isOn(answer, one)))
    .sort((a, b) => compareVersions(b.version, a.version) || b.attempt - a.attempt);
  const accepted = relevant.find(({ answer }) => answer === "accepted");
  if (accepted) return { kind: "accepted", given: accepted };
  const [latest = null] = relevant;
  return latest === null || latest.repliedAt
    ? { kind: "outstanding", earlier: latest }
    : { kind: "declined", given: latest };
}

export type AnswerOutcome =
  | { kind: "record"; attempt: number }
  /** Already recorded, by this answer or by one that takes precedence: harmless. */
  | { kind: "already"; given: GivenAnswer }
  /** A newer version is current by now: nothing may be recorded on the one that was shown. */
  | { kind: "superseded" };

/**
 * The effect of an answer. The same answer given twice counts once; an acceptance is final; a decline can be followed
 * by an acceptance, or by another decline once the policy owner has replied.
 * @param given all the person's answers on that policy
 * @param counting from `versionsThatCount`, the current version first
 * @param shown the version that the person saw
 */
export function answerOutcome(
  given: readonly GivenAnswer[],
  counting: readonly VersionKey[],
  shown: VersionKey,
  answer: AcknowledgementAnswer,
): AnswerOutcome {
  const [latest] = given.filter((one) => isOn(one, shown)).sort((a, b) => b.attempt - a.attempt);
  if (latest?.answer === answer && !latest.repliedAt) return { kind: "already", given: latest };
  const [current] = counting;
  if (!current || !isOn(shown, current)) return { kind: "superseded" };
  const standing = acknowledgementStateOf(given, counting);
  if (standing.kind === "accepted") return { kind: "already", given: standing.given };
  if (standing.kind === "declined" && answer === "declined") return { kind: "already", given: standing.given };
  return { kind: "record", attempt: (latest?.attempt ?? 0) + 1 };
}

/** Who answers declines, from the nearest upwards. */
export const DECLINE_ANSWERERS = ["policy-owner", "governance-officer", "senior-information-risk-owner"] as const;
export type DeclineAnswerer = (typeof DECLINE_ANSWERERS)[number];

/**
 * The role that answers somebody's decline: the policy owner; the governance officer for an owner's own, and the senior
 * owner for an officer's own. Where nobody else holds it the next upwards, and then any: nobody answers their own, and none
 * stays without an answer while somebody else holds one of these roles.
 * @param holders those who work for the body now and hold one of the roles
 */
export function declineAnswerer(declinerId: string, holders: readonly Pick<Actor, "personId" | "roles">[]) {
  const others = holders.filter(({ personId }) => personId !== declinerId);
  const own = holders.filter(({ personId }) => personId === declinerId).flatMap(({ roles }) => roles);
  const above = DECLINE_ANSWERERS.findLastIndex((role) => own.includes(role)) + 1;
  const upwards = [...DECLINE_ANSWERERS.slice(above), ...DECLINE_ANSWERERS];
  return upwards.find((role) => others.some(({ roles }) => roles.includes(role))) ?? null;
}

/** Whether somebody reads and answers this decline: in the role that answers it, and never their own. */
export function mayAnswerDecline(
  actor: Pick<Actor, "personId" | "roles" | "body">,
  decline: { answer: AcknowledgementAnswer; body: string; personId: string },
  holders: readonly Pick<Actor, "personId" | "roles">[],
): boolean {
  const { answer, body, personId } = decline;
  const answerer = declineAnswerer(personId, holders);
  if (answer !== "declined" || answerer === null || !actor.roles.includes(answerer)) return false;
  return may(actor, "acknowledgement.answer-decline", { body, ownerId: personId });
}

const isOn = (one: VersionKey, other: VersionKey): boolean => one.version === other.version && one.hash === other.hash;

// What a decline is about: whoever replies to it sorts it, so that the board sees why people decline without their words.

/** How a theme is named to people. */
export const DECLINE_THEMES = {
  unclear: "The words are unclear",
  impossible: "It cannot be done in their work",
  channel: "They have no suitable device or channel",
  disagreement: "They disagree with it",
  other: "Something else",
} as const;
export type DeclineTheme = keyof typeof DECLINE_THEMES;
export const DECLINE_THEME_NAMES = keysOf(DECLINE_THEMES);

/** The theme of this name; null for any other. */
export const readDeclineTheme = (name: string | null) => DECLINE_THEME_NAMES.find((one) => one === name) ?? null;

// What is wrong with an answer to a policy, or with a reply to a decline, as submitted.

/** Longest reason for a decline, and longest reply to one, in characters. */
export const LONGEST_DECLINE_REASON = 2000;

/** What has to be corrected in an answer before it can be recorded. */
export function acknowledgementProblems({ answer, reason }: { answer: string; reason: string }): FieldProblem[] {
  if (answer === "accepted") {
    const message = "You chose to accept. Remove the reason, or choose that you do not understand or cannot agree.";
    return reason === "" ? [] : [{ field: "reason", message }];
  }
  const missing = "Say what you do not understand, or why you cannot agree.";
  if (answer === "declined" || DECLINE_GROUNDS.some((ground) => ground === answer))
    return textProblems("reason", reason, missing, LONGEST_DECLINE_REASON);
  return [
    { field: "answer", message: "Choose whether you accept it." },
    ...textProblems("reason", reason, null, LONGEST_DECLINE_REASON),
  ];
}

/** What has to be corrected in a reply to a decline. */
export const replyProblems = ({ reply, theme }: { reply: string; theme: DeclineTheme | null }): FieldProblem[] => [
  ...(theme === null ? [{ field: "theme", message: "Choose what the decline is about." }] : []),
  ...textProblems("reply", reply, "Write your answer.", LONGEST_DECLINE_REASON),
];

// The task of answering a version, by which its digests and its campaign know it.

/** Its key and its title. */
export const answerTask = (
  slug: string,
  { version, frontMatter: { title } }: Pick<PolicyVersion, "version" | "frontMatter">,
) => ({ key: `acknowledge ${slug}`, title: `Accept or decline “${title}”, version ${version}` });
