import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { getSampleCheck } from "#server/registers/understanding-check/sample-queries.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as draw } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const LAST_DAY = addWorkingDays(TODAY, 5, daysOff(null, TODAY, addDays(TODAY, 30)));
const EXCUSE = { do: "excuse", personId: "emma", reason: "On leave." };

describeOnOneDatabase("the forms of a check of people drawn by chance, once it runs", (database) => {
  let officer: Actor;
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    await serveRealContent();
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    employee = await addPerson(database(), "emma");
    const sent = { policy: "nao", population: "body", size: "5", ...dayInputs("lastDay", LAST_DAY) };
    reference = /CHK-.{9}/.exec((await post(draw, officer, "/checks-held/samples/new", sent)).to)?.[0] ?? "";
  });
  const find = () => getSampleCheck(officer, reference);
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, `/checks-held/samples/${reference}`, sent, { reference });

  it("excuse somebody, and close it", async () => {
    await expectRefusals(send, EXCUSE, [
      [{ personId: "nobody" }, "personId", /^Choose somebody who has not answered/],
      [{ reason: "" }, "reason", /^Say why they are excused/],
      [{ reason: "x".repeat(501) }, "reason", /characters/],
    ]);
    expect(await send(EXCUSE)).toMatchObject({ to: `/checks-held/samples/${reference}`, problems: {} });
    expect((await find())?.people).toMatchObject([{ personId: "emma", excusedBecause: "On leave." }]);
    expect(Object.keys((await send(EXCUSE)).problems)).toEqual(["personId"]);
    for (const _ of [1, 2]) expect((await send({ do: "close" })).problems).toEqual({});
    expect((await find())?.closedAt).not.toBeNull();
  });

  it("are not there for others", async () => {
    for (const sent of [EXCUSE, { do: "close" }]) expect((await send(sent, employee)).status, sent.do).toBe(404);
    expect((await send({ do: "draw" })).status).toBe(404);
  });
});
