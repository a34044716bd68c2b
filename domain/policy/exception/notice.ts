/** What the people concerned are told of each step of an exception: by role and reference, nothing confidential. */
import type { Notice, NoticeKind } from "#domain/evidence/notice/notice.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { levelOf } from "#domain/base/risk/risk.ts";

/** A step that others are told of. */
export type ToldStep =
  | { kind: "sent"; isAgain: boolean; residual: number | null; dueOn: string }
  | { kind: "approved-in-part"; residual: number | null; dueOn: string }
  | { kind: "changes-requested" }
  | { kind: "approved"; until: string }
  | { kind: "declined" }
  | { kind: "withdrawn"; wasApproved: boolean }
  | { kind: "revoked" }
  | { kind: "condition-missed"; on: string }
  | { kind: "more-time"; until: string }
  | { kind: "passed-on"; residual: number | null; dueOn: string }
  /** Somebody who was to decide no longer does. */
  | { kind: "yours-now"; residual: number | null; dueOn: string }
  | { kind: "ended-with-leaver" }
  /** Who held it has left, or the team that it is for, and it stays in force. */
  | { kind: "handed-over" }
  | { kind: "ending"; on: string; hasDeciderLeft: boolean };

/** Ids of the people who are told, by what they are to the request; one who is several is told once, as the first. */
export interface Told {
  requester?: readonly string[];
  /** Those who look after it from now on. */
  takers?: readonly string[];
  /** Those whose turn it is to decide, or who decided. */
  deciders?: readonly string[];
  /** The others whom it covers. */
  covered?: readonly string[];
}

type Words = { kind: NoticeKind; subject: string; paragraphs: string[] };

/** The notices of a step. */
export function noticesOfStep(
  { body, reference }: { body: string; reference: string },
  step: ToldStep,
  { requester = [], takers = [], deciders = [], covered = [] }: Told,
): Notice[] {
  const told = new Set<string>();
  const to = (people: readonly string[], words: Words | null) =>
    people.flatMap((person): Notice[] => {
      if (words === null || told.has(person)) return [];
      told.add(person);
      return [{ body, to: person, href: `/exceptions/${reference}`, ...words }];
    });
  return [
    ...to(requester, forRequester(reference, step)),
    ...to(takers, forTakers(reference, step)),
    ...to(deciders, forDeciders(reference, step)),
    ...to(covered, forCovered(reference, step)),
  ];
}

function forRequester(reference: string, step: ToldStep): Words | null {
  switch (step.kind) {
    case "changes-requested":
      return {
        kind: "exception-changes-asked",
        subject: `Change your request ${reference}`,
        paragraphs: ["You were asked to change it. It is not decided until you send it again."],
      };
    case "approved":
      return {
        kind: "exception-decided",
        subject: `Your exception ${reference} is approved until ${dateInWords(step.until)}`,
        paragraphs: ["Read what it permits, and its conditions, before you use it."],
      };
    case "declined":
      return {
        kind: "exception-decided",
        subject: `Your request ${reference} is declined`,
        paragraphs: ["The policy applies to you in full. The reason is on its page."],
      };
    case "revoked":
      return {
        kind: "exception-ended",
        subject: `Your exception ${reference} was revoked`,
        paragraphs: ["It no longer covers anybody: stop what it permitted. The reason is on its page."],
      };
    case "condition-missed":
      return {
        kind: "exception-condition",
        subject: `A condition of your exception ${reference} was due on ${dateInWords(step.on)}`,
        paragraphs: ["Mark it as done if it is. The exception is up for review: it can be revoked."],
      };
    case "more-time":
      return {
        kind: "exception-condition",
        subject: `You have until ${dateInWords(step.until)} for a condition of ${reference}`,
        paragraphs: ["It was not met in time. If it is not met by then, the exception is up for review again."],
      };
    case "ending":
      return {
        kind: "exception-ending",
        subject: `Your exception ${reference} ends on ${dateInWords(step.on)}`,
        paragraphs: ["After that day the policy applies to you in full. Stop in time, or ask for it to be extended."],
      };
    default:
      return null;
  }
}

function forTakers(reference: string, step: ToldStep): Words | null {
  if (step.kind !== "handed-over") return null;
  return {
    kind: "exception-handed-over",
    subject: `Take over or end ${reference}`,
    paragraphs: [
      "The person it belonged to has left the body or the team. It stays in force, and you look after it, until you end it.",
    ],
  };
}

function forDeciders(reference: string, step: ToldStep): Words | null {
  switch (step.kind) {
    case "sent":
    case "approved-in-part":
    case "passed-on":
    case "yours-now":
      return {
        kind: step.kind === "passed-on" ? "exception-passed-on" : "exception-sent",
        subject: `${reference} needs your decision`,
        paragraphs: [
          `${whyYours(step)} The remaining risk is ${levelOf(step.residual ?? 1)}. Decide by ${dateInWords(step.dueOn)}.`,
        ],
      };
    case "condition-missed":
      return {
        kind: "exception-condition",
        subject: `Review ${reference}: a condition was due on ${dateInWords(step.on)}`,
        paragraphs: ["It is not marked as done. Revoke the exception, or give more time."],
      };
    case "ended-with-leaver":
      return {
        kind: "exception-ended",
        subject: `The exception ${reference} has ended`,
        paragraphs: ["The person it belonged to has left. It covered nobody else."],
      };
    case "withdrawn":
      return {
        kind: "exception-ended",
        subject: `${reference} was withdrawn`,
        paragraphs: [step.wasApproved ? "It no longer covers anybody." : "There is nothing left to decide."],
      };
    case "ending":
      return {
        kind: "exception-ending",
        subject: `The exception ${reference} ends on ${dateInWords(step.on)}`,
        paragraphs: [
          [
            step.hasDeciderLeft ? "The person who approved it has left." : "You approved it.",
            "The person it belongs to is told to stop in time, or to ask for it to be extended.",
          ].join(" "),
        ],
      };
    default:
      return null;
  }
}

function whyYours(step: Extract<ToldStep, { dueOn: string }>): string {
  switch (step.kind) {
    case "approved-in-part":
      return "Somebody has approved it, and the policy requires you to approve it as well.";
    case "passed-on":
      return "It was passed on to you; the reason is on its page.";
    case "yours-now":
      return "Somebody who was to decide on it has left or no longer has the role, so it is your turn.";
    case "sent":
      return step.isAgain ? "It was changed and sent again." : "A colleague asks for an exception.";
  }
}

function forCovered(reference: string, step: ToldStep): Words | null {
  switch (step.kind) {
    case "approved":
      return {
        kind: "exception-covers-you",
        subject: `The exception ${reference} covers you until ${dateInWords(step.until)}`,
        paragraphs: ["Read what it permits, and its conditions, before you use it."],
      };
    case "revoked":
    case "withdrawn":
      if (step.kind === "withdrawn" && !step.wasApproved) return null;
      return {
        kind: "exception-ended",
        subject: `The exception ${reference} has ended`,
        paragraphs: ["It no longer covers you: stop what it permitted."],
      };
    default:
      return null;
  }
}

/** So many days before its end, those who hold an exception and who approved it are told. */
export const WARN_DAYS_BEFORE_END = [30, 7, 1] as const;
