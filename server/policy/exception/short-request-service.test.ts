import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Risk } from "#domain/policy/exception/request.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { countSimilarRequests } from "./queries.ts";
import { findException } from "./repository.ts";
import { approveException, declineException, submitException } from "./service.ts";
import { askInShort } from "./draft-service.ts";

const RISK: Risk = {
  clause: null,
  description: "Somebody else reads it.",
  likelihoodBefore: 1,
  impactBefore: 3,
  likelihoodAfter: 1,
  impactAfter: 3,
  mitigations: [],
};

describeOnEachDatabase("a request in short", (database) => {
  let asker: Actor;
  let officer: Actor;
  const today = calendarDay(clock.now());
  const given = {
    startKey: "key",
    situation: { device: "personal" },
    clauses: ["4.3", "99"],
    justification: "The rota changes daily.",
    whyNoChannel: "They have no other.",
    dataInvolved: "Times.",
    wantedUntil: addDays(today, 30),
    risk: RISK,
  };

  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
  });
  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const ask = async (change: Partial<typeof given> & { risk?: Risk | null; wantedUntil?: string | null } = {}) => {
    const result = await askInShort(asker, "nao", { ...given, ...change }, false);
    if (!result?.ok) throw new Error(`Refused: ${JSON.stringify(result)}`);
    return result;
  };

  it("is a complete draft for the actor alone, which can be sent as it is", async () => {
    const { reference, residual } = await ask();
    expect(residual).toBe(3);
    expect(await stored(reference)).toMatchObject({
      state: "draft",
      scope: "person",
      teamId: null,
      groupId: null,
      wantedFrom: null,
      clauses: ["4.3"],
      situation: given.situation,
      justification: given.justification,
      residual: 3,
      risks: [{ description: RISK.description, likelihoodAfter: 1 }],
    });
    expect(await submitException(asker, reference)).toEqual({ ok: true });
  });

  it("is one draft if its form is sent twice, with the words sent last, and none once it was sent on", async () => {
    const [one, other] = await Promise.all([ask(), ask({ justification: "The rota, again." })]);
    expect(one.reference).toBe(other.reference);
    await ask({ justification: "The last words." });
    expect(await stored(one.reference)).toMatchObject({ justification: "The last words." });
    expect((await stored(one.reference)).risks).toHaveLength(1);
    await submitException(asker, one.reference);
    await ask({ justification: "Too late." });
    expect(await stored(one.reference)).toMatchObject({ state: "submitted", justification: "The last words." });
  });

  it("says all that is missing at once, and begins nothing", async () => {
    const nothing = { justification: " ", whyNoChannel: "", dataInvolved: "", wantedUntil: null, risk: null };
    const wrong = [{ field: "likelihood", message: "Choose." }];
    const result = await askInShort(asker, "nao", { ...given, ...nothing }, false, wrong);
    expect(result).toMatchObject({ code: "refused" });
    const fields = result && "problems" in result ? result.problems.map(({ field }) => field) : [];
    expect(fields.sort()).toEqual(["dataInvolved", "justification", "likelihood", "wantedUntil", "whyNoChannel"]);
    expect(await askInShort(asker, "nao", { ...given, clauses: ["2.3"] }, false)).toMatchObject({ code: "refused" });
    expect(await askInShort(asker, "model", given, false)).toBeNull();
    expect(await database().prisma.exception.count()).toBe(0);
  });

  it("keeps what was typed so far for the long form", async () => {
    const nothing = { justification: "Half a sen", whyNoChannel: "", wantedUntil: null, risk: null };
    const result = await askInShort(asker, "nao", { ...given, ...nothing }, true);
    expect(result).toMatchObject({ ok: true, residual: null });
    expect(await stored(result?.ok ? result.reference : "")).toMatchObject({ justification: "Half a sen", risks: [] });
  });

  it("counts what others asked for, without the request itself and what is long ago", async () => {
    const revision = async (reference: string) => (await stored(reference)).revision;
    const references = [];
    for (const key of ["a", "b", "c"]) {
      const { reference } = await ask({ startKey: key });
      await submitException(asker, reference);
      references.push(reference);
    }
    const [first = "", second = "", third = ""] = references;
    const until = given.wantedUntil;
    await approveException(officer, first, await revision(first), { reason: "Yes.", conditions: [], until });
    await declineException(officer, second, await revision(second), "No.");
    const request = await stored(third);
    expect(await countSimilarRequests(asker, request)).toEqual({ inForce: 1, approved: 1, declined: 1 });
    expect(await countSimilarRequests(asker, { ...request, clauses: ["4.1"] })).toEqual({
      inForce: 0,
      approved: 0,
      declined: 0,
    });
    const beforeItsFirstDay = { state: "revoked", startsAt: null, endsAt: null } as const;
    await database().prisma.exception.update({ where: { reference: first }, data: beforeItsFirstDay });
    expect(await countSimilarRequests(asker, request)).toEqual({ inForce: 0, approved: 1, declined: 1 });
    const old = new Date(clock.now().getTime() - 400 * 86_400_000);
    await database().prisma.exception.updateMany({ data: { decidedAt: old } });
    expect(await countSimilarRequests(asker, request)).toEqual({ inForce: 0, approved: 0, declined: 0 });
    const one = await stored(first);
    expect(await countSimilarRequests(asker, one)).toEqual({ inForce: 0, approved: 0, declined: 0 });
  });
});
