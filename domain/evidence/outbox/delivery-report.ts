/** What a mail server reports of a mail that it could not deliver (RFC 3464). */

export interface DeliveryReport {
  /** Of the mail that it is about, with its angle brackets. */
  messageId: string;
  recipients: ReportedRecipient[];
}

export interface ReportedRecipient {
  /** As the mail was sent, and as it arrived in the end. */
  addresses: string[];
  /** "failed", "delayed", "delivered", "relayed" or "expanded". */
  action: string;
  /** Such as 5.1.1. */
  status: string;
  /** What the other mail server said, or null. */
  diagnostic: string | null;
}

/** The recipients of a report, from the text of its part message/delivery-status. Groups without one are left out. */
export function readRecipients(text: string): ReportedRecipient[] {
  const groups = text.replaceAll("\r\n", "\n").split(/\n[ \t]*\n/);
  return groups.flatMap((group) => {
    const fields = fieldsOf(group);
    const addresses = ["original-recipient", "final-recipient"].flatMap((name) => valueOf(fields.get(name)) ?? []);
    const action = fields.get("action")?.toLowerCase();
    if (addresses.length === 0 || action === undefined) return [];
    const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "unknown";
    return [{ addresses, action, status, diagnostic: valueOf(fields.get("diagnostic-code")) ?? null }];
  });
}

/** The Message-ID in the headers of a mail, or null. */
export const readMessageId = (headers: string): string | null =>
  /<[^<>\s]+>/.exec(fieldsOf(headers.replaceAll("\r\n", "\n")).get("message-id") ?? "")?.[0] ?? null;

/** Fields by their names in small letters; a line that begins with a blank goes on the one before. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replaceAll(/\n[ \t]+/g, " ").split("\n")) {
    const [, name, value] = /^([A-Za-z-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

/** "rfc822; ann@x.invalid" → "ann@x.invalid" */
function valueOf(field: string | undefined): string | undefined {
  const value = field?.replace(/^[^;]*;/, "").trim();
  return value === undefined || value === "" ? undefined : value.replace(/^<(.*)>$/, "$1");
}
