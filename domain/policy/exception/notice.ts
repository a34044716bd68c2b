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

/**
 * Ids of the people who are told, by what they are to the request: whoever holds it; those who look after it from now on;
 * those whose turn it is to decide, or who decided; the others whom it covers. One who is several is told once, as the
 * first.
 */
export type Told = Partial<Record<(typeof WHO)[number], readonly string[]>>;
const WHO = ["requester", "takers", "deciders", "covered"] as const;

/** The notices of a step. */
export function noticesOfStep({ body, reference }: { body: string; reference: string }, step: ToldStep, people: Told) {
  const notified = new Set<string>();
  const words = wordsOf(reference, step);
  return WHO.flatMap((who) =>
    (people[who] ?? []).flatMap((to): Notice[] => {
      const [kind, subject, text] = words[who] ?? [];
      if (kind === undefined || subject === undefined || text === undefined || notified.has(to)) return [];
      notified.add(to);
      return [{ body, to, href: `/exceptions/${reference}`, kind, subject, paragraphs: [text] }];
    }),
  );
}

type Words = readonly [kind: NoticeKind, subject: string, text: string];

/** What each of them reads. */
function wordsOf(reference: string, step: ToldStep): Partial<Record<keyof Told, Words>> {
  const your = `Your exception ${reference}`;
  const hasEnded = `The exception ${reference} has ended`;
  const readIt = "Read what it permits, and its conditions, before you use it.";
  const stop: Words = ["exception-ended", hasEnded, "It no longer covers you: stop what it permitted."];
  switch (step.kind) {
    case "changes-requested": {
      const text = "You were asked to change it. It is not decided until you send it again.";
      return { requester: ["exception-changes-asked", `Change your request ${reference}`, text] };
    }
    case "approved": {
      const until = dateInWords(step.until);
      return {
        requester: ["exception-decided", `${your} is approved until ${until}`, readIt],
        covered: ["exception-covers-you", `The exception ${reference} covers you until ${until}`, readIt],
      };
    }
    case "declined": {
      const text = "The policy applies to you in full. The reason is on its page.";
      return { requester: ["exception-decided", `Your request ${reference} is declined`, text] };
    }
    case "revoked": {
      const text = "It no longer covers anybody: stop what it permitted. The reason is on its page.";
      return { requester: ["exception-ended", `${your} was revoked`, text], covered: stop };
    }
    case "withdrawn": {
      const text = step.wasApproved ? "It no longer covers anybody." : "There is nothing left to decide.";
      const deciders: Words = ["exception-ended", `${reference} was withdrawn`, text];
      return step.wasApproved ? { deciders, covered: stop } : { deciders };
    }
    case "condition-missed":
    case "more-time":
      return conditionWords(reference, step);
    case "ended-with-leaver": {
      const text = "The person it belonged to has left. It covered nobody else.";
      return { deciders: ["exception-ended", hasEnded, text] };
    }
    case "handed-over": {
      const text =
        "The person it belonged to has left the body or the team. It stays in force, and you look after it, until you end it.";
      return { takers: ["exception-handed-over", `Take over or end ${reference}`, text] };
    }
    case "ending": {
      const ends = `ends on ${dateInWords(step.on)}`;
      const text = "After that day the policy applies to you in full. Stop in time, or ask for it to be extended.";
      const who = step.hasDeciderLeft ? "The person who approved it has left." : "You approved it.";
      const they = "The person it belongs to is told to stop in time, or to ask for it to be extended.";
      return {
        requester: ["exception-ending", `${your} ${ends}`, text],
        deciders: ["exception-ending", `The exception ${reference} ${ends}`, `${who} ${they}`],
      };
    }
    default:
      return { deciders: yourTurn(reference, step) };
  }
}

function conditionWords(
  reference: string,
  step: Extract<ToldStep, { kind: "condition-missed" | "more-time" }>,
): Partial<Record<keyof Told, Words>> {
  const kind = "exception-condition";
  if (step.kind === "more-time") {
    const text = "It was not met in time. If it is not met by then, the exception is up for review again.";
    return { requester: [kind, `You have until ${dateInWords(step.until)} for a condition of ${reference}`, text] };
  }
  const due = `was due on ${dateInWords(step.on)}`;
  const done = "Mark it as done if it is. The exception is up for review: it can be revoked.";
  const review = "It is not marked as done. Revoke the exception, or give more time.";
  return {
    requester: [kind, `A condition of your exception ${reference} ${due}`, done],
    deciders: [kind, `Review ${reference}: a condition ${due}`, review],
  };
}

function yourTurn(reference: string, step: Extract<ToldStep, { dueOn: string }>): Words {
  const why = {
    sent: "isAgain" in step && step.isAgain ? "It was changed and sent again." : "A colleague asks for an exception.",
    "approved-in-part": "Somebody has approved it, and the policy requires you to approve it as well.",
    "passed-on": "It was passed on to you; the reason is on its page.",
    "yours-now": "Somebody who was to decide on it is not there, or no longer has the role, so it is your turn.",
  }[step.kind];
  const text = `${why} The remaining risk is ${levelOf(step.residual ?? 1)}. Decide by ${dateInWords(step.dueOn)}.`;
  const kind = step.kind === "passed-on" ? "exception-passed-on" : "exception-sent";
  return [kind, `${reference} needs your decision`, text];
}

/** So many days before its end, those who hold an exception and who approved it are told. */
export const WARN_DAYS_BEFORE_END = [30, 7, 1] as const;
