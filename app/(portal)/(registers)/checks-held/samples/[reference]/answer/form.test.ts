import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { getOwnSituations } from "#server/registers/understanding-check/sample-queries.ts";
import { closeSample } from "#server/registers/understanding-check/sample-service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as draw } from "../../new/send/route.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const LAST_DAY = addWorkingDays(TODAY, 5, daysOff(null, TODAY, addDays(TODAY, 30)));

describeOnOneDatabase("the form that answers two situations", (database) => {
  let officer: Actor;
  let employee: Actor;
  let reference: string;
  let full: { choice1: string; choice2: string };
  beforeEach(async () => {
    await serveRealContent();
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    employee = await addPerson(database(), "emma");
    const sent = { policy: "nao", population: "body", size: "5", ...dayInputs("lastDay", LAST_DAY) };
    reference = /CHK-.{9}/.exec((await post(draw, officer, "/checks-held/samples/new", sent)).to)?.[0] ?? "";
    const [first, second] = (await find())?.situations ?? [];
    const wrong = second?.choices.find((one) => one !== second.rule.verdict);
    full = { choice1: first?.rule.verdict ?? "", choice2: wrong ?? "" };
  });
  const find = () => getOwnSituations(employee, reference);
  const send = (sent: Parameters<typeof post>[3], actor = employee) =>
    post(POST, actor, `/checks-held/samples/${reference}/answer`, sent, { reference });

  it("takes one try, right or wrong", async () => {
    const { choice1, choice2 } = full;
    expect(await send(full)).toMatchObject({ to: `/checks-held/samples/${reference}/answer`, problems: {} });
    await send({ choice1, choice2: choice1 });
    expect((await find())?.answers).toMatchObject([{ chosen: choice1 }, { chosen: choice2 }]);
    expect((await database().prisma.sampledPerson.findFirst())?.right).toEqual([true, false]);
  });

  it("says which situation has no answer, and keeps the other; and that it is over", async () => {
    await expectRefusals(send, full, [
      [{ choice1: "" }, "choice1", /situation 1/],
      [{ choice2: "perhaps" }, "choice2", /situation 2/],
    ]);
    await closeSample(officer, reference);
    expect((await send(full)).problems[""]).toMatch(/^This check takes no more answers/);
    expect((await find())?.answers).toBeNull();
  });

  it("is not there for those whom it does not ask", async () => {
    expect((await send(full, officer)).status).toBe(404);
  });
});
