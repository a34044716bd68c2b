import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getPaperPage } from "#server/policy/acknowledgement/queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as WITHDRAW } from "./[reference]/send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of answers on paper", (database) => {
  let officer: Actor;
  let shown: { version: string; hash: string };
  beforeEach(async () => {
    const [version] = await serveVersions("nao", []);
    shown = { version: version?.version ?? "", hash: version?.hash ?? "" };
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addPerson(database(), "cleaner");
  });
  const today = calendarDay(clock.now());
  const day = (date: string) => {
    const [year = "", month = "", number = ""] = date.split("-");
    return { "day-day": number, "day-month": month, "day-year": year };
  };
  const sent = (more: Record<string, string> = {}) => ({
    policy: "nao",
    ...shown,
    on: shown.version,
    answer: "accepted",
    reason: "",
    ...day(today),
    place: "Blue file 7",
    why: "No device.",
    ...more,
  });
  const send = (fields: Record<string, string>, actor = officer) =>
    post(POST, actor, "/governance/people/cleaner/paper", fields, { person: "cleaner" });
  const recordings = async () => (await getPaperPage(officer, "cleaner", "nao"))?.recordings ?? [];

  it("record one, once however often it is sent, and withdraw it", async () => {
    const { to } = await send(sent());
    expect(to).toMatch(/^\/governance\/people\/cleaner\/paper\?policy=nao&done=ACK-\w{4}-\w{4}$/);
    expect((await send(sent())).to).toBe(to);
    const [{ reference } = { reference: "" }, ...others] = await recordings();
    expect(others).toEqual([]);
    const path = `/governance/people/cleaner/paper/${reference}`;
    const withdraw = (because: string) => post(WITHDRAW, officer, path, { because }, { person: "cleaner", reference });
    expect((await withdraw("")).problems).toEqual({ because: "Say what was wrong with the recording." });
    expect((await withdraw("Another’s.")).to).toBe(to);
    expect(await recordings()).toMatchObject([{ withdrawn: { because: "Another’s." } }]);
  });

  it("say everything that is missing or wrong at once, and keep what was typed", async () => {
    const { problems, kept } = await send(sent({ answer: "", ...day("2026-02-31"), place: "" }));
    expect(Object.keys(problems).sort()).toEqual(["answer", "day", "place"]);
    expect(problems["day"]).toContain("a day that exists");
    expect(kept).toMatchObject({ why: "No device.", "day-day": "31" });
    const future = await send(sent(day(addDays(today, 1))));
    expect(future.problems).toEqual({ day: "Give a day that is not in the future." });
    expect(await recordings()).toEqual([]);
  });

  it("refuse a version that is no longer the current one, and lose nothing", async () => {
    await serveVersions("nao", [{ version: "2", material: true }]);
    const { problems, kept } = await send(sent());
    expect(problems["on"]).toContain("Version 2 has been published");
    expect(kept).toMatchObject({ place: "Blue file 7", why: "No device.", answer: "accepted" });
    expect(await recordings()).toEqual([]);
  });

  it("are not there for colleagues, nor for oneself", async () => {
    expect((await send(sent(), await addPerson(database(), "emma"))).status).toBe(404);
    const own = post(POST, officer, "/governance/people/officer/paper", sent(), { person: "officer" });
    expect((await own).status).toBe(404);
  });
});
