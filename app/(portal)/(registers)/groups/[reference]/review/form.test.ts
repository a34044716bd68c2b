import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const LAST = addMonths(TODAY, 24);
const SETTINGS = { disappear: "0", timerBy: "anybody", canExport: "yes", assistant: "off" };
const FULL = { ...SETTINGS, ...dayInputs("reviewOn", LAST) };

describeOnOneDatabase("the forms of a group's review", (database) => {
  let first: Actor;
  let reference: string;
  const start = async (kind: "team" | "emergency") => {
    const group = { administrators: [first, await addPerson(database(), "second")], keepYears: 3 };
    ({ reference } = await addApprovedGroup(database(), { ...group, kind }));
  };
  beforeEach(async () => {
    first = await addPerson(database(), "first");
  });
  const find = () => getChatGroup(first, reference);
  const send = (sent: Parameters<typeof post>[3], actor = first) =>
    post(POST, actor, `/groups/${reference}/review`, sent, { reference });

  it("take the settings and the next day, or say what is wrong and keep what was typed", async () => {
    await start("team");
    await expectRefusals(send, FULL, [
      [dayInputs("reviewOn", ""), "reviewOn", /^Say when it will next be reviewed/],
      [dayInputs("reviewOn", "2027-04-31"), "reviewOn", /a day that exists/],
      [dayInputs("reviewOn", TODAY), "reviewOn", /must be in the future/],
      [dayInputs("reviewOn", addDays(LAST, 1)), "reviewOn", /within two years/],
      [{ disappear: "" }, "disappear", /^Say whether messages disappear/],
      [{ timerBy: "" }, "timerBy", /^Say who can change that/],
      [{ canExport: "perhaps" }, "canExport", /^Say whether messages can be exported/],
      [{ assistant: "" }, "assistant", /^Say whether the assistant is off/],
    ]);
    expect(await send(FULL)).toMatchObject({ to: `/groups/${reference}`, problems: {} });
    const said = { timerBy: "anybody", canExport: true, assistant: "off" };
    expect(await find()).toMatchObject({ reviewOn: LAST, disappearDays: null, ...said });
    expect((await send({ do: "contacts" })).status).toBe(404);
  });

  it("take that the contact details of an emergency group were compared", async () => {
    await start("emergency");
    expect(await send({ do: "contacts" })).toMatchObject({ to: `/groups/${reference}`, problems: {} });
    expect((await find())?.contactsOn).toBe(addMonths(TODAY, 6));
  });

  it("are not there for others", async () => {
    await start("emergency");
    const other = await addPerson(database(), "other");
    for (const sent of [FULL, { do: "contacts" }]) expect((await send(sent, other)).status).toBe(404);
  });
});
