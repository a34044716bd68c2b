import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const NEXT = addDays(calendarDay(clock.now()), 7);
const DAYS = {
  ...dayInputs("startsOn", "2026-01-05"),
  ...dayInputs("leavesOn", NEXT),
  ...dayInputs("awayUntil", NEXT),
};
const TEXTS = { name: "Ann Other", email: "Ann.Other@nao.invalid", kind: "contractor", employer: "" };
const FULL = { ...TEXTS, ...DAYS, team: "Team desk", manager: "mia@nao.invalid" };

describeOnOneDatabase("the form of what the directory says about somebody", (database) => {
  let administrator: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    await addPerson(database(), "mia");
    await addPerson(database(), "ann");
    await addTeam(database(), "desk");
    await database().prisma.person.updateMany({ data: { employer: "National Audit Office" } });
  });
  const find = (id = "ann") => database().prisma.person.findUniqueOrThrow({ where: { id } });
  const send = (sent: Parameters<typeof post>[3], actor = administrator, person = "ann") =>
    post(POST, actor, `/admin/people/${person}/details`, sent, { person });

  it("takes all of its fields, with the employer that they had", async () => {
    expect(await send(FULL)).toMatchObject({ to: "/admin/people/ann?done=details", problems: {} });
    expect(await find()).toMatchObject({
      name: "Ann Other",
      email: "ann.other@nao.invalid",
      kind: "contractor",
      employer: "National Audit Office",
      teamId: "desk",
      managerId: "mia",
      startsOn: "2026-01-05",
      leavesOn: NEXT,
      awayUntil: NEXT,
    });
    expect((await find("mia")).roles).toContain("line-manager");
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ name: " " }, "name", /^Enter/],
      [{ email: "" }, "email", /^Enter/],
      [{ email: "ann at home" }, "email", /address/],
      [{ email: "mia@nao.invalid", manager: "" }, "email", /has this address already/],
      [{ employer: "Elsewhere" }, "employer", /Elsewhere|employer/],
      [{ kind: "robot" }, "kind", /^Kind|robot/],
      [{ manager: "nobody@nao.invalid" }, "manager", /^Nobody who works here/],
      [dayInputs("startsOn", "2026-02-31"), "startsOn", /a day that exists/],
      [{ "leavesOn-year": "" }, "leavesOn", /must have a year/],
      [{ "awayUntil-day": "x" }, "awayUntil", /must/],
    ]);
    expect((await find()).name).toBe("Person ann");
  });

  it("refuses one's own team, and is not there for others, whatever they type", async () => {
    const own = { ...FULL, email: administrator.email, ...dayInputs("startsOn", ""), ...dayInputs("leavesOn", "") };
    expect(Object.keys((await send({ ...own, manager: "" }, administrator, "ada")).problems)).toEqual(["team"]);
    const employee = await addPerson(database(), "emma");
    for (const sent of [FULL, { ...FULL, ...dayInputs("startsOn", "2026-02-31") }])
      expect((await send(sent, employee)).status).toBe(404);
  });
});
