import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import { enterRequest } from "#server/registers/information-request/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const YESTERDAY = addDays(TODAY, -1);
const TEXTS = { kind: "environmental", requester: "File 18", asked: "The ford.", reason: "A slip." };
const FULL = { ...TEXTS, ...dayInputs("receivedOn", YESTERDAY) };

describeOnOneDatabase("the form that corrects a request", (database) => {
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    const receivedOn = { kind: "day", day: TODAY } as const;
    const draft = {
      kind: "foi",
      requester: "File 17",
      asked: "The bridge.",
      receivedOn,
      dueOn: { kind: "empty" } as const,
    };
    const entered = await enterRequest(officer, { startKey: "one", draft });
    reference = entered.code === "entered" ? entered.reference : "";
  });
  const find = () => getInformationRequest(officer, reference);
  const send = async (sent: Parameters<typeof post>[3], actor = officer) => {
    const seen = String((await find())?.revision);
    return post(POST, actor, `/requests/${reference}/correct`, { seen, ...sent }, { reference });
  };

  it("takes what is right now, and why", async () => {
    expect(await send(FULL)).toMatchObject({ to: `/requests/${reference}`, problems: {} });
    expect(await find()).toMatchObject({
      kind: "environmental",
      receivedOn: YESTERDAY,
      texts: { requester: "File 18", asked: "The ford." },
    });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ kind: "gossip" }, "kind", /^Choose what kind/],
      [{ requester: "" }, "requester", /^Say who asks/],
      [{ requester: "x".repeat(201) }, "requester", /200/],
      [{ asked: "" }, "asked", /^Copy what is asked/],
      [dayInputs("receivedOn", addDays(TODAY, 1)), "receivedOn", /today or earlier/],
      [{ "receivedOn-month": "" }, "receivedOn", /must have a month/],
      [{ reason: "" }, "reason", /^Say why you are correcting it/],
      [{ seen: "0" }, "", /^Somebody changed this request/],
    ]);
    expect(await find()).toMatchObject({ kind: "foi", receivedOn: TODAY });
  });

  it("is not there for others", async () => {
    expect((await send(FULL, await addPerson(database(), "emma"))).status).toBe(404);
  });
});
