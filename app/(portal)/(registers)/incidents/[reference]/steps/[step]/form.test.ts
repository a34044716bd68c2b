import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getStep } from "#server/registers/incident/queries.ts";
import type { IncidentStepName } from "#domain/registers/incident/step.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as report } from "../../../new/send/route.ts";
import { POST } from "./send/route.ts";

const YESTERDAY = addDays(calendarDay(clock.now()), -1);
const NOTICED = { ...dayInputs("noticed", YESTERDAY), "noticed-time": "10:00" };
const HAPPENED = { ...dayInputs("happened", YESTERDAY), "happened-time": "09:00" };

describeOnOneDatabase("the form of a step of a report", (database) => {
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    employee = await addPerson(database(), "emma");
    const { to } = await post(report, employee, "/incidents/new?kind=shared", { startKey: "one", data: ["health"] });
    reference = /INC-.{9}/.exec(to)?.[0] ?? "";
  });
  const send = (step: string) => (sent: Parameters<typeof post>[3]) =>
    post(POST, employee, `/incidents/${reference}/steps/${step}`, sent, { reference, step });
  const saved = async (step: IncidentStepName) => (await getStep(employee, reference, step))?.values;

  it("takes its fields, and leads to what is left", async () => {
    const steps = `/incidents/${reference}/steps`;
    expect((await send("where")({ app: "whatsapp", chat: "Elm team" })).to).toBe(`${steps}/audience`);
    expect((await send("audience")({ size: "few", reach: "inside" })).to).toBe(`${steps}/when`);
    expect((await send("when")({ ...NOTICED, ...HAPPENED })).to).toBe(`${steps}/hold`);
    expect((await send("hold")({ hold: "none" })).to).toBe(`${steps}/message`);
    expect((await send("message")({ outcome: "done" })).to).toBe(`${steps}/media`);
    expect((await send("media")({ outcome: "nothing" })).to).toBe(`${steps}/backups`);
    const last = await send("backups")({ outcome: "not-possible", why: "I have left the group." });
    expect(last.to).toBe(`/incidents/${reference}?done=1`);
    expect(await saved("where")).toEqual({ app: "whatsapp", chat: "Elm team" });
    expect(await saved("audience")).toEqual({ size: "few", reach: "inside" });
    expect(await saved("backups")).toMatchObject({ outcome: "not-possible", why: "I have left the group." });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send("where"), {}, [[{ app: "pigeon" }, "app", /^Choose the app/]]);
    await expectRefusals(send("audience"), { size: "one", reach: "public" }, [
      [{ size: "" }, "size", /^Choose how many/],
      [{ reach: "moon" }, "reach", /^Choose where they work/],
    ]);
    await expectRefusals(send("when"), { ...NOTICED, ...HAPPENED }, [
      [dayInputs("noticed", "2026-02-31"), "noticed", /a day that exists/],
      [{ "noticed-time": "" }, "noticed-time", /^Add a time to the day/],
      [{ "noticed-time": "25:00" }, "noticed-time", /time/],
      [{ ...dayInputs("noticed", addDays(YESTERDAY, 2)) }, "noticed", /in the past, or now/],
      [dayInputs("happened", "1926-01-01"), "happened", /^Check the year/],
      [{ "happened-time": "11:00" }, "happened", /before you noticed it/],
    ]);
    await expectRefusals(send("message"), {}, [[{ outcome: "done" }, "", /^Answer first whether anybody/]]);
    await expectRefusals(send("hold"), {}, [[{ hold: "perhaps" }, "hold", /^Choose whether somebody/]]);
    await send("hold")({ hold: "none" });
    await expectRefusals(send("message"), { outcome: "not-possible", why: "Gone." }, [
      [{ outcome: "" }, "outcome", /^Choose what you did/],
      [{ why: "" }, "why", /^Say why it is not possible/],
      [{ why: "x".repeat(2001) }, "why", /2,000/],
    ]);
    await send("hold")({ hold: "known" });
    await expectRefusals(send("message"), {}, [[{ outcome: "done" }, "outcome", /^It must be kept for now/]]);
    expect(await saved("message")).toBeUndefined();
  });
});
