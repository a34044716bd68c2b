import { expect, it } from "vitest";
import { dueInWords, isOverdue, sortTasks, type Task } from "./task.ts";

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
