import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { watchTokenEnds } from "./job.ts";
import { getToken, listTokenTasks } from "./queries.ts";
import { makePersonalToken, makeToken, revokeToken } from "./service.ts";

describeOnEachDatabase("the end of tokens", (database) => {
  let administrator: Actor;
  let second: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    second = await addPerson(database(), "second", { roles: ["administrator"] });
  });

  const make = async (scope = "policies:read", startKey = "key-1", follows = "") => {
    const asked = { name: "Intranet bot", scopes: [scope], days: "90" };
    const result = await makeToken(administrator, asked, startKey, follows);
    if (result.code !== "made") throw new Error(`Not made: ${result.code}.`);
    return result.reference;
  };
  const lastDayOf = async (reference: string) => {
    const token = await getToken(administrator, reference);
    if (!token) throw new Error("There is no such token.");
    return lastDay(token.expiresAt);
  };
  /** Noon, this many days before the token's last day. */
  const before = async (reference: string, days: number) =>
    new Date(`${addDays(await lastDayOf(reference), -days)}T12:00:00Z`);
  const ends = async () => {
    const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    return rows
      .filter(({ event }) => event !== "api-token.made")
      .map(({ event, data }) => [event, JSON.parse(data) as unknown]);
  };
  /** Moves the token back in time, until it has this many days left. */
  const moveTo = async (reference: string, daysLeft: number) => {
    const days = 90 - daysLeft;
    const token = await database().prisma.apiToken.findUniqueOrThrow({ where: { reference } });
    const earlier = (date: Date) => new Date(date.getTime() - days * 24 * 60 * 60_000);
    const times = { madeAt: earlier(token.madeAt), expiresAt: earlier(token.expiresAt) };
    await database().prisma.apiToken.update({ where: { reference }, data: times });
  };

  it("is announced to each administrator 30, 7 and 1 days before, once, however often the work runs", async () => {
    const reference = await make();
    await addPerson(database(), "elsewhere", { roles: ["administrator"], body: "nottingham" });
    await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect(await watchTokenEnds.run(await before(reference, 31))).toBe("0 told of, 0 ended");
    const at = await before(reference, 30);
    const results = await Promise.all([watchTokenEnds.run(at), watchTokenEnds.run(at)]);
    expect(results.sort()).toEqual(["0 told of, 0 ended", "1 told of, 0 ended"]);
    const told = await database().prisma.notice.findMany({ orderBy: { personId: "asc" } });
    expect(told.map(({ personId, kind }) => [personId, kind])).toEqual([
      ["administrator", "api-token-ends"],
      ["second", "api-token-ends"],
    ]);
    // The portal was off on the seventh day before.
    expect(await watchTokenEnds.run(await before(reference, 1))).toBe("1 told of, 0 ended");
    expect(await watchTokenEnds.run(await before(reference, 0))).toBe("0 told of, 0 ended");
    expect(await ends()).toEqual([
      ["api-token.end-announced", { days: 30 }],
      ["api-token.end-announced", { days: 1 }],
    ]);
  });

  it("is announced to whoever a personal token belongs to, and is no task of administrators", async () => {
    const emma = await addPerson(database(), "emma");
    const made = await makePersonalToken(emma, { name: "Laptop", days: "90" }, "key-1");
    const reference = made.code === "made" ? made.reference : "";
    expect(await watchTokenEnds.run(await before(reference, 7))).toBe("1 told of, 0 ended");
    expect(await database().prisma.notice.findMany()).toMatchObject([{ personId: "emma", href: "/me#assistants" }]);
    await moveTo(reference, 3);
    expect(await listTokenTasks(second)).toEqual([]);
    await database().prisma.person.update({ where: { id: "emma" }, data: { status: "left" } });
    expect(await watchTokenEnds.run(new Date())).toBe("0 told of, 1 ended");
    expect(await database().prisma.notice.count({ where: { kind: "api-token-ended" } })).toBe(0);
  });

  it("is not announced for a token that is revoked", async () => {
    const reference = await make();
    await revokeToken(second, reference);
    expect(await watchTokenEnds.run(await before(reference, 7))).toBe("0 told of, 0 ended");
    expect(await database().prisma.notice.count({ where: { kind: "api-token-ends" } })).toBe(0);
  });

  it("is final for a token that changes people when its maker leaves, and does not come to other tokens", async () => {
    const reading = await make("policies:read");
    const changing = await make("directory", "key-2");
    const leave = (status: "left" | "active") =>
      database().prisma.person.update({ where: { id: "administrator" }, data: { status } });
    await leave("left");
    expect((await getToken(second, changing))?.state, "before the work has run").toBe("ended");
    expect(await listTokenTasks(second)).toEqual([]);
    expect(await watchTokenEnds.run(new Date())).toBe("0 told of, 1 ended");
    expect(await ends()).toEqual([["api-token.ended", { reason: "maker-left", madeBy: "administrator" }]]);
    const told = await database().prisma.notice.findMany();
    expect(told.map(({ personId, kind }) => [personId, kind])).toEqual([["second", "api-token-ended"]]);
    await leave("active");
    expect(await watchTokenEnds.run(new Date())).toBe("0 told of, 0 ended");
    expect([(await getToken(second, changing))?.state, (await getToken(second, reading))?.state]).toEqual([
      "ended",
      "active",
    ]);
    expect(await listTokenTasks(second), "another one is needed").toMatchObject([
      { key: `api-token ${changing}`, due: calendarDay(new Date()), href: `/admin/tokens/${changing}` },
    ]);
  });

  it("is a task only for administrators of the body, until there is another token in its place", async () => {
    const reference = await make();
    expect(await listTokenTasks(second)).toEqual([]);
    await moveTo(reference, 29);
    const due = await lastDayOf(reference);
    expect(await listTokenTasks(second)).toMatchObject([{ kind: "renew-api-token", due }]);
    const elsewhere = await addPerson(database(), "elsewhere", { roles: ["administrator"], body: "nottingham" });
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer", "auditor"] });
    for (const other of [elsewhere, officer]) expect(await listTokenTasks(other)).toEqual([]);
    const next = await make("policies:read", "key-2", reference);
    expect(await listTokenTasks(second)).toEqual([]);
    await revokeToken(second, next);
    expect(await listTokenTasks(second)).toMatchObject([{ key: `api-token ${reference}` }]);
    await revokeToken(second, reference);
    expect(await listTokenTasks(second)).toEqual([]);
  });
});
