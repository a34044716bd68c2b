import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { DEFAULT_RULES } from "#domain/testing/exception-rules.ts";
import { serveExceptionRules } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval, MEDIUM_RISK } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { discardDraft, extendException, saveRisk, saveWho } from "./draft-service.ts";
import { warnOfEnds } from "./job.ts";
import { getException, listExceptionTasks } from "./queries.ts";
import { findException } from "./repository.ts";
import { approveException, revokeException, submitException } from "./service.ts";

describeOnEachDatabase("extending an exception", (database) => {
  let asker: Actor;
  let officer: Actor;
  let held: string;

  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    asker = await addPerson(database(), "asker");
    held = await exceptionAwaitingApproval(asker, "one");
    await approve(held);
  });
  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const approve = async (reference: string) => {
    const { revision, wantedUntil } = await stored(reference);
    const result = await approveException(officer, reference, revision, {
      reason: "Yes.",
      conditions: [],
      until: wantedUntil,
    });
    expect(result).toEqual({ ok: true });
  };
  const extend = async (reference: string, key = "again") => {
    const result = await extendException(asker, reference, key);
    if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result)}`);
    return result.reference;
  };
  /** Fills in what an extension asks afresh, and sends it. */
  const send = async (reference: string) => {
    const { wantedFrom } = await stored(reference);
    const period = { wantedFrom, wantedUntil: addDays(wantedFrom ?? "", 30) };
    const who = { scope: "person", teamId: null, groupId: null, ...period } as const;
    expect(await saveWho(asker, reference, who)).toEqual({ ok: true });
    const saved = await saveRisk(asker, reference, null, MEDIUM_RISK);
    expect(saved).toEqual({ ok: true });
    return submitException(asker, reference);
  };

  it("copies the request without its risks and its end, from the day after its last, and is decided anew", async () => {
    const before = await stored(held);
    const reference = await extend(held);
    expect(await stored(reference)).toMatchObject({
      state: "draft",
      extends: { reference: held },
      extension: 1,
      risks: [],
      wantedUntil: null,
      clauses: before.clauses,
      situation: before.situation,
      justification: before.justification,
      wantedFrom: addDays(before.endsAt ? lastDay(before.endsAt) : "", 1),
    });
    expect(await submitException(asker, reference)).toMatchObject({ code: "refused" });
    expect(await send(reference)).toEqual({ ok: true });
    await approve(reference);
    const after = await stored(reference);
    expect(after.startsAt).toEqual(before.endsAt);
    expect(await stored(held)).toMatchObject({ state: "approved", endsAt: before.endsAt });
    const sent = await database().prisma.evidence.findFirst({
      where: { event: "exception.submitted", subject: reference },
    });
    expect(JSON.parse(sent?.data ?? "")).toMatchObject({ extends: held, extension: 1 });
  });

  it("is begun once while it is not decided, however often and by how many forms it is asked", async () => {
    const [one, other] = await Promise.all([extend(held, "a"), extend(held, "b")]);
    expect(one).toBe(other);
    expect(await extend(held, "c")).toBe(one);
    await discardDraft(asker, one);
    expect(await extend(held, "d")).not.toBe(one);
  });

  it("is not possible more often than the policy allows, at the start, on the page and on sending", async () => {
    const { most } = DEFAULT_RULES.extend;
    let last = held;
    for (let count = 1; count <= most; count++) {
      expect((await getException(asker, last))?.commands).toContain("extend");
      last = await extend(last, `key-${count}`);
      expect(await send(last)).toEqual({ ok: true });
      await approve(last);
    }
    expect((await stored(last)).extension).toBe(most);
    expect((await getException(asker, last))?.commands).not.toContain("extend");
    const refused = { ok: false, code: "refused", problems: [{ field: "" }] };
    expect(await extendException(asker, last, "once more")).toMatchObject(refused);
    const another = await exceptionAwaitingApproval(asker, "two");
    await approve(another);
    const other = await extend(another, "of another");
    await database().prisma.exception.updateMany({ where: { reference: other }, data: { extension: most + 1 } });
    expect(await send(other)).toMatchObject(refused);
  });

  it("is the only one of its exception, so that nothing gets round how often there may be one", async () => {
    const only = await extend(held);
    expect(await send(only)).toEqual({ ok: true });
    await approve(only);
    expect((await getException(asker, held))?.commands).not.toContain("extend");
    expect(await extendException(asker, held, "beside it")).toMatchObject({
      problems: [{ message: `It was extended already, as ${only}. Extend that one.` }],
    });
    await revokeException(officer, only, "Stop.");
    expect((await getException(asker, held))?.commands).toContain("extend");
    expect(await extend(held, "instead of it")).not.toBe(only);
  });

  it("spares its holder the task and the warning that the first ends, while it goes on where that ends", async () => {
    const end = (await stored(held)).endsAt ?? clock.now();
    const at = new Date(end.getTime() - 5 * 864e5);
    const ends = async () =>
      (await listExceptionTasks(asker)).filter(({ kind }) => kind === "exception-ends").map(({ href }) => href);
    const warned = () => database().prisma.notice.count({ where: { kind: "exception-ending" } });
    expect(await ends()).toEqual([`/exceptions/${held}`]);
    const only = await extend(held);
    expect(await send(only)).toEqual({ ok: true });
    expect(await ends(), "it is not decided yet").toEqual([`/exceptions/${held}`]);
    await approve(only);
    expect((await stored(held)).extended).toEqual({ reference: only, continues: true });
    expect(await ends()).toEqual([]);
    await warnOfEnds.run(at);
    expect(await warned()).toBe(0);
    const { prisma } = database();
    for (const change of [
      { clauses: ["4.1"] },
      { scope: "team" as const },
      { startsAt: new Date(end.getTime() + 1) },
    ]) {
      const { clauses, scope, startsAt } = await stored(only);
      await prisma.exception.update({ where: { reference: only }, data: change });
      expect(await ends(), JSON.stringify(change)).toEqual([`/exceptions/${held}`]);
      await prisma.exception.update({ where: { reference: only }, data: { clauses, scope, startsAt } });
    }
    await revokeException(officer, only, "Stop.");
    expect(await ends()).toEqual([`/exceptions/${held}`]);
    await warnOfEnds.run(at);
    expect(await warned()).toBe(2);
  });

  it("is possible as often as the policy says", async () => {
    for (const [most, ok] of [
      [0, false],
      [1, true],
    ] as const) {
      await serveExceptionRules("nao", { extend: { most, because: [] } });
      expect((await getException(asker, held))?.commands.includes("extend")).toBe(ok);
      expect((await extendException(asker, held, `key-${most}`)).ok).toBe(ok);
    }
    await serveExceptionRules("nao", {});
  });

  it("is for whoever holds it, while it is approved", async () => {
    expect(await extendException(officer, held, "key")).toEqual({ ok: false, code: "not-found" });
    await revokeException(officer, held, "Stop.");
    expect(await extendException(asker, held, "key")).toEqual({ ok: false, code: "not-editable" });
  });

  it("and a revocation at once: what is revoked is not extended, what was begun before is decided on its own", async () => {
    const [extended, revoked] = await Promise.all([
      extendException(asker, held, "key"),
      revokeException(officer, held, "Stop."),
    ]);
    expect(revoked).toEqual({ ok: true });
    expect(await stored(held)).toMatchObject({ state: "revoked" });
    if (!extended.ok) expect(extended).toEqual({ ok: false, code: "not-editable" });
    else expect(await stored(extended.reference)).toMatchObject({ state: "draft", startsAt: null });
    expect(calendarDay(clock.now())).toBe(lastDay((await stored(held)).endsAt ?? clock.now()));
  });
});
