import { expect, it } from "vitest";
import { daysLeftInWords, dueInWords, groupTasks, isOverdue, sortTasks, type Task } from "./task.ts";

const task = (title: string, due: string): Task => ({
  kind: "acknowledge",
  key: title,
  title,
  reason: "",
  due,
  href: "/",
});

it("puts what is due first first, and leaves what it was given as it is", () => {
  const tasks = [task("b", "2026-12-02"), task("c", "2026-12-01"), task("a", "2026-12-02")];
  expect(sortTasks(tasks).map(({ title }) => title)).toEqual(["c", "a", "b"]);
  expect(tasks[0]?.title).toBe("b");
});

it.each([
  ["2026-11-30", "Overdue since 30 November 2026", true],
  ["2026-12-01", "Due today", false],
  ["2026-12-02", "Due tomorrow", false],
  ["2026-12-03", "Due by 3 December 2026", false],
  ["2027-01-01", "Due by 1 January 2027", false],
])("says of %s on 1 December: %s", (due, words, late) => {
  expect(dueInWords({ due }, "2026-12-01")).toBe(words);
  expect(isOverdue({ due }, "2026-12-01")).toBe(late);
});

it("says the hour of what is due at an hour, and is overdue after it", () => {
  const dueAt = new Date("2026-12-01T16:30:00Z");
  const hours = { due: "2026-12-01", dueAt };
  const at = (left: number) => new Date(dueAt.getTime() - left * 3_600_000);
  expect(dueInWords(hours, at(5))).toBe("Due by 1 December 2026 at 4:30pm, 5 hours left");
  expect(dueInWords(hours, at(-1))).toBe("Overdue since 1 December 2026 at 4:30pm, 1 hour over");
  expect([at(1), at(0), at(-1)].map((now) => isOverdue(hours, now))).toEqual([false, true, true]);
  const tasks = [{ ...task("a", "2026-12-01") }, { ...task("b", "2026-12-01"), dueAt }];
  expect(sortTasks(tasks).map(({ title }) => title)).toEqual(["b", "a"]);
  const groups = groupTasks(tasks, at(-1), CHRISTMAS);
  expect(groups.map(({ key, tasks: grouped }) => [key, grouped.length])).toEqual([
    ["overdue", 1],
    ["today", 1],
  ]);
});

const CHRISTMAS = new Set(["2026-12-25", "2026-12-28"]);

it.each([
  ["2026-11-26", "2026-11-24", "Due in 2 working days, by 26 November 2026"],
  ["2026-11-30", "2026-11-27", "Due in 1 working day, by 30 November 2026"],
  ["2026-11-29", "2026-11-27", "Due by 29 November 2026"], // a Sunday, before the next working day
  ["2026-12-29", "2026-12-24", "Due in 1 working day, by 29 December 2026"],
  ["2026-12-22", "2026-11-24", "Due in 20 working days, by 22 December 2026"],
  ["2026-12-23", "2026-11-24", "Due by 23 December 2026"],
  ["9999-12-31", "2026-11-24", "Due by 31 December 9999"],
])("counts working days: %s on %s", (due, today, words) => {
  expect(dueInWords({ due }, today, CHRISTMAS)).toBe(words);
});

it("groups by how soon tasks are due, in working days, each once", () => {
  const dues = ["2026-11-26", "2026-11-27", "2026-11-28", "2026-12-04", "2026-12-05"];
  const groups = groupTasks(
    dues.map((due) => task(due, due)),
    "2026-11-27",
    CHRISTMAS,
  );
  expect(groups.map(({ key, tasks }) => [key, tasks.map(({ due }) => due)])).toEqual([
    ["overdue", ["2026-11-26"]],
    ["today", ["2026-11-27"]],
    ["week", ["2026-11-28", "2026-12-04"]],
    ["later", ["2026-12-05"]],
  ]);
  expect(groupTasks([], "2026-11-27", CHRISTMAS)).toEqual([]);
});

it("counts what is left until a promised day in working days, before it and after it", () => {
  expect([2, 1, 0, -1, -3].map(daysLeftInWords)).toEqual([
    "2 working days left",
    "1 working day left",
    "Today is the last day",
    "1 working day over",
    "3 working days over",
  ]);
});
