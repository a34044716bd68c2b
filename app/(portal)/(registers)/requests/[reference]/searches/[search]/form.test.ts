import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getOwnSearch } from "#server/registers/information-request/queries.ts";
import { makeComplaint } from "#server/registers/information-request/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as ask } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

const FULL = { seen: "0", answer: "nothing", gone: "", words: "I looked for “ford”.", minutes: "45", statement: "yes" };

describeOnOneDatabase("the form that answers a search", (database) => {
  let employee: Actor;
  let path: string;
  let params: { reference: string; search: string };
  beforeEach(async () => {
    const officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    employee = await addPerson(database(), "emma");
    const made = await makeComplaint(employee, { startKey: "one", asked: "The ford." });
    const reference = made.code === "entered" ? made.reference : "";
    const asked = { people: employee.email, lookFor: "The ford", chats: "All" };
    const by = dayInputs("answerBy", calendarDay(clock.now()));
    await post(ask, officer, `/requests/${reference}/searches/new`, { ...asked, ...by }, { reference });
    path = `/requests/${reference}/searches/1`;
    params = { reference, search: "1" };
  });
  const send = (sent: Parameters<typeof post>[3], actor = employee) => post(POST, actor, path, sent, params);
  const last = async () => (await getOwnSearch(employee, params.reference, "1"))?.answers.at(-1);

  it("takes an answer, and a correction of it", async () => {
    expect(await send(FULL)).toMatchObject({ to: `${path}?done=1`, problems: {} });
    expect(await last()).toMatchObject({ answer: "nothing", gone: null, words: FULL.words, minutes: 45 });
    const corrected = { ...FULL, seen: "1", answer: "gone", gone: "cleared", minutes: "50" };
    expect((await send(corrected)).problems).toEqual({});
    expect(await last()).toMatchObject({ answer: "gone", gone: "cleared", minutes: 50 });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ answer: "perhaps" }, "answer", /^Choose what came of it/],
      [{ answer: "gone" }, "gone", /^Choose why it is no longer held/],
      [{ answer: "gone", gone: "eaten" }, "gone", /^Choose why it is no longer held/],
      [{ words: "" }, "words", /^Say where and how/],
      [{ minutes: "an hour" }, "minutes", /as a number/],
      [{ minutes: "60001" }, "minutes", /as a number/],
      [{ statement: "" }, "statement", /^Confirm the statement/],
      [{ seen: "1" }, "", /^Somebody changed this request/],
    ]);
    expect(await last()).toBeUndefined();
  });

  it("is not there for others", async () => {
    expect((await send(FULL, await addPerson(database(), "dan"))).status).toBe(404);
  });
});
