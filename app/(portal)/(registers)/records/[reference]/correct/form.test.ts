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
const RECORD = { ...TEXTS, systemReference: "C-1", retentionClass: "everyday", ...dayInputs("saidOn", "2026-01-10") };
const MORE = { saidTime: "09:30", method: "screenshot", ...dayInputs("eventOn", "2026-02-01"), retentionClass: "case" };
const FULL = { ...RECORD, ...MORE, about: "The big hall", reason: "A slip." };
const TOMORROW = addDays(calendarDay(clock.now()), 1);
const on = { body: "example-borough" };

describeOnOneDatabase("the form that corrects a record", (database) => {
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    employee = await addPerson(database(), "emma", on);
    const { to } = await post(capture, employee, "/records/new", { ...RECORD, do: "save" });
    reference = /REC-.{9}/.exec(to)?.[0] ?? "";
  });
  const find = () => getRecord(employee, reference);
  const send = async (sent: Parameters<typeof post>[3], actor = employee) => {
    const revision = String((await find())?.revision);
    return post(POST, actor, `/records/${reference}/correct`, { revision, ...sent }, { reference });
  };

  it("takes all of its fields, and counts the class anew", async () => {
    expect(await send(FULL)).toMatchObject({ to: `/records/${reference}`, problems: {} });
    expect(await find()).toMatchObject({
      about: "The big hall",
      saidOn: "2026-01-10",
      saidTime: "09:30",
      method: "screenshot",
      classId: "case",
      eventOn: "2026-02-01",
      keepUntil: "2032-02-01",
    });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      ...(["about", "chat", "participants", "content", "system", "systemReference", "reason"] as const).map(
        (field) => [{ [field]: " " }, field, /^(Say|Write)/] as const,
      ),
      [{ about: "x".repeat(201) }, "about", /200/],
      [dayInputs("saidOn", ""), "saidOn", /^Enter the day/],
      [dayInputs("saidOn", TOMORROW), "saidOn", /today or earlier/],
      [{ saidTime: "9.30" }, "saidTime", /^Write the time as 09:30/],
      [{ group: "GRP-2222-2222" }, "group", /^Choose one of your groups/],
      [{ method: "telepathy" }, "method", /^Say how you copied it/],
      [{ retentionClass: "" }, "retentionClass", /^Choose a class/],
      [dayInputs("eventOn", TOMORROW), "eventOn", /today or earlier/],
      [{ revision: "9" }, "", /^Somebody else changed this record/],
    ]);
    expect((await find())?.about).toBe("The hall");
  });

  it("is not there for others", async () => {
    expect((await send(FULL, await addPerson(database(), "other", on))).status).toBe(404);
  });
});
