import { tasksOfOne } from "#server/testing/tasks.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { ConsentDraft } from "#domain/registers/consent/photo-consent.ts";
import { recordCheck } from "#server/registers/understanding-check/service.ts";
import { getUnderstandingCheck, getUnderstandingChecks } from "#server/registers/understanding-check/queries.ts";
import { clock } from "#server/base/clock.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import { keepReceipt } from "#server/answers/receipt/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getConsent, getConsentRegister, listOfferedConsents, listConsentTasksOf } from "./queries.ts";
import { recordConsent, retirePhoto, withdrawConsent } from "./service.ts";

const listConsentTasks = tasksOfOne(listConsentTasksOf);

const BODY = "bromsgrove-redditch";
const day = (text: string) => ({ kind: "day", day: text }) as const;
const draft: ConsentDraft = {
  name: "Xavia Example",
  age: "adult",
  guardian: "",
  givenOn: day("2026-01-01"),
  until: day("2026-06-30"),
  purpose: "The newsletter",
  formReference: "Folder 7",
};

describeOnEachDatabase("photo consents", (database) => {
  let employee: Actor;
  let officer: Actor;
  beforeEach(async () => {
    at("2026-02-01T12:00:00Z");
    employee = await addPerson(database(), "employee", { body: BODY });
    officer = await addPerson(database(), "officer", { body: BODY, roles: ["governance-officer"] });
  });
  afterEach(() => vi.restoreAllMocks());
  const at = (moment: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(moment));
  const record = async (actor = employee) => {
    const result = await recordConsent(actor, { startKey: "key", draft });
    if (result.code !== "recorded") throw new Error(`Not recorded: ${JSON.stringify(result)}`);
    return result.reference;
  };
  const offered = async (actor = employee) => (await listOfferedConsents(actor)).map(({ reference }) => reference);

  it("is recorded once, with no name in the evidence or beside it", async () => {
    expect(new Set(await Promise.all([record(), record(), record()])).size).toBe(1);
    expect(await database().prisma.evidence.findMany()).toMatchObject([{ event: "photo-consent.recorded" }]);
    const evidence = [await database().prisma.evidence.findMany(), await database().prisma.evidenceDetail.findMany()];
    expect(JSON.stringify(evidence)).not.toContain("Xavia");
    expect(JSON.stringify(evidence)).toContain("Folder 7");
  });

  it("is offered only to whoever recorded it, up to its last day", async () => {
    const reference = await record();
    expect(await offered()).toEqual([reference]);
    expect(await offered(officer)).toEqual([]);
    at("2026-06-30T22:30:00Z"); // before midnight in London
    expect(await offered()).toEqual([reference]);
    at("2026-06-30T23:30:00Z");
    expect(await offered()).toEqual([]);
  });

  it("that has ended is a task of whoever recorded it, of officers once they have left, until the picture is gone", async () => {
    const reference = await record();
    expect(await listConsentTasks(employee)).toEqual([]);
    at("2026-07-01T12:00:00Z");
    const task = [{ kind: "end-photo-use", href: `/photos/${reference}`, due: "2026-06-30" }];
    const tasks = await listConsentTasksOf([employee, officer]);
    expect(tasks.get("employee")).toMatchObject(task);
    expect(tasks.get("officer")).toEqual([]);
    await database().prisma.person.update({ where: { id: "employee" }, data: { status: "left" } });
    expect(await listConsentTasks(officer)).toMatchObject(task);
    expect((await Promise.all([retirePhoto(officer, reference), retirePhoto(officer, reference)])).length).toBe(2);
    expect(await listConsentTasks(officer)).toEqual([]);
    expect(await database().prisma.evidence.count({ where: { event: "photo-consent.retired" } })).toBe(1);
    expect(await database().prisma.notice.findMany({ where: { kind: "yours-changed" } })).toMatchObject([
      { personId: "employee", subject: `The photo consent ${reference} has ended` },
    ]);
  });

  it("is withdrawn once, by whoever recorded it or an officer, and then no longer offered", async () => {
    const reference = await record();
    const colleague = await addPerson(database(), "colleague", { body: BODY });
    expect((await withdrawConsent(colleague, reference, "x")).code).toBe("not-found");
    expect((await withdrawConsent(employee, reference, "")).code).toBe("invalid");
    const results = await Promise.all([
      withdrawConsent(employee, reference, "A letter."),
      withdrawConsent(officer, reference, "A call."),
    ]);
    expect(results.map(({ code }) => code)).toEqual(["done", "done"]);
    expect(await offered()).toEqual([]);
    expect(await database().prisma.evidence.count({ where: { event: "photo-consent.withdrawn" } })).toBe(1);
  });

  it("is named in a saved result that relies on it, but only while it is valid", async () => {
    const reference = await record();
    const policy = await getPolicy(employee, BODY);
    if (!policy) throw new Error("There is no policy.");
    const answers = {
      audience: "colleague",
      purpose: "photo",
      content: "non-sensitive",
      alternative: "no",
      publishable: "yes",
      people: "consented",
    };
    const deciding = await getDecidingTable(employee, policy, { ...answers, photo: reference });
    const shown = resultToKeep(policy, deciding, answers);
    const people = shown?.content.answers.find(({ fact }) => fact === "people");
    expect(people?.source).toEqual({ kind: "photo-consent", reference });
    const keep = (startKey: string, actor = employee) =>
      keepReceipt(actor, {
        slug: BODY,
        answers,
        photo: [reference],
        fingerprint: shown?.fingerprint ?? "",
        startKey,
        words: "",
      });
    expect((await keep("one")).code).toBe("kept");
    expect((await keep("two", officer)).code).toBe("changed");
    await withdrawConsent(officer, reference, "A call.");
    expect((await keep("three")).code).toBe("changed");
    expect((await getDecidingTable(employee, policy, { photo: reference })).photo).toMatchObject({
      hasDropped: true,
      chosen: [],
    });
  });

  it("is visible to whoever recorded it and to officers of the body", async () => {
    const reference = await record();
    const auditor = await addPerson(database(), "auditor", { body: BODY, roles: ["auditor"] });
    const stranger = await addPerson(database(), "stranger", { body: "nao", roles: ["governance-officer"] });
    expect(await getConsent(employee, reference.toLowerCase())).toMatchObject({ isMine: true, state: "valid" });
    expect(await getConsent(officer, reference)).toMatchObject({ isMine: false });
    expect((await getConsentRegister(officer, {})?.page(null))?.rows).toHaveLength(1);
    expect((await getConsentRegister(officer, { q: "nobody of this name" })?.page(null))?.rows).toEqual([]);
    expect(getConsentRegister(employee, {})).toBeNull();
    for (const other of [auditor, stranger]) expect(await getConsent(other, reference)).toBeNull();
  });
});

