import { describe, expect, it } from "vitest";
import type { ReceiptContent } from "./content.ts";
import { contactMessage, LONGEST_MAIL_LINK, mailLink } from "./message.ts";

const content: ReceiptContent = {
  schemaVersion: 1,
  title: "WhatsApp & “other” apps",
  bodyName: "A council",
  isOwn: true,
  isDraft: false,
  answers: [
    {
      fact: "audience",
      ask: "Who is it for?",
      short: "For",
      answer: "colleague",
      label: "A colleague's friend",
      source: { kind: "me", reference: null },
    },
  ],
  verdict: "never",
  rule: "one",
  sentence: "Do not send it.",
  obligations: [],
  instead: [],
  exception: null,
  clauses: [{ id: "3.1", text: "You must not: 100 %." }],
};
const address = "https://portal.example/check?policy=nao&audience=colleague";

/** How a mail program reads a link. */
const read = (link: string) => {
  const [to = "", query = ""] = link.replace(/^mailto:/, "").split("?");
  const parts = Object.fromEntries(query.split("&").map((part) => part.split("=") as [string, string]));
  return {
    to: decodeURIComponent(to),
    subject: decodeURIComponent(parts["subject"] ?? ""),
    body: decodeURIComponent(parts["body"] ?? ""),
  };
};

describe("a message to a contact", () => {
  it("carries the question, the answers, the verdict, the clause and the address of the result", () => {
    const { subject, text } = contactMessage(content, "2.0", address);
    expect(subject).toBe("Question about “WhatsApp & “other” apps”");
    for (const part of [
      "My question:",
      "Never. Do not send it.",
      "Clause 3.1",
      address,
      "- Who is it for? A colleague's friend",
    ])
      expect(text).toContain(part);
  });

  it("opens in a mail program with every character intact and the line ends that e-mail uses", () => {
    const message = contactMessage(content, "2.0", address);
    const link = mailLink("a.b+c@example.invalid", message);
    expect(link).toMatch(/^mailto:a\.b%2Bc@example\.invalid\?subject=[^&]+&body=[^&]+$/);
    expect(link).not.toMatch(/[\s"'<>()]|%0A(?<!%0D%0A)/);
    expect(link).toContain("%0D%0A");
    expect(read(link)).toEqual({
      to: "a.b+c@example.invalid",
      subject: message.subject,
      body: message.text.replaceAll("\n", "\r\n"),
    });
  });

  it("leaves out the last lines if the link would be too long, says so, and keeps verdict and address", () => {
    const clauses = Array.from({ length: 40 }, (_, at) => ({ id: `3.${at}`, text: "You must not. ".repeat(20) }));
    const link = mailLink("a@example.invalid", contactMessage({ ...content, clauses }, "2.0", address));
    expect(link.length).toBeLessThanOrEqual(LONGEST_MAIL_LINK);
    const { body } = read(link);
    expect(body).toContain(address);
    expect(body).toContain("Do not send it.");
    expect(body).toMatch(/\[The rest is at the address above\.\]$/);
  });
});
