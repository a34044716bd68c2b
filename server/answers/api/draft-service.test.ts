import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { programActor } from "#domain/access/api-token/api-token.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { BegunResource, DraftKind } from "#domain/answers/api/draft-schema.ts";
import { found } from "#domain/answers/api/evaluation-schema.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { listBegunTasksOf } from "#server/access/form-input/begun-queries.ts";
import { getFormInput } from "#server/access/form-input/queries.ts";
import { discardBegun } from "#server/access/form-input/service.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import { clock } from "#server/base/clock.ts";
import type { Database } from "#server/base/db/database.ts";
import { discardDraft, saveRisk, saveWho, saveWhy } from "#server/policy/exception/draft-service.ts";
import { submitException } from "#server/policy/exception/service.ts";
import { endHold, placeHold } from "#server/registers/hold/service.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { describeOnEachDatabase, describeOnOneDatabase } from "#server/testing/database.ts";
import { MEDIUM_RISK } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { beginForPerson } from "./draft-service.ts";
import { FORGET_WRITES } from "./job.ts";
import { writeOnce } from "./write-change.ts";

const EXCEPTION = {
  for: "emma@nao.invalid",
  policy: "nao",
  facts: { device: "personal", audience: "partner" },
  clauses: ["4.3"],
  justification: "Partners ask for it.",
};
const RECORD = { for: "emma", about: "Closing the hall", saidOn: "2026-01-10", chat: "Hall chat", content: "At noon." };
const GROUP = { for: "emma", kind: "team", name: "Duty rota", logo: true, administrators: ["emma@nao.invalid"] };

let emma: Actor;
let program: { actor: Actor; tokenId: string };
async function addProgram(database: Database, key: string) {
  const administrator = await addPerson(database, key, { roles: ["administrator"] });
  const made = await makeToken(administrator, { name: "Case system", scopes: ["drafts:begin"], days: "30" }, key);
  const reference = made.code === "made" ? made.reference : "";
  const { id } = await database.prisma.apiToken.findUniqueOrThrow({ where: { reference } });
  return { actor: programActor({ reference, name: "Case system", body: "nao" }), tokenId: id };
}
async function begun(kind: DraftKind, sent: unknown, key = "key"): Promise<BegunResource> {
  const answer = await beginForPerson(program, kind, sent, key);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.resource;
}
const wrongIn = async (kind: DraftKind, sent: unknown) => {
  const answer = await beginForPerson(program, kind, sent, "wrong");
  return answer.ok ? [] : (answer.errors ?? []).map(({ pointer }) => pointer).sort();
};
const tasks = async () => (await listBegunTasksOf([emma])).get("emma") ?? [];
afterEach(() => vi.restoreAllMocks());

