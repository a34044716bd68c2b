import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import { addDays, addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getApp } from "#server/registers/app/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const PATH = "/apps/new";
const TODAY = calendarDay(clock.now());
const LAST = addMonths(TODAY, 24);
const FULL = {
  name: "Plain Chat",
  purpose: "Duty rotas.",
  whoMay: "All staff.",
  dpiaReference: "DPIA-7",
  ...dayInputs("dpiaOn", TODAY),
  riskOwner: "olive@nao.invalid",
  settings: "Disappearing messages off\n\n Backups off ",
  state: "approved",
  ...dayInputs("reviewOn", LAST),
  reason: "It is needed.",
};

describeOnOneDatabase("the form that puts an app on the register", (database) => {
  const addOfficer = () => addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });

  it("takes a whole decision, and one against an app without an assessment", async () => {
    const officer = await addOfficer();
    expect(await post(POST, officer, PATH, FULL)).toMatchObject({ to: "/apps/plain-chat", problems: {} });
    expect(await getApp(officer, "plain-chat")).toMatchObject({
      name: "Plain Chat",
      state: "approved",
      dpiaReference: "DPIA-7",
      dpiaOn: TODAY,
      reviewOn: LAST,
      riskOwner: { email: officer.email },
      settings: ["Disappearing messages off", "Backups off"],
    });
    const none = { dpiaReference: "", ...dayInputs("dpiaOn", "") };
    const against = await post(POST, officer, PATH, { ...FULL, ...none, name: "Loud", state: "refused" });
    expect(against).toMatchObject({ to: "/apps/loud", problems: {} });
    expect((await post(POST, officer, PATH, FULL)).problems["name"]).toMatch(/^It is on the register already/);
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    const officer = await addOfficer();
    await expectRefusals((sent) => post(POST, officer, PATH, sent), FULL, [
      [{ name: "" }, "name", /^Name the app/],
      [{ name: "New" }, "name", /^Write the name as the app shows it/],
      [{ purpose: "" }, "purpose", /^Say what it may be used for/],
      [{ whoMay: "x".repeat(1001) }, "whoMay", /1,000/],
      [{ dpiaReference: "" }, "dpiaReference", /^Name the impact assessment/],
      [dayInputs("dpiaOn", ""), "dpiaOn", /^Enter the day/],
      [dayInputs("dpiaOn", addDays(TODAY, 1)), "dpiaOn", /today or earlier/],
      [{ riskOwner: "Nobody" }, "riskOwner", /Nobody/],
      [{ settings: "x\n".repeat(21) }, "settings", /at most 20/],
      [{ state: "perhaps" }, "state", /^Choose what you decide/],
      [dayInputs("reviewOn", TODAY), "reviewOn", /within two years/],
      [dayInputs("reviewOn", addDays(LAST, 1)), "reviewOn", /within two years/],
      [{ reason: "" }, "reason", /^Say why you decide this/],
    ]);
    expect(await getApp(officer, "plain-chat")).toBeNull();
  });

  it("is not there for others", async () => {
    await addOfficer();
    expect((await post(POST, await addPerson(database(), "emma"), PATH, FULL)).status).toBe(404);
  });
});
