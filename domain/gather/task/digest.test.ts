import { expect, it } from "vitest";
import { addDays, isWorkingDay } from "#domain/base/calendar/calendar.ts";
import type { Task } from "./task.ts";
import { isConfidential, minutesUntilNextTry } from "#domain/evidence/outbox/content.ts";
import { makeDigest, taskKey } from "./digest.ts";
import { noticeMail, renderMail } from "#domain/evidence/outbox/render.ts";

const TODAY = "2026-11-24"; // a Tuesday
const task = (key: string, due: string, more: Partial<Task> = {}): Task => ({
  kind: "acknowledge",
  key,
  title: `Do ${key}`,
  reason: "Because.",
  due,
  href: `/${key}`,
  ...more,
});
const digest = (tasks: readonly Task[], earlier: readonly Task[] = [], notices = 0) =>
  makeDigest({
    name: "With Care",
    tasks,
    earlierKeys: earlier.map(taskKey),
    today: TODAY,
    holidays: new Set<string>(),
    notices: Array.from({ length: notices }, () => ({ subject: "News", paragraphs: ["It is so."], href: "/news" })),
  });

it("says nothing where nothing is new, nothing overdue and nothing falls due", () => {
  const known = [task("a", "2026-11-27"), task("b", "2026-12-24")];
  expect(digest([])).toBeNull();
  expect(digest(known, known)).toBeNull();
  expect(digest(known, [task("a", "2026-11-27")])?.subject).toBe("With Care: 2 things to do");
  expect(digest([task("a", "2026-11-23")], [task("a", "2026-11-23")])?.subject).toBe(
    "With Care: 1 thing to do, 1 overdue",
  );
  expect(digest([task("a", TODAY, { title: "Other work" })], [task("a", TODAY)])).not.toBeNull();
  expect(digest([], [], 2)?.subject).toBe("With Care: 2 updates");
});

it("says it again ten, five and one working days before the last day, and on it", () => {
  const holidays = new Set(["2026-12-01"]);
  const remindedOn = (due: string) => {
    const days = [];
    for (let today = TODAY; today <= due; today = addDays(today, 1)) {
      const one = task("a", due);
      const content = makeDigest({
        name: "With Care",
        tasks: [one],
        earlierKeys: [taskKey(one)],
        today,
        holidays,
        notices: [],
      });
      if (content) days.push(today);
      if (content) expect(content.subject).toBe("With Care: 1 thing to do, 1 falling due");
    }
    return days.filter((today) => isWorkingDay(today, holidays));
  };
  expect(remindedOn("2026-12-10")).toEqual(["2026-11-25", "2026-12-03", "2026-12-09", "2026-12-10"]);
  expect(remindedOn("2026-12-12"), "a Saturday").toEqual(["2026-11-26", "2026-12-04", "2026-12-10", "2026-12-11"]);
});

it("says it on the days that a campaign sets, and after it is overdue every five working days", () => {
  const one = task("a", "2026-11-30", { remindBefore: [3], isSaidWeekly: true });
  const said: string[] = [];
  for (let today = TODAY; today <= "2026-12-20"; today = addDays(today, 1))
    if (
      makeDigest({
        name: "With Care",
        tasks: [one],
        earlierKeys: [taskKey(one)],
        today,
        holidays: new Set(),
        notices: [],
      })
    )
      said.push(today);
  const working = said.filter((today) => isWorkingDay(today, new Set()));
  expect(working).toEqual(["2026-11-25", "2026-11-30", "2026-12-07", "2026-12-14"]);
});

it("brings the newest row and the key of the evidence to those who read it, and is not made for that alone", () => {
  const evidenceHead = `nao:12:${"3f".repeat(32)}`;
  const thumbprint = Array.from({ length: 16 }, () => "3f9a").join("-");
  const input = {
    name: "With Care",
    tasks: [],
    earlierKeys: [],
    today: TODAY,
    holidays: new Set<string>(),
    evidenceHead,
    thumbprint,
  };
  expect(makeDigest({ ...input, notices: [] })).toBeNull();
  const content = makeDigest({ ...input, notices: [{ subject: "News", paragraphs: ["So."], href: "/news" }] });
  expect(content?.sections.slice(-2).flatMap(({ items }) => items)).toMatchObject([
    { title: evidenceHead, href: "/evidence" },
    { title: thumbprint, href: "/evidence" },
  ]);
  const without = makeDigest({
    ...input,
    evidenceHead: null,
    thumbprint: null,
    notices: [{ subject: "News", paragraphs: [], href: "/" }],
  });
  expect(JSON.stringify(without)).not.toContain("evidence");
});

it("has every task by how soon it is due, with links, without reasons and without names where the title has some", () => {
  const names = { title: "Remove Ann Other from the group", titleOutside: "Remove somebody from the group" };
  const content = digest([
    task("late", "2026-11-20"),
    task("now", TODAY),
    task("soon", "2026-11-27", names),
    task("far", "2027-06-01"),
  ]);
  expect(content?.sections).toEqual([
    { heading: "Overdue", items: [{ title: "Do late", note: "Overdue since 20 November 2026. New.", href: "/late" }] },
    { heading: "Today", items: [{ title: "Do now", note: "Due today. New.", href: "/now" }] },
    {
      heading: "This week",
      items: [{ title: names.titleOutside, note: "Due in 3 working days, by 27 November 2026. New.", href: "/soon" }],
    },
    { heading: "Later", items: [{ title: "Do far", note: "Due by 1 June 2027. New.", href: "/far" }] },
  ]);
  const { text, html } = renderMail(
    content ?? noticeMail({ subject: "", paragraphs: [], href: "/" }),
    "https://care.example",
  );
  expect(text).toContain(
    "THIS WEEK\n\n* Remove somebody from the group\n  Due in 3 working days, by 27 November 2026. New.\n  https://care.example/soon",
  );
  expect(html).toContain('<a href="https://care.example/soon">Remove somebody from the group</a>');
  expect(text + html).not.toMatch(/Ann Other|Because\./);
});

it("waits longer each time, six hours at most", () => {
  expect([1, 2, 3, 9, 10, 12].map(minutesUntilNextTry)).toEqual([1, 2, 4, 256, 360, 360]);
});

it("keeps what is about accidents for its recipient", () => {
  const about = (href: string) => isConfidential(noticeMail({ subject: "s", paragraphs: [], href }));
  expect([about("/incidents/INC-1"), about("/incidents"), about("/incidentsx"), about("/holds")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(
    isConfidential(digest([task("incidents/INC-1", TODAY)]) ?? noticeMail({ subject: "", paragraphs: [], href: "" })),
  ).toBe(true);
});