describeOnEachDatabase("what a program writes", (database) => {
  beforeEach(async () => {
    emma = await addPerson(database(), "emma");
    program = await addProgram(database(), "admin");
  });
  const count = () => database().prisma.begunForm.count();

  it("is written once for a key, and answered alike", async () => {
    const first = await beginForPerson(program, "records", RECORD, "key");
    const { for: whom, ...rest } = RECORD;
    expect(await beginForPerson(program, "records", { ...rest, for: whom }, "key")).toEqual(first);
    expect(await beginForPerson(program, "records", { ...RECORD, about: "Other" }, "key")).toMatchObject({
      code: "key-reused",
    });
    expect(await beginForPerson(program, "groups", RECORD, "key")).toMatchObject({ code: "key-reused" });
    expect(await count()).toBe(1);
    const other = await addProgram(database(), "second");
    expect(await beginForPerson(other, "records", { ...RECORD, about: "Other" }, "key")).toMatchObject({ ok: true });
    expect(await count()).toBe(2);
  });

  it("is written once by two at once: the other gets the same answer, or is told to wait", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => beginForPerson(program, "records", RECORD, "key")),
    );
    expect(await count()).toBe(1);
    const done = answers.filter(({ ok }) => ok);
    expect(done.length).toBeGreaterThan(0);
    for (const one of answers) expect(one.ok ? one : one.code).toEqual(one.ok ? done[0] : "key-in-use");
  });

  it("leaves nothing behind where it fails, so that the key can be sent again", async () => {
    const write = { tokenId: program.tokenId, key: "fails", asked: {} };
    await expect(writeOnce(write, () => Promise.reject(new Error("No.")))).rejects.toThrow("No.");
    expect(await database().prisma.apiWrite.count()).toBe(0);
    expect(await writeOnce(write, () => Promise.resolve(found({ done: true })))).toEqual({
      ok: true,
      resource: { done: true },
    });
  });

  it("is refused as long as it is wrong, and the key stays free", async () => {
    expect(await beginForPerson(program, "records", { ...RECORD, colour: "red" }, "key")).toMatchObject({
      code: "invalid-request",
    });
    expect(await beginForPerson(program, "records", RECORD, "key")).toMatchObject({ ok: true });
  });

  it("is forgotten: the answer after a week, the draft after 90 days", async () => {
    await begun("records", RECORD);
    const after = (days: number) => new Date(Date.now() + days * 86_400_000);
    await FORGET_WRITES.run(after(6));
    expect([await database().prisma.apiWrite.count(), await count()]).toEqual([1, 1]);
    await FORGET_WRITES.run(after(8));
    expect([await database().prisma.apiWrite.count(), await count()]).toEqual([0, 1]);
    await FORGET_WRITES.run(after(91));
    expect(await count()).toBe(0);
  });
});

