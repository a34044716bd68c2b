import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import type { OutsideRule } from "#domain/policy/policy/outside-rule.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getOutsideRule, listOutsideRules, listOutsideRuleTasks } from "./queries.ts";
import { readRuleChange, recordRuleStates } from "./service.ts";

it("tells of each body which outside rules bind it: every rule once, by nation and kind of body", async () => {
  const { bodies, outsideRules } = await loadContent();
  expect(outsideRules.length).toBeGreaterThan(0);
  for (const body of bodies) {
    const { binding, others } = await listOutsideRules(body);
    expect([...binding, ...others].map(({ id }) => id).sort()).toEqual(outsideRules.map(({ id }) => id).sort());
    for (const { id, binds } of binding) {
      if (binds.types) expect(binds.types, id).toContain(body.type);
      if (binds.nations) expect(binds.nations, id).toContain(body.nation);
    }
    for (const { id, binds } of others) expect(binds.types ?? binds.nations, id).toBeDefined();
  }
});

describeOnEachDatabase("changes of rules from outside", (database) => {
  let owner: Actor;
  const at = (time: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(time));
  beforeEach(async () => {
    at("2026-11-30T10:00:00Z");
    await serveRealContent();
    owner = await addPerson(database(), "owner", { body: "example-borough", roles: ["policy-owner"] });
  });
  afterEach(() => vi.restoreAllMocks());

  /** Serves the real content with a change of one rule, as if its file had been saved, and records it. */
  const save = async (id: string, change: Partial<OutsideRule>) => {
    const content = await loadContent();
    const outsideRules = content.outsideRules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule));
    useContent({ ...content, outsideRules });
    await recordRuleStates();
  };
  const tasks = async (actor = owner) => (await listOutsideRuleTasks(actor)).map(({ key, due }) => `${key} ${due}`);
  const answer = (more: Partial<Parameters<typeof readRuleChange>[1]> = {}, actor = owner) =>
    readRuleChange(actor, {
      id: "foia-deletion",
      startKey: "one",
      answer: "no-change",
      reason: "Still fits.",
      ...more,
    });

  it("are no task when the portal first reads the file, and one when a state changes, with the clauses", async () => {
    await recordRuleStates();
    await recordRuleStates();
    expect(await tasks()).toEqual([]);
    at("2026-12-01T10:00:00Z");
    await save("foia-deletion", { state: "under-review", since: "2026-12-01" });
    const [task] = await listOutsideRuleTasks(owner);
    expect(task).toMatchObject({ due: "2026-12-15", href: "/outside-rules/foia-deletion" });
    expect(task?.reason).toContain("clauses 8.3 and 8.4 of “");
    at("2026-12-02T10:00:00Z");
    await save("accountability-bill", { state: "in-force", since: "2026-12-02" });
    expect(await tasks(), "of one on which no clause rests yet, too").toContain(
      "read-outside-rule accountability-bill 2026-12-16",
    );
  });

  it("are a task for a rule that is added later", async () => {
    const content = await loadContent();
    useContent({ ...content, outsideRules: content.outsideRules.slice(1) });
    await recordRuleStates();
    at("2026-12-01T10:00:00Z");
    useContent({ ...content, outsideRules: content.outsideRules.map((rule) => ({ ...rule, binds: {} })) });
    await recordRuleStates();
    expect(await tasks()).toEqual(["read-outside-rule non-corporate-channels 2026-12-15"]);
  });

  it("are a task on a day that comes, also where only a clause rests on it", async () => {
    await save("uk-gdpr-breach", { state: "coming", since: "2026-12-10" });
    expect(await tasks()).toEqual([]);
    at("2026-12-09T23:59:00Z");
    expect(await tasks()).toEqual([]);
    at("2026-12-10T00:00:00Z");
    expect(await tasks()).toEqual(["read-outside-rule uk-gdpr-breach 2026-12-24"]);
    at("2027-01-31T00:00:00Z");
    expect(await tasks()).toContain("read-outside-rule non-corporate-channels-review 2027-02-12");
    const trust = await addPerson(database(), "trust", { body: "nottingham", roles: ["policy-owner"] });
    expect(await tasks(trust), "it does not bind them, and nothing of theirs rests on it").toEqual([
      "read-outside-rule uk-gdpr-breach 2026-12-24",
    ]);
  });

  it("are settled for the body by one answer, which is evidence, until the next change", async () => {
    await recordRuleStates();
    expect(await answer(), "nothing has changed").toMatchObject({ code: "refused" });
    at("2026-12-01T10:00:00Z");
    await save("foia-deletion", { state: "under-review", since: "2026-12-01" });
    const { code, problems } = (await answer({ answer: null, reason: "" })) as { code: string; problems: object[] };
    expect([code, problems.length]).toEqual(["invalid", 2]);
    at("2026-12-02T10:00:00Z");
    expect(await answer({ answer: "new-version" })).toEqual({ code: "read" });
    expect(await answer({ answer: "new-version" }), "the form sent twice").toEqual({ code: "read" });
    expect(await answer({ startKey: "two" })).toMatchObject({ code: "refused" });
    const second = await addPerson(database(), "second", { body: "example-borough", roles: ["policy-owner"] });
    expect([...(await tasks()), ...(await tasks(second))]).toEqual([]);
    const { prisma } = database();
    expect(await prisma.evidence.findMany({ where: { event: "outside-rule.change-read" } })).toMatchObject([
      {
        actor: "owner",
        body: "example-borough",
        subject: "foia-deletion",
        data: expect.stringContaining("model 8.4") as string,
      },
    ]);
    expect(JSON.stringify(await prisma.evidenceDetail.findMany())).toContain("Still fits.");
    expect((await getOutsideRule(owner, "foia-deletion"))?.readings).toMatchObject([{ changes: true }]);
    at("2027-01-04T10:00:00Z");
    await save("foia-deletion", { state: "in-force", since: null });
    expect(await tasks()).toEqual(["read-outside-rule foia-deletion 2027-01-18"]);
  });

  it("are for policy owners alone", async () => {
    await recordRuleStates();
    at("2026-12-01T10:00:00Z");
    await save("foia-deletion", { state: "unknown", since: null });
    for (const role of ROLES) {
      const actor = await addPerson(database(), `a-${role}`, { body: "example-borough", roles: [role] });
      const isOwner = role === "policy-owner";
      expect([role, (await tasks(actor)).length > 0]).toEqual([role, isOwner]);
      expect([role, (await answer({ startKey: role }, actor)).code]).toEqual([role, isOwner ? "read" : "not-found"]);
    }
    expect(await answer({ id: "foisa" }), "binds Scotland").toEqual({ code: "not-found" });
  });
});
