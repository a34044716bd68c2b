import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getOwnSearch } from "#server/registers/information-request/queries.ts";
import { makeComplaint } from "#server/registers/information-request/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const FULL = {
  startKey: "one",
  people: "emma@nao.invalid\r\n\r\n Person dan ",
  lookFor: "The ford",
  chats: "",
  apps: "WhatsApp",
  devices: "",
  ...dayInputs("firstDay", "2026-03-01"),
  ...dayInputs("lastDay", "2026-04-01"),
  ...dayInputs("answerBy", TODAY),
};

describeOnOneDatabase("the form that asks people to search", (database) => {
  let officer: Actor;
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    employee = await addPerson(database(), "emma");
    await addPerson(database(), "dan");
    const made = await makeComplaint(employee, { startKey: "one", asked: "The ford." });
    reference = made.code === "entered" ? made.reference : "";
  });
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, `/requests/${reference}/searches/new`, sent, { reference });

  it("asks each person on a line once, by name or address", async () => {
    for (const _ of [1, 2]) expect(await send(FULL)).toMatchObject({ to: `/requests/${reference}`, problems: {} });
    const asked = await database().prisma.searchRequest.findMany({ orderBy: { personId: "asc" } });
    expect(asked.map(({ personId }) => personId)).toEqual(["dan", "emma"]);
    const position = asked.find(({ personId }) => personId === "emma")?.position;
    expect(await getOwnSearch(employee, reference, String(position))).toMatchObject({
      lookFor: "The ford",
      apps: "WhatsApp",
      firstDay: "2026-03-01",
      lastDay: "2026-04-01",
      answerBy: TODAY,
    });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ people: " \n " }, "people", /^Name at least one person/],
      [{ people: "emma@nao.invalid\nNobody" }, "people", /Nobody/],
      [{ lookFor: "" }, "lookFor", /^Say what to look for/],
      [{ apps: "" }, "chats", /^Say where to look/],
      [{ devices: "x".repeat(5001) }, "devices", /5,000/],
      [dayInputs("firstDay", "2026-02-30"), "firstDay", /a day that exists/],
      [dayInputs("lastDay", "2026-02-28"), "lastDay", /must not end before it begins/],
      [dayInputs("answerBy", ""), "answerBy", /^Enter the day/],
      [dayInputs("answerBy", addDays(TODAY, -1)), "answerBy", /today or later/],
    ]);
    expect(await database().prisma.searchRequest.count()).toBe(0);
  });

  it("is not there for others", async () => {
    expect((await send(FULL, employee)).status).toBe(404);
  });
});
