import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getApp } from "#server/registers/app/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as add } from "../../new/send/route.ts";
import { POST } from "./send/route.ts";

const ENTRY = { purpose: "Rotas.", whoMay: "All staff.", riskOwner: "olive@nao.invalid", dpiaReference: "DPIA-7" };
const DAY = calendarDay(clock.now());
const DAYS = { ...dayInputs("dpiaOn", DAY), ...dayInputs("reviewOn", addMonths(DAY, 12)) };
const FULL = { ...ENTRY, ...DAYS, settings: "", state: "ended", reason: "Its terms have changed." };

describeOnOneDatabase("the form that decides on an app again", (database) => {
  let officer: Actor;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    await post(add, officer, "/apps/new", { ...FULL, name: "Plain Chat", state: "approved" });
  });
  const find = () => getApp(officer, "plain-chat");
  const send = async (sent: Parameters<typeof post>[3], actor = officer, app = "plain-chat") =>
    post(POST, actor, `/apps/${app}/decide`, { revision: String((await find())?.revision), ...sent }, { app });

  it("takes it, and leaves the name alone", async () => {
    expect(await send({ ...FULL, name: "Other" })).toMatchObject({ to: "/apps/plain-chat", problems: {} });
    expect(await find()).toMatchObject({ name: "Plain Chat", state: "ended" });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ state: "" }, "state", /^Choose what you decide/],
      [{ state: "approved", dpiaReference: "" }, "dpiaReference", /^Name the impact assessment/],
      [{ purpose: "" }, "purpose", /^Say what it may be used for/],
      [dayInputs("reviewOn", "2027-02-29"), "reviewOn", /a day that exists/],
      [{ riskOwner: "Nobody" }, "riskOwner", /Nobody/],
      [{ reason: " " }, "reason", /^Say why you decide this/],
      [{ revision: "9" }, "", /^Somebody has decided on this app/],
    ]);
    expect((await find())?.state).toBe("approved");
  });

  it("is not there for others, nor for an app that is not on the register", async () => {
    expect((await send(FULL, officer, "loud-chat")).status).toBe(404);
    expect((await send(FULL, await addPerson(database(), "emma"))).status).toBe(404);
  });
});
