import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { MOST_TASKS } from "#domain/gather/task/task.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { countDeclines } from "./report-queries.ts";
import { acknowledgePolicy, answerDecline } from "./service.ts";
import { listAcknowledgementTasks, listDeclineTasks } from "./task-queries.ts";

describeOnEachDatabase("what a policy owner learns of declines", (database) => {
  let version: PolicyVersion;
  let owner: Actor;
  let ann: Actor;
  let bob: Actor;
  beforeEach(async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no first version.");
    version = first;
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    ann = await addPerson(database(), "ann");
    bob = await addPerson(database(), "bob");
  });

  const answer = async (actor: Actor, given: "accepted" | "declined") => {
    const on = { slug: "nao", version: version.version, hash: version.hash };
    const reason = given === "declined" ? "It says nothing about my work." : "";
    const result = await acknowledgePolicy(actor, { ...on, answer: given, reason });
    if (result.code !== "recorded") throw new Error(`Not recorded: ${result.code}.`);
    return result.reference;
  };
  const count = (actor: Actor, on: Partial<PolicyVersion> = {}) => {
    const { version: number, hash } = { ...version, ...on };
    return countDeclines(actor, { policy: "nao", version: number, hash });
  };

  it("is how many people ever declined this exact version, including those who accepted it later", async () => {
    expect(await count(owner)).toBe(0);
    await answer(ann, "declined");
    await answer(bob, "accepted");
    await answer(ann, "accepted");
    expect(await count(owner)).toBe(1);
    expect([await count(owner, { version: "2" }), await count(owner, { hash: "0".repeat(64) })]).toEqual([0, 0]);
  });

  it("is nothing for other roles and bodies, who have no such task either", async () => {
    await answer(ann, "declined");
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer", "auditor"] });
    expect([await count(ann), await count(officer)]).toEqual([null, 1]);
    for (const other of [ann, officer]) expect(await listDeclineTasks(other)).toEqual([]);
    const elsewhere = await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["policy-owner"] });
    expect(await count(elsewhere)).toBe(0);
    expect(await listDeclineTasks(elsewhere)).toEqual([]);
    expect(await listAcknowledgementTasks({ ...bob, roles: [] })).toEqual([]);
  });

  it("goes to an officer where the policy owner declines, and to the senior owner where nobody else is there", async () => {
    const reference = await answer(owner, "declined");
    const senior = await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
    expect(await listDeclineTasks(senior)).toMatchObject([{ kind: "answer-decline" }]);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect([await listDeclineTasks(owner), await listDeclineTasks(senior)]).toEqual([[], []]);
    expect(await listDeclineTasks(officer)).toMatchObject([{ href: `/acknowledgements/${reference}/reply` }]);
    expect(await answerDecline(senior, reference, { reply: "No.", theme: "unclear" })).toEqual({ code: "not-found" });
    expect(await answerDecline(officer, reference, { reply: "It covers you too.", theme: "unclear" })).toEqual({
      code: "replied",
    });
    expect(await listAcknowledgementTasks(owner)).toMatchObject([{ href: "/policies/nao/acknowledge" }]);
  });

  it("goes to whoever stands in for the policy owner who is away for long", async () => {
    const { prisma } = database();
    await prisma.person.update({ where: { id: "owner" }, data: { handedOverOn: "2026-11-02" } });
    await prisma.person.update({ where: { id: "ann" }, data: { standsInAs: ["policy-owner"] } });
    const reference = await answer(bob, "declined");
    const stand: Actor = { ...ann, roles: [...ann.roles, "policy-owner"], standsInAs: ["policy-owner"] };
    expect(await listDeclineTasks(stand)).toMatchObject([{ href: `/acknowledgements/${reference}/reply` }]);
    expect(await answerDecline(stand, reference, { reply: "It covers you too.", theme: "unclear" })).toEqual({
      code: "replied",
    });
    await answer(ann, "declined"); // their own is not theirs to answer
    expect(await listDeclineTasks(stand)).toEqual([]);
  });

  it("reaches the officer where the policy owner declines, however many declines wait for the owner", async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const { prisma } = database();
    const ids = Array.from({ length: MOST_TASKS + 1 }, (_, at) => `p${at}`);
    const person = { body: "nao", employer: "nao", roles: ["employee"] };
    await prisma.person.createMany({
      data: ids.map((id) => ({ id, name: id, email: `${id}@nao.invalid`, ...person })),
    });
    const on = { body: "nao", policy: "nao", version: version.version, hash: version.hash, attempt: 1 };
    const given = { answer: "declined" as const, statement: "I have read it.", reason: "No.", givenAt: new Date(0) };
    await prisma.acknowledgement.createMany({
      data: ids.map((id) => ({ id, reference: `ACK-${id}`, personId: id, ...on, ...given })),
    });
    const reference = await answer(owner, "declined");
    expect(await listDeclineTasks(officer)).toMatchObject([{ href: `/acknowledgements/${reference}/reply` }]);
    expect(await listDeclineTasks(owner)).toHaveLength(MOST_TASKS + 1);
  });

  it("is a task until it is answered, which asks the person again and says why", async () => {
    const reference = await answer(ann, "declined");
    const [task, ...more] = await listDeclineTasks(owner);
    expect(more).toEqual([]);
    expect(task).toMatchObject({ kind: "answer-decline", href: `/acknowledgements/${reference}/reply` });
    expect(await listAcknowledgementTasks(ann)).toEqual([]);
    await answerDecline(owner, reference, { reply: "It covers you too.", theme: "unclear" });
    expect(await listDeclineTasks(owner)).toEqual([]);
    expect(await listAcknowledgementTasks(ann)).toMatchObject([
      { href: "/policies/nao/acknowledge", reason: "You declined it, and your decline was answered." },
    ]);
    expect(await listAcknowledgementTasks(bob)).toMatchObject([
      { reason: "It is your employer's policy, and you have not answered this version." },
    ]);
  });

  it("stays one through a change that was not material, and ends with one that was", async () => {
    const reference = await answer(ann, "declined");
    const minor = { version: "1.1", material: false };
    const later = (await serveVersions("nao", [minor])).at(-1);
    if (!later) throw new Error("There is no later version.");
    version = later;
    expect(await listDeclineTasks(owner)).toMatchObject([{ href: `/acknowledgements/${reference}/reply` }]);
    expect(await listAcknowledgementTasks(ann)).toEqual([]);
    const again = { slug: "nao", version: "1.1", hash: later.hash, answer: "cannot_agree", reason: "Again." };
    expect(await acknowledgePolicy(ann, again)).toMatchObject({ code: "already", reference });
    await answerDecline(owner, reference, { reply: "It covers you too.", theme: "unclear" });
    expect(await listDeclineTasks(owner)).toEqual([]);
    expect(await listAcknowledgementTasks(ann)).toMatchObject([
      { reason: "You declined it, and your decline was answered." },
    ]);
    await answer(bob, "declined");
    expect(await listDeclineTasks(owner)).toHaveLength(1);
    await serveVersions("nao", [minor, { version: "2", material: true }]);
    expect(await listDeclineTasks(owner)).toEqual([]);
    expect(await listAcknowledgementTasks(bob)).toMatchObject([{ kind: "acknowledge" }]);
    await serveVersions("nao", []);
  });
});
