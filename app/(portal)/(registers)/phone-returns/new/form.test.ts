import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getPhoneReturn } from "#server/registers/phone-return/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/phone-returns/new";
const TODAY = calendarDay(clock.now());
const dueOn = addDays(TODAY, 7);
const FULL = { startKey: "one", reason: "reset", ...dayInputs("dueOn", dueOn), person: "" };

describeOnOneDatabase("the form that says that a phone goes", (database) => {
  const start = async () => {
    const manager = await addPerson(database(), "mia", { roles: ["employee", "line-manager"] });
    const team = await addTeam(database(), "desk", { managerId: "mia" });
    return { manager, employee: await addPerson(database(), "emma", { team }) };
  };

  it("takes one's own once, and that of somebody one manages", async () => {
    const { manager, employee } = await start();
    const { to } = await post(POST, employee, PATH, FULL);
    expect((await post(POST, employee, PATH, FULL)).to).toBe(to);
    const reference = /^\/phone-returns\/(PHR-.{9})$/.exec(to)?.[1] ?? "";
    expect(await getPhoneReturn(employee, reference)).toMatchObject({ isOwn: true, reason: "reset", dueOn });
    const theirs = await post(POST, manager, PATH, { ...FULL, person: employee.email });
    const other = /PHR-.{9}/.exec(theirs.to)?.[0] ?? "";
    expect(await getPhoneReturn(manager, other)).toMatchObject({ isOwn: false, person: { id: "emma" } });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    const { manager, employee } = await start();
    await expectRefusals((sent) => post(POST, employee, PATH, sent), FULL, [
      [{ reason: "leaving" }, "reason", /^Say what happens/],
      [dayInputs("dueOn", ""), "dueOn", /^Say on which day/],
      [dayInputs("dueOn", "2027-02-31"), "dueOn", /a day that exists/],
      [dayInputs("dueOn", addDays(TODAY, -1)), "dueOn", /today or within a year/],
      [dayInputs("dueOn", addDays(TODAY, 367)), "dueOn", /today or within a year/],
      [{ person: "Nobody" }, "person", /Nobody/],
      [{ person: manager.email }, "person", /for the people you manage/],
    ]);
    expect(Object.keys((await post(POST, employee, PATH)).problems)).toEqual(["reason", "dueOn"]);
  });
});
