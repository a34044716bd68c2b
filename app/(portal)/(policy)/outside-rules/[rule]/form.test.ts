import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { recordRuleStates } from "#server/policy/outside-rule/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const RULE = "foia-deletion";
const FULL = { startKey: "one", answer: "new-version", reason: "Clause 8.3 says less." };

describeOnOneDatabase("the form that answers a change of a rule from outside", (database) => {
  let owner: Actor;
  const at = (time: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(time));
  beforeEach(async () => {
    at("2026-11-30T10:00:00Z");
    await serveRealContent();
    owner = await addPerson(database(), "owner", { body: "example-borough", roles: ["policy-owner"] });
    await recordRuleStates();
    at("2026-12-01T10:00:00Z");
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await serveRealContent();
  });
  const change = async () => {
    const content = await loadContent();
    const under = { state: "under-review", since: "2026-12-01" } as const;
    const outsideRules = content.outsideRules.map((rule) => (rule.id === RULE ? { ...rule, ...under } : rule));
    useContent({ ...content, outsideRules });
    await recordRuleStates();
  };
  const send = (sent: Parameters<typeof post>[3], actor = owner, rule = RULE) =>
    post(POST, actor, `/outside-rules/${rule}`, sent, { rule });
  const readings = () => database().prisma.outsideRuleReading.findMany();

  it("takes what follows once, and why", async () => {
    await change();
    for (const _ of [1, 2]) expect(await send(FULL)).toMatchObject({ to: `/outside-rules/${RULE}`, problems: {} });
    expect(await readings()).toMatchObject([{ rule: RULE, changes: true, reason: FULL.reason, personId: "owner" }]);
  });

  it("says which field is wrong or that nothing is new, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [[{}, "", /^There is nothing new to read/]]);
    await change();
    await expectRefusals(send, FULL, [
      [{ answer: "perhaps" }, "answer", /^Choose what follows/],
      [{ reason: "" }, "reason", /^Say why, in a few words/],
      [{ reason: "x".repeat(2001) }, "reason", /2,000/],
    ]);
    expect(await readings()).toEqual([]);
  });

  it("is not there for others, nor for a rule that there is not", async () => {
    await change();
    const employee = await addPerson(database(), "emma", { body: "example-borough" });
    expect((await send(FULL, employee)).status).toBe(404);
    expect((await send(FULL, owner, "no-rule")).status).toBe(404);
  });
});
