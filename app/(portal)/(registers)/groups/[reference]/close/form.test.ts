import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as change } from "../change/send/route.ts";
import { POST as decide } from "../decide/send/route.ts";
import { POST as review } from "../review/send/route.ts";
import { POST as close } from "./send/route.ts";

const on = { body: "example-borough" };
const ENTRY = { name: "Depot rota", purpose: "Shifts.", app: "WhatsApp", logo: "yes", reason: "So." };
const SETTINGS = { disappear: "0", timerBy: "administrators", canExport: "yes", assistant: "off" };

describeOnOneDatabase("the forms of a group", (database) => {
  it("review it, change it, have it decided on again and close it", async () => {
    const [first, second] = [await addPerson(database(), "first", on), await addPerson(database(), "second", on)];
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const { reference } = await addApprovedGroup(database(), { administrators: [first, second] });
    const path = `/groups/${reference}`;
    type Part = "review" | "change" | "decide" | "close";
    const routes = { review, change, decide, close };
    const send = (part: Part, sent: Record<string, string> = {}, actor = first) =>
      post(routes[part], actor, `${path}/${part}`, sent, { reference });
    const member = await addPerson(database(), "member", on);
    for (const part of ["review", "change", "decide", "close"] as const)
      expect((await send(part, {}, member)).status, part).toBe(404);
    const [year = "", month = "", day = ""] = addDays(calendarDay(clock.now()), 90).split("-");
    const next = { "reviewOn-day": day, "reviewOn-month": month, "reviewOn-year": year };
    expect((await send("review")).problems).toEqual({ reviewOn: "Say when it will next be reviewed." });
    expect(Object.keys((await send("review", next)).problems)).toEqual([
      "disappear",
      "timerBy",
      "canExport",
      "assistant",
    ]);
    expect(await send("review", { ...next, ...SETTINGS })).toMatchObject({ to: path, problems: {} });
    const changed = {
      ...ENTRY,
      ...SETTINGS,
      ...next,
      retention: "none",
      revision: String((await getChatGroup(first, reference))?.revision),
    };
    expect(await send("change", { ...changed, reason: "" })).toMatchObject({
      to: `${path}/change`,
      kept: { name: "Depot rota" },
    });
    expect((await send("change", { ...changed, revision: "-1" })).problems[""]).toMatch(/^Somebody has changed/);
    expect(await send("change", changed)).toMatchObject({ to: path, problems: {} });
    expect((await send("decide", {}, officer)).problems).toEqual({ decision: "Choose what you decide." });
    expect((await send("decide", { decision: "decline" }, officer)).problems).toEqual({ reason: "Say why." });
    expect((await send("close")).problems).toEqual({ reason: "Say why it closes." });
    expect(await send("close", { reason: "Done." })).toMatchObject({ to: path, problems: {} });
    expect((await send("close", { reason: "Done." }, second)).to).toBe(path);
  });
});
