import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getConsent } from "#server/registers/consent/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as record } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const YESTERDAY = addDays(TODAY, -1);
const TEXTS = { name: "Xavia", age: "adult", guardian: "", purpose: "The newsletter", formReference: "Folder 7" };
const ENTRY = { ...TEXTS, ...dayInputs("givenOn", YESTERDAY), ...dayInputs("until", TODAY) };
const CORRECT = { ...ENTRY, do: "correct", seen: "0", age: "child", guardian: "A parent", why: "A slip." };

describeOnOneDatabase("the forms of a photo consent", (database) => {
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    employee = await addPerson(database(), "emma");
    reference = /PHO-.{9}/.exec((await post(record, employee, "/photos/new", ENTRY)).to)?.[0] ?? "";
  });
  const find = () => getConsent(employee, reference);
  const send = (sent: Parameters<typeof post>[3], actor = employee) =>
    post(POST, actor, `/photos/${reference}`, sent, { reference });

  it("correct it, note that it was withdrawn, and that the picture is no longer used", async () => {
    const done = { to: `/photos/${reference}`, problems: {} };
    expect(await send({ ...CORRECT, ...dayInputs("until", YESTERDAY) })).toMatchObject(done);
    expect(await find()).toMatchObject({ guardian: "A parent", until: YESTERDAY, state: "ended" });
    expect(await send({ do: "retire" })).toMatchObject(done);
    expect((await find())?.retiredAt).not.toBeNull();
    expect(await send({ do: "withdraw", reason: "A mail." })).toMatchObject(done);
    expect(await find()).toMatchObject({ state: "withdrawn", withdrawReason: "A mail." });
  });

  it("say which field is wrong, and keep what was typed", async () => {
    await expectRefusals(send, CORRECT, [
      [{ name: "" }, "name", /^Say who is in the picture/],
      [{ age: "" }, "age", /^Choose whether it is a child/],
      [{ guardian: "" }, "guardian", /^Say who agreed/],
      [dayInputs("givenOn", ""), "givenOn", /^Enter the day on the form/],
      [{ ...dayInputs("givenOn", addDays(TODAY, 1)), ...dayInputs("until", addDays(TODAY, 2)) }, "givenOn", /today or/],
      [{ purpose: "x".repeat(2001) }, "purpose", /2,000/],
      [dayInputs("until", addDays(TODAY, -2)), "until", /must not be before/],
      [{ "until-year": "" }, "until", /must have a year/],
      [{ formReference: "" }, "formReference", /^Say where the form is found/],
      [{ why: "" }, "why", /^Say why you are correcting it/],
      [{ seen: "3" }, "", /^Somebody else corrected it/],
    ]);
    await expectRefusals(send, { do: "withdraw" }, [[{ reason: " " }, "reason", /^Say how you know/]]);
    expect(await find()).toMatchObject({ guardian: null, state: "valid" });
  });

  it("are not there for others", async () => {
    const other = await addPerson(database(), "other");
    for (const sent of [CORRECT, { do: "withdraw", reason: "A mail." }, { do: "retire" }])
      expect((await send(sent, other)).status, sent.do).toBe(404);
  });
});
