import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const TODAY = calendarDay(clock.now());
const EXEMPT = { policy: "nao", then: "exempt", person: ["one", "two"], reason: "On long leave." };
const UNTIL = dayInputs("lastDay", TODAY);

describeOnOneDatabase("the form about people who have not answered", (database) => {
  let officer: Actor;
  beforeEach(async () => {
    await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    for (const id of ["one", "two"]) await addPerson(database(), id);
  });
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, "/governance/people?policy=nao", sent);
  const exemptions = () => database().prisma.exemption.findMany({ orderBy: { personId: "asc" } });
  const query = (to: string) => Object.fromEntries(new URL(to, "https://portal.invalid").searchParams);

  it("exempts those who are ticked, until a day or without one, and ends it", async () => {
    expect(query((await send({ ...EXEMPT, ...UNTIL })).to)).toMatchObject({ policy: "nao", did: "exempt", done: "2" });
    expect(await exemptions()).toMatchObject([
      { personId: "one", reason: EXEMPT.reason, lastDay: TODAY },
      { personId: "two", reason: EXEMPT.reason, lastDay: TODAY },
    ]);
    const ended = await send({ policy: "nao", then: "end-exemption", person: "one" });
    expect(query(ended.to)).toMatchObject({ did: "end-exemption", done: "1" });
    expect((await exemptions()).map(({ endedAt }) => endedAt !== null)).toEqual([true, false]);
    await send({ ...EXEMPT, person: "one" });
    expect((await exemptions()).filter(({ endedAt }) => endedAt === null).map(({ lastDay }) => lastDay)).toContain(
      null,
    );
  });

  it("reminds those who are ticked, or all, and hands them to their managers", async () => {
    const chosen = await send({ policy: "nao", then: "chosen", person: "one" });
    expect(query(chosen.to)).toMatchObject({ done: "1", already: "0" });
    expect(query((await send({ policy: "nao", then: "all" })).to)).toMatchObject({ done: "2", already: "1" });
    const handed = await send({ policy: "nao", then: "hand-over", person: ["one", "two"] });
    expect(query(handed.to)).toMatchObject({ did: "hand-over", done: "2" });
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, EXEMPT, [
      [{ reason: "" }, "reason", /^Say why they do not have to answer/],
      [{ reason: "x".repeat(1001) }, "reason", /1,000/],
      [dayInputs("lastDay", "2027-02-31"), "lastDay", /a day that exists/],
      [dayInputs("lastDay", addDays(TODAY, -1)), "lastDay", /from today on/],
      [{ person: ["officer", "one"] }, "person", /^You cannot exempt yourself/],
      [{ person: ["nobody"] }, "person", /^Tick at least one person/],
      [{ then: "end-exemption" }, "person", /^Tick at least one person/],
    ]);
    await expectRefusals(send, { policy: "nao", then: "chosen" }, [[{}, "", /^Choose at least one person/]]);
    expect(await exemptions()).toEqual([]);
  });

  it("is not there for others, whatever they type", async () => {
    const employee = await addPerson(database(), "emma");
    const wrongDay = dayInputs("lastDay", "2027-02-31");
    for (const sent of [EXEMPT, { ...EXEMPT, ...wrongDay }, { policy: "nao", then: "all" }])
      expect((await send(sent, employee)).status).toBe(404);
  });
});
