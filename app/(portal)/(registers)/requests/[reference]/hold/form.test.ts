import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import { enterRequest } from "#server/registers/information-request/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const FULL = { startKey: "one", keep: "All about the ford.", people: "emma@nao.invalid", groupNames: "" };

describeOnOneDatabase("the form that places the hold of a request", (database) => {
  let officer: Actor;
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    employee = await addPerson(database(), "emma");
    const receivedOn = { kind: "day", day: TODAY } as const;
    const draft = {
      kind: "foi",
      requester: "File 17",
      asked: "The ford.",
      receivedOn,
      dueOn: { kind: "empty" } as const,
    };
    const entered = await enterRequest(officer, { startKey: "one", draft });
    reference = entered.code === "entered" ? entered.reference : "";
  });
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, `/requests/${reference}/hold`, sent, { reference });
  const holds = () => database().prisma.hold.findMany();

  it.each([
    ["named people", {}, false],
    ["everybody", { people: "", onSubject: "yes" }, true],
  ])("places it on %s, with the reason and day of the request", async (_, sent, isOnSubject) => {
    expect(await send({ ...FULL, ...sent })).toMatchObject({ to: `/requests/${reference}`, problems: {} });
    expect(await holds()).toMatchObject([{ reason: "foi", occurredOn: TODAY, keep: FULL.keep, isOnSubject }]);
    const linked = (await getInformationRequest(officer, reference))?.file?.hold;
    expect(linked?.reference).toBe((await holds())[0]?.reference);
    const second = await send({ ...FULL, startKey: "two" });
    expect(second.problems[""]).toMatch(/^It has a hold already/);
    expect(await holds()).toHaveLength(1);
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ keep: "" }, "keep", /^(Say|Write|Describe)/],
      [{ people: "" }, "onSubject", /^Choose a group/],
      [{ people: "Nobody" }, "people", /Nobody/],
      [{ groupNames: "No such group" }, "groupNames", /No such group/],
    ]);
    expect(await holds()).toEqual([]);
  });

  it("is not there for others", async () => {
    expect((await send(FULL, employee)).status).toBe(404);
  });
});
