/** What is told of a deputy: to the one who stands in, and to the one they stand in for. */
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { DeputisedRole } from "./deputy.ts";

interface Whose {
  body: string;
  principalId: string;
  deputyId: string;
}

/** @param days first and last day, YYYY-MM-DD */
export function deputyNamed({
  body,
  principalId,
  deputyId,
  role,
  from,
  until,
}: Whose & { role: DeputisedRole; from: string; until: string }): Notice[] {
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