describeOnEachDatabase("checks held", (database) => {
  it("are recorded once by officers and policy owners, and read by auditors", async () => {
    const on = { body: "nottingham" };
    const owner = await addPerson(database(), "owner", { ...on, roles: ["policy-owner"] });
    const auditor = await addPerson(database(), "auditor", { ...on, roles: ["auditor"] });
    const employee = await addPerson(database(), "employee", on);
    const draft = {
      policy: "nottingham",
      kind: "survey",
      heldBy: "Information governance",
      heldOn: day("2026-01-01"),
      takenBy: "40 of 60",
      result: "Most knew.",
      actions: "",
    };
    const send = (actor: Actor, change = {}) => recordCheck(actor, { startKey: "key", draft: { ...draft, ...change } });
    expect((await send(employee)).code).toBe("not-found");
    expect((await send(auditor)).code).toBe("not-found");
    expect(await send(owner, { policy: "nao", kind: "x" })).toMatchObject({
      problems: [{ field: "policy" }, { field: "kind" }],
    });
    const [first, second] = await Promise.all([send(owner), send(owner)]);
    if (first.code !== "recorded") throw new Error("Not recorded.");
    expect(second).toEqual(first);
    expect((await getUnderstandingChecks(auditor, {})?.page(null))?.rows).toMatchObject([
      { version: "1.1.1", takenBy: "40 of 60" },
    ]);
    expect(await getUnderstandingCheck(employee, first.reference)).toBeNull();
    expect(await database().prisma.evidence.findMany()).toMatchObject([
      { event: "check-held.recorded", policy: "nottingham" },
    ]);
  });
});
