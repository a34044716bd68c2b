/** What a mail says, before it is drawn: what to do and where; what is confidential stays behind the sign-in. */
import { z } from "zod";

const line = z.string();

const itemSchema = z.strictObject({
  title: line,
  /** When it is due, or what it says besides; "" for nothing. */
  note: line,
  /** Address in the portal, from "/". */
  href: line,
});

export const mailContentSchema = z.strictObject({
  schemaVersion: z.literal(1),
  subject: line,
  /** Plain text, a paragraph each. */
  paragraphs: z.array(line),
  sections: z.array(z.strictObject({ heading: line, items: z.array(itemSchema) })),
  /** The one place to go to. */
  action: z.strictObject({ label: line, href: line }),
  /** Why they get it, and what they can do about that. */
  because: line,
});

export type MailContent = z.infer<typeof mailContentSchema>;
export type MailSection = MailContent["sections"][number];

/** Tries after which a mail is given up: the last some 20 hours after the first. */
export const MOST_TRIES = 12;
const LONGEST_WAIT_MINUTES = 6 * 60;

/** Minutes until the next try, after so many that failed: 1, 2, 4 … 360. */
export const minutesUntilNextTry = (tries: number): number => Math.min(2 ** (tries - 1), LONGEST_WAIT_MINUTES);

/** Places in the portal whose mails are for their recipients' eyes alone, not for administrators': cases of accidents. */
const CONFIDENTIAL_SECTIONS = ["/incidents"];

/** Whether somebody who looks after the mail may read what it says. */
export function isConfidential({ action, sections }: Pick<MailContent, "action" | "sections">): boolean {
  const hrefs = [action.href, ...sections.flatMap(({ items }) => items.map(({ href }) => href))];
  return hrefs.some((href) =>
    CONFIDENTIAL_SECTIONS.some((section) => href === section || href.startsWith(`${section}/`)),
  );
}
