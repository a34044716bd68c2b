import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that gives more time for a condition", (database) => {
  const start = clock.now();
  const day = (later: number) => addDays(calendarDay(start), later);
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  let condition: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
    const { revision = 0, wantedUntil: until = null } = (await find()) ?? {};
    const conditions = [{ text: "Lock the phone.", dueOn: day(5) }];
    await approveException(officer, reference, revision, { reason: "Yes.", conditions, until });
    condition = (await find())?.conditions[0]?.id ?? "";
    vi.spyOn(clock, "now").mockReturnValue(new Date(start.getTime() + 10 * 24 * 3_600_000));
  });
  afterEach(() => vi.restoreAllMocks());
  const find = async () => (await getException(officer, reference))?.exception;
  const full = () => ({ condition, ...dayInputs("until", day(15)), reason: "They were ill." });
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, `/exceptions/${reference}/give-more-time`, sent, { reference });

  it("takes the new day, also twice", async () => {
    for (const _ of [1, 2])
      expect(await send(full())).toMatchObject({ to: `/exceptions/${reference}?done=more-time`, problems: {} });
    expect((await find())?.conditions).toMatchObject([{ id: condition, dueOn: day(15) }]);
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, full(), [
      [{ condition: "" }, "condition", /^Choose a condition/],
      [{ condition: "another" }, "condition", /^Choose a condition/],
      [dayInputs("until", ""), "until", /^Give the new day/],
      [dayInputs("until", "2027-02-30"), "until", /a day that exists/],
      [dayInputs("until", day(9)), "until", /today or later/],
      [dayInputs("until", day(60)), "until", /the exception ends then/],
      [{ reason: "" }, "reason", /^Say why you give more time/],
    ]);
    expect((await find())?.conditions).toMatchObject([{ dueOn: day(5) }]);
  });

  it("is not there for others, whatever they type", async () => {
    const employee = await addPerson(database(), "emma");
    for (const sent of [full(), dayInputs("until", "2027-02-30")])
      expect((await send(sent, employee)).status).toBe(404);
  });
});
