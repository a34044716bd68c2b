import { simpleParser } from "mailparser";
import { readMessageId, readRecipients, type DeliveryReport } from "#domain/evidence/outbox/delivery-report.ts";

/** A file is no delivery report; the message says what is missing. */
export class NoReport extends Error {}

/** Reads a delivery status notification, as a mail server sends it. @throws NoReport */
export async function readDeliveryReport(source: Buffer): Promise<DeliveryReport> {
  const parsed = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const type = parsed.headers.get("content-type");
  const isReport = typeof type === "object" && "value" in type && type.value === "multipart/report" && "params" in type;
  const text = parsed.text ?? "";
  const recipients = readRecipients(text);
  if (!isReport || recipients.length === 0)
    throw new NoReport(
      "This is not a delivery report: it has no part that says to whom what was delivered (RFC 3464).",
    );
  const original = parsed.attachments.find(({ contentType }) =>
    /^(message\/rfc822|message\/global|text\/rfc822-headers|message\/global-headers)$/i.test(contentType),
  );
  // Headers alone may come as a part of the text, after what is said of the recipients.
  const messageId = readMessageId(original ? headersOf(original.content.toString("latin1")) : lastGroupOf(text));
  if (messageId === null)
    throw new NoReport("It does not say which mail it is about: the Message-ID of the mail is not in it.");
  return { messageId, recipients };
}

const headersOf = (mail: string): string => mail.replaceAll("\r\n", "\n").trimStart().split("\n\n")[0] ?? "";

const lastGroupOf = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .split(/\n[ \t]*\n/)
    .findLast((group) => /^message-id[ \t]*:/im.test(group)) ?? "";
