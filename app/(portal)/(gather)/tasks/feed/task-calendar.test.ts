import { expect, it } from "vitest";
import { taskCalendar } from "./task-calendar.ts";

const FREE = ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"];

it("has an all-day entry for each task, with a lasting identity and an absolute link", () => {
  const task = {
    key: "acknowledge nao",
    title: "Accept or decline “WhatsApp at work”",
    href: "/policies/nao/acknowledge",
  };
  const read = (due: string) =>
    taskCalendar([{ ...task, due, dueAt: undefined }], "https://care.example.gov.uk", "Safe chat")
      .replaceAll("\r\n ", "")
      .split("\r\n");
  const lines = read("2026-12-08");
  expect(lines).toContain("X-WR-CALNAME:Safe chat: tasks");
  expect(lines).toContain("DTSTART;VALUE=DATE:20261208");
  expect(lines).toContain("SUMMARY:Accept or decline “WhatsApp at work”");
  expect(lines).toContain("URL;VALUE=URI:https://care.example.gov.uk/policies/nao/acknowledge");
  const identity = lines.find((line) => line.startsWith("UID:"));
  expect(identity).toMatch(/^UID:task-[0-9a-f]{32}@care\.example\.gov\.uk$/);
  expect(read("2026-12-09")).toContain(identity);
  expect(lines).toEqual(expect.arrayContaining(FREE));
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
});

it("puts what is due at an hour at that hour", () => {
  const task = { key: "decide-incident INC", title: "Decide", href: "/incidents/INC", due: "2027-06-08" };
  const text = taskCalendar(
    [{ ...task, dueAt: new Date("2027-06-08T15:30:00Z") }],
    "https://care.example.gov.uk",
    "Safe chat",
  );
  expect(text.split("\r\n")).toContain("DTSTART:20270608T153000Z");
  expect(text.split("\r\n")).toEqual(expect.arrayContaining(FREE));
});
