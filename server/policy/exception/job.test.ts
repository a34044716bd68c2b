import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { warnOfEnds } from "./job.ts";
import { findException } from "./repository.ts";
import { approveException, revokeException } from "./service.ts";

describeOnEachDatabase("the warnings before an exception ends", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  let last: string;

  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    asker = await addPerson(database(), "asker");
    reference = await exceptionAwaitingApproval(asker, "one");
    last = addDays(calendarDay(clock.now()), 30);
    const revision = (await findException(database().prisma, "nao", reference))?.revision ?? 0;
    await approveException(officer, reference, revision, { reason: "Yes.", conditions: [], until: last });
  });
  afterEach(() => vi.restoreAllMocks());

  /** Runs the job at nine in the morning, so many days before the last day. */
  const runOn = async (daysBefore: number) => {
    const at = new Date(startOfDay(addDays(last, -daysBefore)).getTime() + 9 * 3_600_000);
    vi.spyOn(clock, "now").mockReturnValue(at);
    return warnOfEnds.run(at);
  };
  const told = async () => {
    const where = { kind: "exception-ending" };
    const notices = await database().prisma.notice.findMany({
      where,
      orderBy: [{ createdAt: "asc" }, { personId: "asc" }],
    });
    return notices.map(({ personId }) => personId);
  };

  it("reach who holds it and who approved it thirty days, seven days and one day before, once each", async () => {
    await database().prisma.exception.updateMany({ data: { startsAt: startOfDay(addDays(last, -60)) } });
    await runOn(31);
    expect(await told()).toEqual([]);
    for (const days of [30, 29, 8]) await runOn(days);
    expect(await told()).toEqual(["asker", "officer"]);
    for (const days of [7, 7, 2]) await runOn(days);
    expect(await told()).toHaveLength(4);
    await Promise.all([runOn(1), runOn(1)]);
    expect(await told()).toHaveLength(6);
    await runOn(0);
    await runOn(-1);
    expect(await told()).toHaveLength(6);
  });

  it("reach the officers in place of who approved it, once that person has left", async () => {
    await addPerson(database(), "second", { roles: ["governance-officer"] });
    await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["governance-officer"] });
    await database().prisma.person.update({ where: { id: "officer" }, data: { status: "left" } });
    await runOn(7);
    expect(await told()).toEqual(["asker", "second"]);
  });

  it("are not for one that was revoked", async () => {
    await revokeException(officer, reference, "Stop.");
    await runOn(7);
    expect(await told()).toEqual([]);
  });
});
