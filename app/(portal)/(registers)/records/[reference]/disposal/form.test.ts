import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getRecord } from "#server/registers/record/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as capture } from "../../new/send/route.ts";
import { POST } from "./send/route.ts";

const TEXTS = { about: "The hall", chat: "Hall chat", participants: "Sam", content: "We agreed.", system: "Files" };
const RECORD = { ...TEXTS, systemReference: "C-1", retentionClass: "everyday", ...dayInputs("saidOn", "2015-01-10") };
const TODAY = calendarDay(clock.now());
const KEEP = { do: "keep", ...dayInputs("until", addDays(TODAY, 1)), keepReason: "An appeal runs." };
const DISPOSE = { holdAnswer: "none", reason: "Its time is over." };
const on = { body: "example-borough" };

describeOnOneDatabase("the forms of a record whose time is over", (database) => {
  let employee: Actor;
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    employee = await addPerson(database(), "emma", on);
    officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const { to } = await post(capture, employee, "/records/new", { ...RECORD, do: "save" });
    reference = /REC-.{9}/.exec(to)?.[0] ?? "";
  });
  const find = () => getRecord(officer, reference);
  const send = async (sent: Parameters<typeof post>[3], actor = officer) => {
    const revision = String((await find())?.revision);
    return post(POST, actor, `/records/${reference}/disposal`, { revision, ...sent }, { reference });
  };
  const done = () => ({ to: `/records/${reference}`, problems: {} });

  it("dispose of it", async () => {
    await expectRefusals(send, DISPOSE, [
      [{ holdAnswer: "" }, "holdAnswer", /^Say whether anybody has asked/],
      [{ holdAnswer: "unsure" }, "holdAnswer", /^It was not disposed of/],
      [{ reason: "x".repeat(2001) }, "reason", /2,000/],
    ]);
    // Who comes too late is led to the record, which says what was decided.
    expect(await send({ ...DISPOSE, revision: "9" })).toMatchObject(done());
    expect(await find()).toMatchObject({ disposedAt: null, content: "We agreed." });
    expect(await send(DISPOSE)).toMatchObject(done());
    expect(await find()).toMatchObject({ content: "", disposedBy: { id: "olive" } });
  });

  it("keep it longer", async () => {
    await expectRefusals(send, KEEP, [
      [dayInputs("until", ""), "until", /^Enter the day/],
      [dayInputs("until", "2028-02-30"), "until", /a day that exists/],
      [dayInputs("until", TODAY), "until", /later than today/],
      [{ keepReason: "" }, "keepReason", /^Say why it is kept longer/],
    ]);
    expect(await send(KEEP)).toMatchObject(done());
    expect(await find()).toMatchObject({ keepUntil: addDays(TODAY, 1), isDue: false });
    expect((await send(DISPOSE)).status).toBe(404);
  });

  it("are not there for others", async () => {
    for (const sent of [KEEP, DISPOSE]) expect((await send(sent, employee)).status).toBe(404);
  });
});
