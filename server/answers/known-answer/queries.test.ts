import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { hasAnswer } from "#domain/registers/continuity/offer.ts";
import { recordConsent } from "#server/registers/consent/service.ts";
import { declareActivity, endActivity } from "#server/registers/continuity/service.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { getDecidingTable, getKnownAnswers } from "./queries.ts";

const BODY = "example-borough";

describeOnEachDatabase("what the portal knows for the questions of a policy", (database) => {
  let employee: Actor;
  let officer: Actor;
  let elsewhere: Actor;
  beforeEach(async () => {
    employee = await addPerson(database(), "employee", { body: BODY });
    officer = await addPerson(database(), "officer", { body: BODY, roles: ["governance-officer"] });
    elsewhere = await addPerson(database(), "elsewhere", { body: "nao" });
  });

  // A new actor each time, as in each request, because what an actor has asked for is cached for them.
  const deciding = async (actor: Actor, query = {}) => {
    const policy = await getPolicy(actor, "model");
    if (!policy) throw new Error("There is no model policy.");
    return getDecidingTable({ ...actor }, policy, query);
  };
  const offersActivity = async (actor: Actor) => {
    const { continuity, table } = await deciding(actor);
    if (!continuity) throw new Error("The policy does not ask about an activity.");
    return hasAnswer(table, continuity);
  };

  it("offers the answer about an activity while one is declared, only for the policy of one's own body", async () => {
    expect(await offersActivity(employee)).toBe(false);
    const sent = { startKey: "key-1", title: "E-mail is down", reason: "A cable was cut." };
    const declared = await declareActivity(officer, sent);
    if (declared.code !== "declared") throw new Error(`Not declared: ${declared.code}.`);
    expect((await deciding(employee)).activity).toMatchObject({ title: "E-mail is down" });
    expect([await offersActivity(employee), await offersActivity(elsewhere)]).toEqual([true, false]);
    await endActivity(officer, declared.reference, "Repaired.");
    expect(await offersActivity(employee)).toBe(false);
  });

  it("names the approved groups that somebody is in, once their body has any", async () => {
    expect((await deciding(employee)).chats).toMatchObject({ answer: "approved-group", isInUse: false, groups: [] });
    const { reference } = await addApprovedGroup(database(), { administrators: [officer], members: [employee] });
    expect((await deciding(employee)).chats).toMatchObject({ isInUse: true, groups: [{ reference }] });
    const colleague = await addPerson(database(), "colleague", { body: BODY });
    expect((await deciding(colleague)).chats).toMatchObject({ isInUse: true, groups: [] });
    expect((await deciding(elsewhere)).chats).toBeNull();
  });

  it("offers the photo consents that somebody recorded, and ignores any others in the address", async () => {
    const day = (text: string) => ({ kind: "day", day: text }) as const;
    const person = { name: "Xavia Example", age: "adult", guardian: "", purpose: "The newsletter" } as const;
    const times = { givenOn: day("2026-01-01"), until: day("2999-06-30") };
    const recorded = await recordConsent(employee, {
      startKey: "key",
      draft: { ...person, ...times, formReference: "Folder 7" },
    });
    if (recorded.code !== "recorded") throw new Error(`Not recorded: ${JSON.stringify(recorded)}`);
    const { reference } = recorded;
    expect((await deciding(employee)).photo).toMatchObject({ offered: [{ reference }], chosen: [], hasDropped: false });
    expect((await deciding(employee, { photo: reference })).photo).toMatchObject({ chosen: [{ reference }] });
    const theirs = (await deciding(officer, { photo: reference })).photo;
    expect(theirs).toMatchObject({ offered: [], chosen: [], hasDropped: true });
    expect((await deciding(elsewhere, { photo: reference })).photo).toBeNull();
  });

  it("asks about exceptions only for another body's policy", async () => {
    const asks = async (actor: Actor) => (await deciding(actor)).table.facts.some(({ name }) => name === "exception");
    expect([await asks(employee), await asks(elsewhere)]).toEqual([false, true]);
  });

  it("is named in the content", async () => {
    expect(await getKnownAnswers()).toMatchObject({ continuity: { fact: "purpose" }, group: { fact: "chat" } });
  });
});
