/** The mail of one urgent notice. */
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { MailContent } from "./content.ts";

export function noticeMail({
  subject,
  paragraphs,
  href,
}: Pick<Notice, "subject" | "paragraphs" | "href">): MailContent {
  return {
    schemaVersion: 1,
    subject,
    paragraphs: [...paragraphs],
    sections: [],
    action: { label: "Open it in With Care", href },
    because:
      "You get this at once because it is urgent. You cannot switch urgent mail off. Do not reply: nobody reads this address.",
  };
}
