/** A delivery status notification, as a mail server sends it. @param headersOnly without the text of the mail */
export function deliveryReport({
  messageId,
  recipient,
  action = "failed",
  status = "5.1.1",
  isHeadersOnly = false,
}: {
  messageId: string;
  recipient: string;
  action?: string;
  status?: string;
  isHeadersOnly?: boolean;
}): string {
  return [
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
    "To: care@nao.invalid",
    "Subject: Undelivered Mail Returned to Sender",
    "Message-ID: <report@mx.example>",
    "MIME-Version: 1.0",
    "Content-Type: multipart/report; report-type=delivery-status;",
    '\tboundary="B/mx.example"',
    "",
    "--B/mx.example",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "Your message could not be delivered.",
    "",
    "--B/mx.example",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "Arrival-Date: Mon, 30 Nov 2026 05:00:00 +0000 (GMT)",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <${recipient}>: Recipient address`,
    "    rejected: User unknown",
    "",
    "--B/mx.example",
    `Content-Type: ${isHeadersOnly ? "text/rfc822-headers" : "message/rfc822"}`,
    "",
    "From: With Care <care@nao.invalid>",
    `To: Somebody <${recipient}>`,
    "Subject: Hello",
    `Message-ID: ${messageId}`,
    "",
    ...(isHeadersOnly ? [] : ["Hello.", ""]),
    "--B/mx.example--",
    "",
  ].join("\r\n");
}
