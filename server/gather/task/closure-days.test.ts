import { afterEach, beforeEach, expect, it } from "vitest";
import { addDays, addWorkingDays, calendarDay, isWorkingDay, momentAt } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { readDueDays } from "#server/policy/exception/request-limit-rules.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { dueDayOf } from "#server/policy/question/queries.ts";
import { removalDueDay } from "#server/registers/group/job.ts";
import { readerIn, serveBody, serveRealContent } from "#server/testing/content.ts";
import { listDaysOff } from "./queries.ts";

const reader = readerIn("nao");
/** A Monday without a bank holiday in the three weeks after it. */
const MONDAY = momentAt("2026-09-07", "10:00");
const close = (firstDay: string, lastDay = firstDay) => serveBody("nao", { closureDays: [{ firstDay, lastDay }] });
const request = { policy: "nao", version: "1", hash: "" };

/** Every clock in working days that has a day by which something is due. */
const CLOCKS: Record<string, () => Promise<string>> = {
  "the target of an exception": async () => (await readDueDays("nao"))(request, MONDAY),
  "the answer to a question": async () => dueDayOf(await body(), MONDAY),
  "taking somebody out of a group": async () => removalDueDay(await body(), MONDAY),
};

async function body() {
  const found = await getOwnBody(reader);
  if (!found) throw new Error("There is no such body.");
  return found;
}

beforeEach(() => serveRealContent());
afterEach(() => serveRealContent());

it.each(Object.keys(CLOCKS))("%s waits for a closure day, and for no other day", async (name) => {
  const due = async () => (await CLOCKS[name]?.()) ?? "";
  const before = await due();
  await close("2026-09-08");
  expect(await due()).toBe(addWorkingDays(before, 1, new Set()));
  await close("2026-09-05", "2026-09-06");
  expect(await due()).toBe(before);
  await close("2026-09-08", "2026-10-02");
  expect(await due()).toBe(addWorkingDays(before, 19, new Set()));
});

it("the mail of tasks counts no closure day", async () => {
  const today = calendarDay(clock.now());
  const next = addWorkingDays(today, 1, await listDaysOff(reader));
  await close(next, addDays(next, 20));
  expect(isWorkingDay(next, await listDaysOff(reader))).toBe(false);
});
