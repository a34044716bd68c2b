import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const ABOUT = { name: "Depot rota", purpose: "Who covers which shift.", app: "WhatsApp", logo: "yes" };
const SHARING = { responsible: "The council", agreement: "Agreement 7" };
const SETTINGS = { disappear: "0", timerBy: "administrators", canExport: "yes", assistant: "off" };
const MESSAGES = { retention: "days", retentionCount: "30", ...SETTINGS, ...dayInputs("reviewOn", addDays(TODAY, 90)) };
const FULL = { ...ABOUT, ...SHARING, ...MESSAGES, reason: "A new name." };

describeOnOneDatabase("the form that changes the details of a group", (database) => {
  let first: Actor;
  let reference: string;
  beforeEach(async () => {
    first = await addPerson(database(), "first");
    const group = { administrators: [first, await addPerson(database(), "second")] };
    ({ reference } = await addApprovedGroup(database(), { ...group, kind: "partner" }));
  });
  const find = () => getChatGroup(first, reference);
  const send = async (sent: Parameters<typeof post>[3], actor = first) =>
    post(
      POST,
      actor,
      `/groups/${reference}/change`,
      { revision: String((await find())?.revision), ...sent },
      { reference },
    );

  it("takes all of them, and asks again where the purpose is another", async () => {
    expect(await send(FULL)).toMatchObject({ to: `/groups/${reference}`, problems: {} });
    expect(await find()).toMatchObject({
      state: "approved",
      name: "Depot rota",
      ...SHARING,
      clearEveryDays: 30,
      keepYears: null,
      reviewOn: addDays(TODAY, 90),
      hasLogo: true,
    });
    await send({ ...FULL, purpose: "News of the depot.", retention: "years", retentionCount: "2" });
    expect(await find()).toMatchObject({ state: "requested", clearEveryDays: null, keepYears: 2 });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ name: "" }, "name", /^Give the group's name/],
      [{ name: "Depot 07700 900123" }, "name", /^Take out the phone number/],
      [{ purpose: "" }, "purpose", /^Say what the group is for/],
      [{ app: "Loud Chat" }, "app", /register of apps/],
      [{ app: "" }, "app", /^Choose the app/],
      [{ logo: "perhaps" }, "logo", /^Say whether the group carries the logo/],
      [{ responsible: "" }, "responsible", /^Say which body is responsible/],
      [{ agreement: "" }, "agreement", /^Name the agreement/],
      [{ retention: "" }, "retention", /^Choose how long/],
      [{ retentionCount: "0" }, "retentionCount", /from 1 to 366/],
      [{ retention: "years", retentionCount: "101" }, "retentionCount", /from 1 to 100/],
      [{ disappear: "" }, "disappear", /^Say whether messages disappear/],
      [{ timerBy: "" }, "timerBy", /^Say who can change that/],
      [{ canExport: "" }, "canExport", /^Say whether messages can be exported/],
      [{ assistant: "on" }, "assistant", /^Switch it off first/],
      [dayInputs("reviewOn", ""), "reviewOn", /^Say when the group will next be reviewed/],
      [dayInputs("reviewOn", TODAY), "reviewOn", /must be in the future/],
      [{ reason: "" }, "reason", /^Say why it changes/],
      [{ revision: "9" }, "", /^Somebody has changed this group/],
    ]);
    expect((await find())?.name).toBe("Duty rota");
  });

  it("is not there for others, whatever they type", async () => {
    const other = await addPerson(database(), "other");
    for (const sent of [FULL, { ...FULL, retention: "" }]) expect((await send(sent, other)).status).toBe(404);
  });
});
