/** What is told of a deputy: to the one who stands in, and to the one they stand in for. */
import { ROLE_NAMES, type Role } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { DeputisedRole } from "./deputy.ts";

interface Whose {
  body: string;
  principalId: string;
  deputyId: string;
}

/** @param days first and last day, YYYY-MM-DD */
export function deputyNamed(given: Whose & { role: DeputisedRole; from: string; until: string }): Notice[] {
  const { body, principalId, deputyId, role, from, until } = given;
  const head = { body, kind: "deputy-named", href: "/deputies" } as const;
  const days = `from ${dateInWords(from)} to ${dateInWords(until)}`;
  const name = ROLE_NAMES[role].toLowerCase();
  return [
    {
      ...head,
      to: deputyId,
      subject: `You stand in for a ${name} ${days}`,
      paragraphs: [
        "Requests for them also come to you on these days. If they may not decide something, neither may you.",
      ],
    },
    {
      ...head,
      to: principalId,
      subject: `Somebody stands in for you ${days}`,
      paragraphs: [`They decide in your place as ${name}. You can still decide yourself, and end it at any time.`],
    },
  ];
}

export function deputyEnded({ body, principalId, deputyId }: Whose): Notice[] {
  const head = { body, kind: "deputy-ended", href: "/deputies" } as const;
  return [
    {
      ...head,
      to: deputyId,
      subject: "You no longer stand in for a colleague",
      paragraphs: ["This was ended before its last day. Requests for them no longer come to you."],
    },
    {
      ...head,
      to: principalId,
      subject: "Nobody stands in for you now",
      paragraphs: ["This was ended before its last day. Name somebody else if you are away."],
    },
  ];
}

interface Recipient {
  body: string;
  to: string;
}

const namesOf = (roles: readonly Role[]) => roles.map((role) => ROLE_NAMES[role].toLowerCase()).join(" and ");

/** To somebody for whom it changes that they act in roles that they do not have, because nobody who has them is there. */
export function standInNotices(who: Recipient, began: readonly Role[], ended: readonly Role[]): Notice[] {
  const noticeOf = (subject: string, words: string): Notice => {
    return { ...who, kind: "stand-in", href: "/tasks", subject, paragraphs: [words] };
  };
  const until = "Nobody who has this role is there. Until somebody is, what waits for it is among your tasks.";
  const no = "What waits for this role is no longer among your tasks. You have nothing to do.";
  return [
    ...(began.length > 0 ? [noticeOf(`You stand in as ${namesOf(began)} now`, until)] : []),
    ...(ended.length > 0 ? [noticeOf(`You no longer stand in as ${namesOf(ended)}`, no)] : []),
  ];
}

/** To an administrator: nobody who has a role is left. @param actingAs the role that acts in its place; null for none */
export function roleVacant(who: Recipient, role: Role, actingAs: Role | null): Notice {
  const words = actingAs
    ? `What waits for the role goes to the ${namesOf([actingAs])} until somebody has it again.`
    : "What waits for the role reaches nobody until somebody has it.";
  const paragraphs = [words, "Open the page of a colleague, and give them the role."];
  return {
    ...who,
    kind: "role-vacant",
    href: "/admin/people",
    subject: `Nobody is ${namesOf([role])} any more`,
    paragraphs,
  };
}

/** To somebody who is away for long, or back: others see to their duties, or they do again. */
export function dutiesNotice(who: Recipient, isAway: boolean): Notice {
  const subject = isAway ? "Others see to your tasks while you are away" : "Your tasks are yours again";
  const words = isAway
    ? "You are recorded as away for some days. You get your tasks back on the day you return."
    : "You are recorded as back. Look at your tasks.";
  return { ...who, kind: "duties-away", href: "/tasks", subject, paragraphs: [words] };
}
