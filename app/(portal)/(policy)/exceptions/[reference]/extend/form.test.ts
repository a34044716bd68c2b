import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, startOfDay } from "#domain/base/calendar/calendar.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { extensionsInWords } from "../step-words.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that asks for an exception to go on", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
  });
  const find = async (actor = asker, of = reference) => (await getException(actor, of))?.exception;
  const send = (startKey: string, actor = asker) =>
    post(POST, actor, `/exceptions/${reference}/extend`, { startKey }, { reference });
  const approve = async () => {
    const { revision = 0, wantedUntil = null } = (await find(officer)) ?? {};
    const decision = { reason: "Yes.", conditions: [], until: wantedUntil };
    expect(await approveException(officer, reference, revision, decision)).toMatchObject({ ok: true });
    return wantedUntil ?? "";
  };

  it("copies it into one new request, which begins on the day after it", async () => {
    const until = await approve();
    const { to } = await send("two");
    const copy = /^\/exceptions\/(EX-.{9})$/.exec(to)?.[1] ?? "";
    expect(copy).not.toBe(reference);
    expect((await send("three")).to).toBe(to);
    const { justification = null } = (await find()) ?? {};
    expect(await find(asker, copy)).toMatchObject({
      justification,
      extension: 1,
      extends: { reference },
      wantedFrom: addDays(until, 1),
    });
  });

  it("says as what it was extended, in place of how often it can be", async () => {
    const until = await approve();
    const [, copy = ""] = /^\/exceptions\/(EX-.{9})$/.exec((await send("two")).to) ?? [];
    const times = { startsAt: startOfDay(addDays(until, 1)), endsAt: startOfDay(addDays(until, 30)) };
    const approved = { ...times, state: "approved", scope: "person", decidedAt: new Date() } as const;
    await database().prisma.exception.update({ where: { reference: copy }, data: approved });
    const view = await getException(asker, reference);
    expect(view?.commands).not.toContain("extend");
    expect(view && extensionsInWords(view)).toMatch(`It was extended as ${copy}.`);
  });

  it("refuses one that is not approved, and says how it stands", async () => {
    expect((await send("two")).problems[""]).toMatch(/^This was not recorded/);
  });

  it("is not there for others", async () => {
    await approve();
    for (const actor of [officer, await addPerson(database(), "emma")])
      expect((await send("two", actor)).status).toBe(404);
  });
});
