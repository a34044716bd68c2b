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
const [YESTERDAY, TOMORROW] = [addDays(TODAY, -1), addDays(TODAY, 1)];
const SET_DAY = { do: "set-day", ...dayInputs("dueOn", TOMORROW), dayReason: "Section 10." };
const PAUSE = { do: "pause", why: "clarification", words: "", ...dayInputs("from", TODAY) };
const RESUME = { do: "resume", ...dayInputs("until", TODAY) };
const CLOSE = { do: "close", state: "answered", outcome: "Sent.", ...dayInputs("closedOn", TODAY) };

describeOnOneDatabase("the forms of an information request", (database) => {
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    await addPerson(database(), "second", { roles: ["employee", "governance-officer"] });
    const receivedOn = { kind: "day", day: YESTERDAY } as const;
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
  const send = async (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, `/requests/${reference}`, { seen: String((await find())?.revision), ...sent }, { reference });

  it("pass it on, set its day, stop its clock, let it go on, close it and reopen it", async () => {
    const done = { to: `/requests/${reference}`, problems: {} };
    expect(await send({ do: "pass-on", to: "second" })).toMatchObject(done);
    expect((await find())?.file?.handler?.id).toBe("second");
    expect(await send(SET_DAY)).toMatchObject(done);
    expect((await find())?.dueOn).toBe(TOMORROW);
    expect(await send(PAUSE)).toMatchObject(done);
    expect((await find())?.file?.pauses).toMatchObject([{ why: "clarification", firstDay: TODAY, lastDay: null }]);
    expect(await send(RESUME)).toMatchObject(done);
    expect((await find())?.file?.pauses).toMatchObject([{ lastDay: TODAY }]);
    expect(await send(CLOSE)).toMatchObject(done);
    expect(await find()).toMatchObject({ state: "answered", texts: { outcome: "Sent." } });
    expect(await send({ do: "reopen", reopenReason: "A review." })).toMatchObject(done);
    expect((await find())?.state).toBe("open");
  });

  it("say which field is wrong, and keep what was typed", async () => {
    const early = addDays(YESTERDAY, -1);
    await expectRefusals(send, { do: "pass-on" }, [[{ to: "nobody" }, "to", /^Choose who handles it/]]);
    await expectRefusals(send, SET_DAY, [
      [dayInputs("dueOn", ""), "dueOn", /^Enter the day/],
      [dayInputs("dueOn", early), "dueOn", /before the day it came in/],
      [{ dayReason: "" }, "dayReason", /^Say why, and which rule/],
      [{ seen: "0" }, "", /^Somebody changed this request/],
    ]);
    await expectRefusals(send, PAUSE, [
      [{ why: "tired" }, "why", /^Choose why it pauses/],
      [{ why: "other" }, "words", /is not enough/],
      [dayInputs("from", TOMORROW), "from", /today or earlier/],
      [dayInputs("from", early), "from", /must not be before/],
    ]);
    await expectRefusals(send, CLOSE, [
      [{ state: "open" }, "state", /^Choose how it ended/],
      [{ outcome: "" }, "outcome", /^Say what came of it/],
      [dayInputs("closedOn", "2026-13-01"), "closedOn", /a day that exists/],
    ]);
    await send(PAUSE);
    await expectRefusals(send, RESUME, [[dayInputs("until", YESTERDAY), "until", /must not be before/]]);
  });

  it("are not there for others", async () => {
    const employee = await addPerson(database(), "emma");
    for (const sent of [SET_DAY, PAUSE, RESUME, CLOSE, { do: "pass-on" }, { do: "take-back" }, { do: "reopen" }])
      expect((await send(sent, employee)).status, sent.do).toBe(404);
  });
});
