import { describe, expect, it } from "vitest";
import { isUrgent } from "#domain/evidence/notice/notice.ts";
import { isConfidential, mailContentSchema, minutesUntilNextTry, MOST_TRIES, type MailContent } from "./content.ts";
import { noticeMail, renderMail } from "./render.ts";

const CONTENT: MailContent = {
  schemaVersion: 1,
  subject: "Two <things>",
  paragraphs: ["Good morning.", 'Say "yes" & go.'],
  sections: [
    {
      heading: "To do",
      items: [
        { title: "Read", note: "By 1 December 2026", href: "/tasks?a=1&b=2" },
        { title: "Answer", note: "", href: "/tasks/2" },
      ],
    },
  ],
  action: { label: "Open", href: "/tasks" },
  because: "You asked for it.",
};

describe("a mail", () => {
  it("reads as plain text with whole addresses, and without an empty line for an empty note", () => {
    expect(renderMail(CONTENT, "https://portal.invalid").text).toBe(`Good morning.

Say "yes" & go.

TO DO

* Read
  By 1 December 2026
  https://portal.invalid/tasks?a=1&b=2

* Answer
  https://portal.invalid/tasks/2

Open:
https://portal.invalid/tasks

--
You asked for it.
`);
  });

  it("reads as HTML with all of it in its order, and nothing that was written is taken for HTML", () => {
    const { html } = renderMail(CONTENT, "https://portal.invalid");
    const words = html.replaceAll(/ style="[^"]*"/g, "");
    const inOrder = [
      "<title>Two &lt;things&gt;</title>",
      "<h1>Two &lt;things&gt;</h1>",
      "<p>Good morning.</p>",
      "<p>Say &quot;yes&quot; &amp; go.</p>",
      "<h2>To do</h2>",
      "<ul>",
      '<li><a href="https://portal.invalid/tasks?a=1&amp;b=2">Read</a><br>By 1 December 2026</li>',
      '<li><a href="https://portal.invalid/tasks/2">Answer</a></li>',
      "</ul>",
      '<p><a href="https://portal.invalid/tasks">Open</a></p>',
      "<p>You asked for it.</p>",
      "</html>",
    ];
    const places = inOrder.map((part) => words.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("of an urgent notice is what was to be told, and can be stored and read again", () => {
    const paragraphs = ["Keep it."];
    const content = noticeMail({ subject: "A hold", paragraphs, href: "/holds/1" });
    expect(content).toMatchObject({ subject: "A hold", paragraphs, sections: [], action: { href: "/holds/1" } });
    expect(content.paragraphs).not.toBe(paragraphs);
    expect(mailContentSchema.parse(JSON.parse(JSON.stringify(content)))).toEqual(content);
    expect([isUrgent({ kind: "hold-placed" }), isUrgent({ kind: "hold-ended" })]).toEqual([true, false]);
  });

  it("is stored in one form alone", () => {
    expect(mailContentSchema.parse(CONTENT)).toEqual(CONTENT);
    const [section] = CONTENT.sections;
    for (const wrong of [
      { ...CONTENT, schemaVersion: 2 },
      { ...CONTENT, more: "" },
      { ...CONTENT, action: { href: "/x" } },
      { ...CONTENT, sections: [{ ...section, items: [{ title: "x" }] }] },
      { ...CONTENT, sections: [{ items: [] }] },
    ])
      expect(mailContentSchema.safeParse(wrong).success).toBe(false);
  });
});

it("is tried again after twice the time, six hours at most, for about twenty hours", () => {
  const waits = Array.from({ length: MOST_TRIES - 1 }, (_, at) => minutesUntilNextTry(at + 1));
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
});

it.each([
  ["/incidents", "/tasks", true],
  ["/incidents/INC-2222-2222", "/tasks", true],
  ["/tasks", "/incidents/INC-2222-2222", true],
  ["/tasks", "/holds", false],
  ["/incidents-of-others", "/x/incidents/", false],
])("leading to %s and %s is for its reader alone: %s", (action, item, isSo) => {
  const sections = [
    {
      heading: "",
      items: [
        { title: "", note: "", href: "/first" },
        { title: "", note: "", href: item },
      ],
    },
  ];
  expect(isConfidential({ action: { label: "", href: action }, sections })).toBe(isSo);
});
