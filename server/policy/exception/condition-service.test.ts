import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval, lasting } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { giveMoreTime, meetExceptionCondition, approveException, revokeException } from "./service.ts";
import { warnOfEnds } from "./job.ts";
import { listExceptionTasks } from "./queries.ts";
import { findException } from "./repository.ts";
import { listExceptionTasksOf } from "./task-queries.ts";

const OK = { ok: true };

describeOnEachDatabase("a condition with a day", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  const today = calendarDay(clock.now());
  const due = addDays(today, 5);

  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    asker = await addPerson(database(), "asker");
    reference = await exceptionAwaitingApproval(asker, "one");
    const conditions = [lasting("Only on Fridays."), { text: "Tell the team.", dueOn: due }];
    expect(await approve(conditions)).toEqual(OK);
  });
  afterEach(() => vi.restoreAllMocks());

  const stored = async () => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const approve = async (conditions: Parameters<typeof approveException>[3]["conditions"]) => {
    const { revision, wantedUntil } = await stored();
    return approveException(officer, reference, revision, { reason: "Yes.", conditions, until: wantedUntil });
  };
  const dated = async () => {
    const found = (await stored()).conditions.find(({ dueOn }) => dueOn !== null);
    if (!found) throw new Error("No condition has a day.");
    return found;
  };
  /** Nine in the morning, so many days after the condition was due. */
  const daysAfterDue = (days: number) => {
    const at = new Date(startOfDay(addDays(due, days)).getTime() + 9 * 3_600_000);
    vi.spyOn(clock, "now").mockReturnValue(at);
    return at;
  };
  const kindsOf = async (actor: Actor) => (await listExceptionTasks(actor)).map(({ kind }) => kind);
  const told = async () =>
    (await database().prisma.notice.findMany({ where: { kind: "exception-condition" }, orderBy: { createdAt: "asc" } }))
      .map(({ personId }) => personId)
      .sort();

  it("is a task of whoever holds the exception until it is met, which is evidence, once", async () => {
    expect(await listExceptionTasks(asker)).toMatchObject([
      { kind: "complete-mitigation" },
      { kind: "meet-condition", due, title: `Meet a condition of ${reference}`, reason: "Tell the team." },
      { kind: "exception-ends" },
    ]);
    expect((await listExceptionTasksOf([asker])).get("asker")).toEqual(await listExceptionTasks(asker));
    const { id } = await dated();
    const both = [1, 2].map(() => meetExceptionCondition(asker, reference, id));
    expect(await Promise.all(both)).toEqual([OK, OK]);
    expect(await dated()).toMatchObject({ doneBy: "Person asker" });
    expect(await kindsOf(asker)).toEqual(["complete-mitigation", "exception-ends"]);
    const rows = await database().prisma.evidence.findMany({ where: { event: "exception.condition-met" } });
    expect(rows).toHaveLength(1);
    expect((await stored()).steps.at(-1)).toMatchObject({ command: "meet-condition", reason: "Tell the team." });
  });

  it("is met by nobody else, and not where it holds all the time or is none", async () => {
    const { id } = await dated();
    expect(await meetExceptionCondition(officer, reference, id)).toEqual({ ok: false, code: "not-found" });
    const lastingOne = (await stored()).conditions[0]?.id ?? "";
    for (const other of [lastingOne, "none"])
      expect(await meetExceptionCondition(asker, reference, other)).toEqual({ ok: false, code: "not-found" });
    await revokeException(officer, reference, "Stop.");
    expect(await meetExceptionCondition(asker, reference, id)).toEqual({ ok: false, code: "wrong-state" });
  });

  it("puts the exception up for review once its day has passed, and both sides are told once", async () => {
    await warnOfEnds.run(daysAfterDue(0));
    expect([await kindsOf(officer), await told()]).toEqual([[], []]);
    await warnOfEnds.run(daysAfterDue(1));
    await warnOfEnds.run(daysAfterDue(2));
    expect(await kindsOf(officer)).toEqual(["review-exception"]);
    expect((await listExceptionTasksOf([officer])).get("officer")).toHaveLength(1);
    expect(await told()).toEqual(["asker", "officer"]);
  });

  it("gets more time from whoever can revoke, with a reason and a day while the exception lasts", async () => {
    const { id } = await dated();
    const more = { condition: id, until: addDays(due, 7), reason: "They were ill." };
    const refused = async (change: { until?: string | null; reason?: string }) => {
      const result = await giveMoreTime(officer, reference, { ...more, ...change });
      return "problems" in result ? result.problems.map(({ field }) => field) : result;
    };
    expect(await refused({})).toEqual(["condition"]); // its day has not passed
    daysAfterDue(2);
    expect(await refused({ until: null, reason: "" })).toEqual(["until", "reason"]);
    expect(await refused({ until: due })).toEqual(OK); // it is due then already
    expect(await refused({ until: addDays(due, 1) })).toEqual(["until"]);
    expect(await refused({ until: addDays(today, 31) })).toEqual(["until"]);
    expect(await giveMoreTime(asker, reference, more)).toEqual({ ok: false, code: "not-yours" });
    expect(await giveMoreTime(officer, reference, more)).toEqual(OK);
    expect(await giveMoreTime(officer, reference, more)).toEqual(OK);
    expect(await dated()).toMatchObject({ dueOn: more.until, doneAt: null });
    expect(await kindsOf(officer)).toEqual([]);
    expect(await told()).toEqual(["asker"]);
    daysAfterDue(8);
    expect(await kindsOf(officer)).toEqual(["review-exception"]);
    const rows = await database().prisma.evidence.findMany({ where: { event: "exception.condition-postponed" } });
    expect(rows).toHaveLength(1);
  });

  it("is written with the approval, or refused with it: text, and a day while it lasts", async () => {
    reference = await exceptionAwaitingApproval(asker, "two");
    const { wantedUntil } = await stored();
    for (const dueOn of [addDays(today, -1), addDays(wantedUntil ?? "", 1), ""])
      expect(await approve([{ text: "Tell.", dueOn }])).toMatchObject({
        code: "refused",
        problems: [{ field: "condition-1-due" }],
      });
    expect(await approve([{ text: "", dueOn: today }])).toMatchObject({
      code: "refused",
      problems: [{ field: "condition-1-text" }],
    });
    expect((await stored()).conditions).toEqual([]);
  });
});
