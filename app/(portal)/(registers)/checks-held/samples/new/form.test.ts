import { expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as session from "#server/access/identity/session.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { getOwnSituations } from "#server/registers/understanding-check/sample-queries.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as answer } from "../[reference]/answer/send/route.ts";
import { POST as change } from "../[reference]/send/route.ts";
import { GET as file } from "../[reference]/sample.csv/route.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(new Date());
const [year = "", month = "", day = ""] = addWorkingDays(TODAY, 5, daysOff(null, TODAY, addDays(TODAY, 30))).split("-");
const FIELDS = { policy: "nao", population: "body", size: "5" };
const LAST_DAY = { "lastDay-day": day, "lastDay-month": month, "lastDay-year": year };

describeOnOneDatabase("the forms of a check of people drawn by chance", (database) => {
  it("draw, take both answers, excuse and close; and keep what was typed where something is missing", async () => {
    await serveRealContent();
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const emma = await addPerson(database(), "emma");
    await addPerson(database(), "dan");
    const refused = await post(POST, officer, "/checks-held/samples/new", FIELDS);
    expect(refused).toMatchObject({ kept: FIELDS, problems: { lastDay: "Enter the last day to answer." } });
    const { to } = await post(POST, officer, "/checks-held/samples/new", { ...FIELDS, ...LAST_DAY, startKey: "one" });
    expect(to).toMatch(/^\/checks-held\/samples\/CHK-.{9}\?done=1$/);
    const reference = /CHK-.{9}/.exec(to)?.[0] ?? "";
    const path = `/checks-held/samples/${reference}`;

    const [first, second] = (await getOwnSituations(emma, reference))?.situations ?? [];
    const choice1 = first?.rule.verdict ?? "";
    const missing = await post(answer, emma, `${path}/answer`, { choice1 }, { reference });
    expect(missing.kept).toMatchObject({ choice1 });
    expect(missing.problems["choice2"]).toMatch(/^Choose/);
    const both = { choice1, choice2: second?.rule.verdict ?? "" };
    expect((await post(answer, emma, `${path}/answer`, both, { reference })).to).toBe(`${path}/answer`);

    const excuse = { do: "excuse", personId: "dan", reason: "On leave." };
    expect((await post(change, officer, path, excuse, { reference })).to).toBe(path);
    expect((await post(change, officer, path, { do: "close" }, { reference })).to).toBe(path);
    expect((await database().prisma.understandingSample.findFirst())?.closedAt).not.toBeNull();
    expect((await post(change, emma, path, { do: "close" }, { reference })).status).toBe(404);
    expect((await post(POST, emma, "/checks-held/samples/new", { ...FIELDS, ...LAST_DAY })).status).toBe(404);

    const context = { params: Promise.resolve({ reference }) };
    const save = async (actor: Actor) => {
      vi.spyOn(session, "requireActor").mockResolvedValue(actor);
      return file(new Request(`https://portal.invalid${path}/sample.csv`), context);
    };
    expect(await (await save(officer)).text()).toContain("Person emma,emma@nao.invalid,,Answered,");
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    expect((await save(auditor)).status).toBe(404);
  });
});
