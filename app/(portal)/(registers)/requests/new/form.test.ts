import { afterEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { clock } from "#server/base/clock.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as complain } from "../../complaints/new/send/route.ts";
import { POST as correct } from "../[reference]/correct/send/route.ts";
import { POST as placeHold } from "../[reference]/hold/send/route.ts";
import { POST as answer } from "../[reference]/searches/[search]/send/route.ts";
import { POST as ask } from "../[reference]/searches/new/send/route.ts";
import { POST as move } from "../[reference]/send/route.ts";
import { POST } from "./send/route.ts";

const on = (name: string, text: string) => {
  const [year = "", month = "", day = ""] = text.split("-");
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const SENT = { kind: "foi", requester: "File 17", asked: "All about the bridge.", ...on("receivedOn", "2027-03-01") };

describeOnOneDatabase("the forms of an information request", (database) => {
  afterEach(() => vi.restoreAllMocks());
  const at = () => vi.spyOn(clock, "now").mockReturnValue(new Date("2027-03-03T10:00:00Z"));

  it("enter it, correct it, ask people, take their answer, and close it", async () => {
    at();
    const officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    const employee = await addPerson(database(), "emma");
    expect((await post(POST, employee, "/requests/new", SENT)).status).toBe(404);
    const wrong = await post(POST, officer, "/requests/new", { ...SENT, kind: "regulator" });
    expect(wrong).toMatchObject({ to: "/requests/new", kept: { asked: SENT.asked } });
    expect(Object.keys(wrong.problems)).toEqual(["dueOn"]);
    const { to } = await post(POST, officer, "/requests/new", SENT);
    const reference = /^\/requests\/(REQ-.{9})\?done=1$/.exec(to)?.[1] ?? "";
    const path = `/requests/${reference}`;
    const params = { reference };
    const seenNow = async () => String((await getInformationRequest(officer, reference))?.revision);
    const act = async (actor: Actor, sent: Record<string, string>) =>
      post(move, actor, path, { seen: await seenNow(), ...sent }, params);
    const correction = { ...SENT, asked: "The ford.", reason: "", seen: await seenNow() };
    expect(Object.keys((await post(correct, officer, `${path}/correct`, correction, params)).problems)).toEqual([
      "reason",
    ]);
    const corrected = await post(correct, officer, `${path}/correct`, { ...correction, reason: "A slip." }, params);
    expect(corrected).toMatchObject({ to: path, problems: {} });
    const hold = { keep: "All about the ford.", people: employee.email };
    expect(await post(placeHold, officer, `${path}/hold`, hold, params)).toMatchObject({ to: path, problems: {} });
    const search = { people: "Person emma", lookFor: "The ford", chats: "All", ...on("answerBy", "2027-03-12") };
    expect((await post(ask, officer, `${path}/searches/new`, { ...search, people: "" }, params)).problems).toEqual({
      people: "Name at least one person.",
    });
    expect(await post(ask, officer, `${path}/searches/new`, search, params)).toMatchObject({ to: path, problems: {} });
    const own = { reference, search: "1" };
    const given = { seen: "0", answer: "nothing", words: "I looked for “ford”.", minutes: "20", statement: "yes" };
    const send = (actor: Actor, more = {}) => post(answer, actor, `${path}/searches/1`, { ...given, ...more }, own);
    expect((await send(officer)).status).toBe(404);
    expect(Object.keys((await send(employee, { statement: "", minutes: "some" })).problems)).toEqual([
      "minutes",
      "statement",
    ]);
    expect(await send(employee)).toMatchObject({ to: `${path}/searches/1?done=1`, problems: {} });
    expect(Object.keys((await act(officer, { do: "pause" })).problems)).toEqual(["why", "from"]);
    expect(Object.keys((await act(officer, { do: "set-day" })).problems)).toEqual(["dueOn", "dayReason"]);
    const closing = { do: "close", state: "answered", outcome: "Sent.", ...on("closedOn", "2027-03-03") };
    expect((await act(employee, closing)).status).toBe(404);
    expect((await act(officer, { ...closing, seen: "1" })).problems[""]).toMatch(/^Somebody changed this request/);
    expect(await act(officer, closing)).toMatchObject({ to: path, problems: {} });
    expect(Object.keys((await act(officer, { do: "reopen" })).problems)).toEqual(["reopenReason"]);
  });

  it("take an employee's complaint, which an officer acknowledges", async () => {
    at();
    const officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    const employee = await addPerson(database(), "emma");
    expect(Object.keys((await post(complain, employee, "/complaints/new")).problems)).toEqual(["asked"]);
    const { to } = await post(complain, employee, "/complaints/new", { asked: "My leave was posted." });
    const reference = /^\/requests\/(REQ-.{9})\?done=1$/.exec(to)?.[1] ?? "";
    const acknowledged = { ...on("acknowledgedOn", "2027-03-03"), ...on("outcomeBy", "2027-03-31") };
    const send = (actor: Actor, more = {}) =>
      post(move, actor, `/requests/${reference}`, { do: "acknowledge", seen: "1", ...more }, { reference });
    expect((await send(employee, acknowledged)).status).toBe(404);
    expect(Object.keys((await send(officer)).problems)).toEqual(["acknowledgedOn", "outcomeBy"]);
    expect((await send(officer, acknowledged)).problems).toEqual({});
    expect(await getInformationRequest(employee, reference)).toMatchObject({ due: "2027-03-31", isOwn: true });
  });
});
