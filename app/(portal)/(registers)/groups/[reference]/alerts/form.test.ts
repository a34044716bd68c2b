import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, momentAt } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const YESTERDAY = addDays(TODAY, -1);
const WORDS = { postedBy: "Duty officer", message: "Flood, north bank." };
const FULL = { do: "log", startKey: "one", postedDay: YESTERDAY, postedTime: "9.05", ...WORDS };

describeOnOneDatabase("the forms of first notifications", (database) => {
  let first: Actor;
  let reference: string;
  beforeEach(async () => {
    first = await addPerson(database(), "first");
    const group = { administrators: [first, await addPerson(database(), "second")], keepYears: 3 };
    ({ reference } = await addApprovedGroup(database(), { ...group, kind: "emergency" }));
  });
  const alerts = async () => (await getChatGroup(first, reference))?.alerts ?? [];
  const send = (sent: Parameters<typeof post>[3], actor = first) =>
    post(POST, actor, `/groups/${reference}/alerts`, sent, { reference });

  it("log one once, and who was phoned and confirmed it", async () => {
    for (const _ of [1, 2]) expect(await send(FULL)).toMatchObject({ to: `/groups/${reference}/alerts`, problems: {} });
    expect(await alerts()).toMatchObject([{ postedAt: momentAt(YESTERDAY, "09:05"), ...WORDS }]);
    const [logged] = await alerts();
    const [one = "", two = ""] = logged?.calls.map(({ memberId }) => memberId) ?? [];
    await send({ do: "phoned", alert: logged?.id ?? "", member: one });
    await send({ do: "confirmed", alert: logged?.id ?? "", member: two });
    const said = (await alerts())[0]?.calls.map(({ phonedAt, confirmedAt }) => [
      phonedAt !== null,
      confirmedAt !== null,
    ]);
    expect(said).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  it("say which field is wrong, and keep what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ postedDay: "" }, "postedAt", /^Write the day and the time/],
      [{ postedDay: "2027-02-31" }, "postedAt", /^Write the day and the time/],
      [{ postedTime: "" }, "postedAt", /^Write the day and the time/],
      [{ postedTime: "24:00" }, "postedAt", /^Write the day and the time/],
      [{ postedDay: addDays(TODAY, 1) }, "postedAt", /in the future/],
      [{ postedBy: "" }, "postedBy", /^Say who posted it/],
      [{ postedBy: "Duty, 07700 900123" }, "postedBy", /^Take out the phone number/],
      [{ message: "" }, "message", /^Write what the message said/],
      [{ message: "Ring 07700 900123." }, "message", /^Take out the phone number/],
      [{ message: "x".repeat(501) }, "message", /500/],
    ]);
    expect(await alerts()).toEqual([]);
  });

  it("are not there for others, nor for a call about nothing", async () => {
    const other = await addPerson(database(), "other");
    for (const sent of [FULL, { do: "phoned" }, { do: "confirmed" }])
      expect((await send(sent, other)).status).toBe(404);
    for (const name of ["phoned", "confirmed", "nothing"]) expect((await send({ do: name })).status, name).toBe(404);
  });
});
