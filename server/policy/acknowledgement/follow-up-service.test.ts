import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { readFollowUpFilter } from "./follow-up-queries.ts";
import { remindToAnswer } from "./follow-up-service.ts";
import { acknowledgePolicy } from "./service.ts";

const ALL = readFollowUpFilter({});

describeOnEachDatabase("reminding people to answer", (database) => {
  let officer: Actor;
  let manager: Actor;
  let answered: Actor;

  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "own", { managerId: "manager" });
    for (const id of ["one", "two"]) await addPerson(database(), id, { team });
    answered = await addPerson(database(), "answered", { team });
    const [policy] = (await listOwnPolicies(answered)).filter(({ slug }) => slug === "nao");
    const { version = "", hash = "" } = policy?.current ?? {};
    await acknowledgePolicy(answered, { slug: "nao", version, hash, answer: "accepted", reason: "" });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const told = async () =>
    (await database().prisma.notice.findMany({ where: { kind: "acknowledgement-reminder" } }))
      .map(({ personId }) => personId)
      .sort();
  const evidence = () => database().prisma.evidence.findMany({ where: { event: "policy.reminded" } });

  it("tells those who were chosen and have not answered, with evidence of how many", async () => {
    const result = await remindToAnswer(officer, "nao", ALL, { chosen: ["one", "answered", "nobody"], whose: "body" });
    expect(result).toEqual({ code: "reminded", reminded: 1, already: 0 });
    expect(await told()).toEqual(["one"]);
    expect((await evidence()).map(({ actor, subject, data }) => [actor, subject, data])).toEqual([
      ["officer", "nao", '{"people":1}'],
    ]);
  });

  it("tells each person once a day, however many press at once", async () => {
    const results = await Promise.all([
      remindToAnswer(officer, "nao", ALL, { chosen: null, whose: "body" }),
      remindToAnswer(officer, "nao", ALL, { chosen: null, whose: "body" }),
      remindToAnswer(manager, "nao", ALL, { chosen: null, whose: "team" }),
    ]);
    for (const { code } of results) expect(code).toBe("reminded");
    expect(await told()).toEqual(["manager", "officer", "one", "two"]);
    expect(await remindToAnswer(manager, "nao", ALL, { chosen: ["one"], whose: "team" })).toEqual({
      code: "reminded",
      reminded: 0,
      already: 1,
    });
  });

  it("tells each person once for the mail of one working day, days off before it included", async () => {
    const remindedOn = async (day: string) => {
      vi.spyOn(clock, "now").mockReturnValue(new Date(`${day}T12:00:00Z`));
      const result = await remindToAnswer(officer, "nao", ALL, { chosen: ["one"], whose: "body" });
      return result.code === "reminded" ? result.reminded : result.code;
    };
    expect(await remindedOn("2027-03-25")).toBe(1);
    // Good Friday to Easter Monday: one mail on the Tuesday has it.
    expect(await remindedOn("2027-03-26")).toBe(1);
    for (const day of ["27", "28", "29", "30"]) expect([day, await remindedOn(`2027-03-${day}`)]).toEqual([day, 0]);
    expect(await remindedOn("2027-03-31")).toBe(1);
  });

  it("is for a line manager's own people, and for nobody else's", async () => {
    expect(await remindToAnswer(manager, "nao", ALL, { chosen: ["officer"], whose: "team" })).toMatchObject({
      code: "refused",
    });
    expect(await remindToAnswer(answered, "nao", ALL, { chosen: ["one"], whose: "body" })).toEqual({
      code: "not-found",
    });
    expect(await remindToAnswer(officer, "nottingham", ALL, { chosen: ["one"], whose: "body" })).toEqual({
      code: "not-found",
    });
    const both = await addPerson(database(), "both", { roles: ["line-manager", "governance-officer"] });
    expect(await remindToAnswer(both, "nao", ALL, { chosen: null, whose: "team" })).toMatchObject({ code: "refused" });
    expect(await told()).toEqual([]);
  });

  it("says what to do where nobody was chosen, or nobody has anything to answer", async () => {
    expect(await remindToAnswer(officer, "nao", ALL, { chosen: [], whose: "body" })).toMatchObject({ code: "refused" });
    expect(await remindToAnswer(officer, "nao", ALL, { chosen: ["answered"], whose: "body" })).toMatchObject({
      code: "refused",
    });
    const none = readFollowUpFilter({ state: "acknowledged" });
    expect(await remindToAnswer(officer, "nao", none, { chosen: null, whose: "body" })).toMatchObject({
      code: "refused",
    });
    expect(await evidence()).toEqual([]);
  });
});