describeOnOneDatabase("a draft that a program begins", (database) => {
  beforeEach(async () => {
    emma = await addPerson(database(), "emma");
    program = await addProgram(database(), "admin");
  });

  it("is told to wait while the same is being written, where requests run beside each other", async () => {
    if (database().kind !== "postgresql") return;
    const write = { tokenId: program.tokenId, key: "slow", asked: {} };
    let inner: unknown;
    await writeOnce(write, async () => {
      inner = await writeOnce(write, () => Promise.resolve(found({ done: "twice" })));
      return found({ done: "once" });
    });
    expect(inner).toMatchObject({ ok: false, code: "key-in-use" });
  });

  it("of an exception is its person's own draft, and the evidence of sending it names the program", async () => {
    const { address } = await begun("exceptions", EXCEPTION);
    const reference = address.replace("/exceptions/", "");
    const draft = await database().prisma.exception.findUniqueOrThrow({ where: { reference } });
    expect(draft).toMatchObject({ state: "draft", requesterId: "emma", clauses: ["4.3"], situation: EXCEPTION.facts });
    expect(await database().prisma.evidence.count({ where: { event: { startsWith: "exception" } } })).toBe(0);
    expect(await tasks()).toMatchObject([
      { kind: "finish-draft", href: address, reason: expect.stringContaining("Case system") as string },
    ]);
    const texts = { justification: "Partners ask.", whyNoChannel: "They have no other.", dataInvolved: "Times." };
    await saveWhy(emma, reference, { clauses: ["4.3"], ...texts }, false);
    const wantedUntil = addDays(calendarDay(clock.now()), 30);
    await saveWho(emma, reference, { scope: "person", teamId: null, groupId: null, wantedFrom: null, wantedUntil });
    await saveRisk(emma, reference, null, MEDIUM_RISK);
    expect(await submitException(emma, reference)).toEqual({ ok: true });
    const [row] = await database().prisma.evidence.findMany({ where: { event: "exception.submitted" } });
    expect(JSON.parse(row?.data ?? "{}")).toMatchObject({ begunBy: program.actor.personId });
    expect(await tasks()).toEqual([]);
  });

  it("of an exception can be discarded as any draft", async () => {
    const { address } = await begun("exceptions", EXCEPTION);
    expect(await discardDraft(emma, address.replace("/exceptions/", ""))).toEqual({ ok: true });
    expect(await tasks()).toEqual([]);
  });

  it("of a record is what its form shows, to that person alone, until it is sent", async () => {
    const { id, address } = await begun("records", RECORD);
    expect(address).toBe(`/records/new?kept=${id}`);
    const shown = await getFormInput(emma, id, "/records/new");
    expect(shown?.values).toMatchObject({ about: ["Closing the hall"], "saidOn-month": ["01"], startKey: [id] });
    const other = await addPerson(database(), "other");
    expect(await getFormInput(other, id, "/records/new")).toBeNull();
    expect(await getFormInput(emma, id, "/groups/new")).toBeNull();
    const day = { kind: "day", day: "2026-01-10" } as const;
    const draft = {
      principal: "",
      method: "",
      saidTime: "",
      about: "Hall",
      saidOn: day,
      group: "",
      chat: "A chat",
      participants: "Two",
      content: "Noon.",
      system: "Files",
      systemReference: "1",
      retentionClass: "",
      className: "Everyday",
      eventOn: { kind: "empty" } as const,
      keepUntil: { kind: "empty" } as const,
    };
    expect(await captureRecord(emma, { startKey: id, origin: null, draft })).toMatchObject({ code: "captured" });
    const [row] = await database().prisma.evidence.findMany({ where: { event: "record.captured" } });
    expect(row).toMatchObject({ actor: "emma" });
    expect(JSON.parse(row?.data ?? "{}")).toMatchObject({ begunBy: program.actor.personId });
    expect(await tasks()).toEqual([]);
    expect((await database().prisma.begunForm.findUniqueOrThrow({ where: { id } })).values).toEqual({});
  });

  it("of a group is what its form shows, and can be discarded by its person alone", async () => {
    const { id } = await begun("groups", GROUP);
    const values = (await getFormInput(emma, id, "/groups/new"))?.values;
    expect(values).toMatchObject({
      kind: ["team"],
      step: ["check"],
      logo: ["yes"],
      administrator1: [GROUP.administrators[0]],
    });
    await discardBegun(await addPerson(database(), "other"), id);
    expect(await tasks()).toHaveLength(1);
    expect(await discardBegun(emma, id)).toBe("done");
    expect(await discardBegun(emma, id)).toBe("done");
    expect(await tasks()).toEqual([]);
  });

  it("stays while a hold concerns its person or what it says, also when its time is over", async () => {
    const officer = await addPerson(database(), "olga", { roles: ["governance-officer"] });
    const { id } = await begun("groups", GROUP);
    const why = {
      reason: "foi",
      occurredOn: "2026-11-20",
      keep: "All about it.",
      note: "",
      isOnSubject: false,
    } as const;
    const whom = { groups: [], people: emma.email, startKey: "one" };
    const placed = await placeHold(officer, { ...why, ...whom });
    expect(placed.code).toBe("placed");
    const late = new Date(clock.now().getTime() + 91 * 86_400_000);
    expect(await discardBegun(emma, id)).toBe("held");
    expect(await FORGET_WRITES.run(late)).toMatch(/ 0 drafts forgotten$/);
    const { values } = await database().prisma.begunForm.findUniqueOrThrow({ where: { id } });
    expect(values).toMatchObject({ kind: ["team"] });
    if (placed.code === "placed") await endHold(officer, placed.reference, "It is over.");
    expect(await FORGET_WRITES.run(late)).toMatch(/ 1 drafts forgotten$/);
    expect(await discardBegun(emma, id)).toBe("done");
  });

  it("is refused for every fault at once, each by its place", async () => {
    expect(await wrongIn("exceptions", 7)).toEqual([""]);
    expect(await wrongIn("exceptions", {})).toEqual(["/for", "/policy"]);
    expect(
      await wrongIn("exceptions", {
        for: "nobody@nao.invalid",
        policy: "nao",
        facts: { audience: "martians", "a/b": "x" },
        colour: "red",
        clauses: ["4.3", "99.9"],
        wantedFrom: "2020-01-01",
        wantedUntil: "2026-02-30",
        dataInvolved: 7,
        justification: "x".repeat(4001),
      }),
    ).toEqual([
      "/clauses/1",
      "/colour",
      "/dataInvolved",
      "/facts/audience",
      "/facts/a~1b",
      "/for",
      "/justification",
      "/wantedFrom",
      "/wantedUntil",
    ]);
    expect(await wrongIn("exceptions", { ...EXCEPTION, policy: "model" })).toEqual(["/policy"]);
    expect(
      await wrongIn("records", {
        ...RECORD,
        saidOn: "2999-01-01",
        saidTime: "noon",
        group: "GRP-2222-2222",
        method: "magic",
        principal: "Nobody",
      }),
    ).toEqual(["/group", "/method", "/principal", "/saidOn", "/saidTime"]);
    expect(
      await wrongIn("groups", {
        for: "emma",
        name: "Call 07700 900123 now",
        app: "Carrier pigeon",
        policy: "model",
        kind: "social",
        administrators: ["emma", "nobody"],
        members: ["nobody"],
        retention: "days",
        retentionCount: 9999,
        reviewOn: "2020-01-01",
        assistant: "on",
        responsible: "0161 496 0000 0000",
      }),
    ).toEqual([
      "/administrators/1",
      "/app",
      "/assistant",
      "/kind",
      "/members/0",
      "/name",
      "/policy",
      "/responsible",
      "/retentionCount",
      "/reviewOn",
    ]);
    expect(await database().prisma.begunForm.count()).toBe(0);
  });

  it("is no way to find out who works here", async () => {
    for (const one of ["ann", "bea"]) await addPerson(database(), one);
    const sent = { for: "emma", administrators: ["Person"], deputy: "person", members: ["Person", "Person ann"] };
    const answers = [
      await beginForPerson(program, "groups", sent, "wrong"),
      await beginForPerson(program, "records", { ...RECORD, principal: "Person" }, "wrong"),
    ];
    expect(answers.map((one) => (one.ok ? 0 : one.errors?.length))).toEqual([3, 1]);
    expect(JSON.stringify(answers)).not.toMatch(/bea|@nao/i);
  });

  it("keeps to the policy: a clause that cannot be lifted is refused with the clause that says so", async () => {
    const council = await addPerson(database(), "council", { body: "example-borough" });
    const actor = { ...program.actor, body: "example-borough" };
    const sent = { for: council.personId, policy: "model", clauses: ["3.7", "4.3"] };
    const answer = await beginForPerson({ ...program, actor }, "exceptions", sent, "key");
    expect(answer).toMatchObject({
      ok: false,
      errors: [{ pointer: "/clauses/1", detail: expect.stringMatching(/clause 4\.3: clause 10\.2 says so/) as string }],
    });
  });

  it("takes any text, and begins no more than somebody can finish", async () => {
    await begun("records", { ...RECORD, about: "\u0000\ud800 Ünïcödé 🙂", content: "a\r\nb" });
    for (let at = 1; at < 20; at++) await begun("records", RECORD, `key ${at}`);
    expect(await wrongIn("records", RECORD)).toEqual(["/for"]);
  });

  it("is not one too many, even where several are begun at once", async () => {
    for (let at = 1; at < 20; at++) await begun("records", RECORD, `key ${at}`);
    const all = ["a", "b", "c", "d"].map((key) => beginForPerson(program, "records", RECORD, key));
    expect((await Promise.all(all)).filter(({ ok }) => ok)).toHaveLength(1);
    expect(await tasks()).toHaveLength(20);
  });

  it("is for nobody who has left, or is elsewhere", async () => {
    await addPerson(database(), "stranger", { body: "nottingham" });
    await database().prisma.person.update({ where: { id: "emma" }, data: { status: "left" } });
    for (const whom of ["emma", "emma@nao.invalid", "stranger", "stranger@nottingham.invalid", "", "%"])
      expect(await wrongIn("records", { ...RECORD, for: whom }), whom).toEqual(["/for"]);
  });
});
