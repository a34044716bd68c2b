import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { CLASS_UNSURE, type RecordDraft } from "#domain/registers/record/record.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { deleteChatCopy, decideOnRecords, disposeRecord, keepLonger, exportRecords } from "./disposal-service.ts";
import { getRecord, listOwnRecords, getRecordRegister, listRecordTasks } from "./queries.ts";
import { captureRecord, correctRecord } from "./service.ts";

const BODY = "example-borough";
const SECRET = "Xylophone";
const day = (text: string) => ({ kind: "day", day: text }) as const;
const draft: RecordDraft = {
  principal: "",
  method: "",
  saidTime: "",
  about: "Closing the hall",
  saidOn: day("2026-01-10"),
  group: "",
  chat: "Hall chat",
  participants: "Sam Sample",
  content: `We agreed 100% on the ${SECRET}.`,
  system: "Case system",
  systemReference: "C-1",
  retentionClass: "everyday",
  eventOn: { kind: "empty" },
  className: "",
  keepUntil: { kind: "empty" },
};

describeOnEachDatabase("captured records", (database) => {
  let employee: Actor;
  let officer: Actor;
  let second: Actor;
  beforeEach(async () => {
    at("2026-02-01T12:00:00Z");
    employee = await addPerson(database(), "employee", { body: BODY });
    officer = await addPerson(database(), "officer", { body: BODY, roles: ["governance-officer"] });
    second = await addPerson(database(), "second", { body: BODY, roles: ["governance-officer"] });
  });
  afterEach(() => vi.restoreAllMocks());
  const at = (moment: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(moment));
  const LATER = "2027-02-01T12:00:00Z";

  const capture = async (actor = employee, change: Partial<RecordDraft> = {}, startKey = "key-1") => {
    const result = await captureRecord(actor, { startKey, draft: { ...draft, ...change }, origin: null });
    if (result.code !== "captured") throw new Error(`Not captured: ${JSON.stringify(result)}`);
    return result.reference;
  };
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(({ event }) => event);
  const details = async () => JSON.stringify(await database().prisma.evidenceDetail.findMany());
  const search = async (query: Record<string, string>, actor = officer) =>
    (await (await getRecordRegister(actor, query))?.page(null))?.rows.map(({ reference }) => reference);
  const hold = (target: { personId: string } | { groupId: string } | null) =>
    database().prisma.hold.create({
      data: {
        id: "hold",
        reference: "HLD-2222-2222",
        body: BODY,
        placedById: officer.personId,
        startKey: "h",
        reason: "foi",
        keep: "Everything",
        placedAt: new Date(0),
        isOnSubject: target === null,
        ...(target && { targets: { create: { id: "target", ...target } } }),
      },
    });
  const group = () =>
    database().prisma.chatGroup.create({
      data: {
        id: "group",
        reference: "GRP-2222-2222",
        body: BODY,
        requesterId: second.personId,
        startKey: "g",
        state: "approved",
        name: "Hall team",
        purpose: "The hall",
        kind: "team",
        app: "WhatsApp",
        policy: "model",
        version: "2.0",
        hash: "f",
        reviewOn: "2027-01-01",
        requestedAt: new Date(0),
        decidedAt: new Date(0),
        decidedById: officer.personId,
        members: { create: { id: "member", personId: employee.personId, addedAt: new Date(0) } },
      },
    });

  it("is captured once, however often it is sent at once, with one row of evidence that contains none of its text", async () => {
    const references = await Promise.all(Array.from({ length: 6 }, () => capture()));
    expect(new Set(references).size).toBe(1);
    expect(await events()).toEqual(["record.captured"]);
    expect(JSON.stringify(await database().prisma.evidence.findMany())).not.toContain(SECRET);
    expect(await details()).toContain(SECRET);
    expect(await listOwnRecords(employee)).toMatchObject([
      { className: "Everyday arrangements, of no lasting value", keepUntil: "2027-01-10" },
    ]);
  });

  it("takes over the policy and the answers that it knows, but no unknown policy", async () => {
    const sent = (slug: string, startKey: string) =>
      captureRecord(employee, {
        startKey,
        draft,
        origin: { slug, answers: { audience: "colleague", nonsense: "x", purpose: "y" } },
      });
    const [own, none] = [await sent("model", "a"), await sent("nothing", "b")];
    if (own.code !== "captured" || none.code !== "captured") throw new Error("Not captured.");
    expect(await getRecord(employee, own.reference)).toMatchObject({
      policy: "model",
      situation: { audience: "colleague" },
    });
    expect(await getRecord(employee, none.reference)).toMatchObject({ policy: null, situation: null });
  });

  it("is visible to whoever captured it and to officers and auditors of the body, and to nobody else", async () => {
    const reference = await capture();
    const auditor = await addPerson(database(), "auditor", { body: BODY, roles: ["auditor"] });
    const colleague = await addPerson(database(), "colleague", { body: BODY });
    const stranger = await addPerson(database(), "stranger", { body: "nao", roles: ["governance-officer"] });
    for (const reader of [employee, officer, auditor]) expect(await getRecord(reader, reference)).not.toBeNull();
    for (const other of [colleague, stranger]) expect(await getRecord(other, reference)).toBeNull();
    expect(await search({}, auditor)).toEqual([reference]);
    expect(await search({}, stranger)).toEqual([]);
    expect(await search({}, colleague)).toBeUndefined();
    expect(await exportRecords(colleague, {})).toBeNull();
    expect((await correctRecord(auditor, reference, { seen: 1, draft, reason: "No." })).code).toBe("not-found");
  });

  it("is found by words, people, days, group, class and standing", async () => {
    await group();
    const one = await capture();
    const other = await capture(
      employee,
      { content: "100 seats", group: "GRP-2222-2222", retentionClass: CLASS_UNSURE, participants: "Kim" },
      "key-2",
    );
    expect(await search({ q: "xylo HALL" })).toEqual([one]);
    expect(await search({ q: "100%" })).toEqual([one]);
    expect(await search({ q: "1_0" })).toEqual([]);
    expect(await search({ q: other.toLowerCase() })).toEqual([other]);
    expect(await search({ q: other.replaceAll("-", " ") })).toEqual([other]);
    expect(await search({ q: "hall team" })).toEqual([other]);
    expect(await search({ person: "sám s" })).toEqual([one]);
    expect(await search({ q: "xýlo háll" })).toEqual([one]);
    expect((await search({ person: employee.name }))?.length).toBe(2);
    expect(await search({ group: "grp 2222" })).toEqual([other]);
    expect(await search({ class: "everyday" })).toEqual([one]);
    expect(await search({ class: CLASS_UNSURE })).toEqual([other]);
    expect((await search({ from: "2026-01-10", until: "2026-01-10" }))?.length).toBe(2);
    expect(await search({ from: "2026-01-11" })).toEqual([]);
    expect(await search({ standing: "due" })).toEqual([]);
    at(LATER);
    expect(await search({ standing: "due" })).toEqual([one]);
    expect(await search({ standing: "kept" })).toEqual([other]);
  });

  it("is disposed of with others at once, except what is held, and each has its own evidence", async () => {
    const references = [await capture(), await capture(second, {}, "key-2"), await capture(employee, {}, "key-3")];
    at(LATER);
    await hold({ personId: second.personId });
    const decide = (actor: Actor, holdAnswer: string) =>
      decideOnRecords(
        actor,
        [...references, references[0] ?? ""].map((one) => `${one} 1`),
        (reference, seen) => disposeRecord(actor, reference, { seen, holdAnswer, reason: "" }),
      );
    expect(await decide(officer, "")).toMatchObject({ code: "invalid" });
    expect(await decide(officer, "unsure")).toEqual({ code: "done", done: 0, left: 3 });
    expect(await decide(employee, "none")).toEqual({ code: "not-found" });
    expect(await decide(officer, "none")).toEqual({ code: "done", done: 2, left: 1 });
    expect(await search({ standing: "due" })).toEqual([references[1]]);
    expect((await events()).filter((event) => event === "record.disposed")).toHaveLength(2);
  });

  it("is exported with evidence of the search", async () => {
    await capture();
    const handed = await exportRecords(officer, { q: "hall" });
    const about = [];
    for await (const record of handed?.records ?? []) about.push(record.about);
    expect(about).toEqual(["Closing the hall"]);
    expect(await events()).toEqual(["record.captured", "record.exported"]);
    expect(await details()).toContain("q=hall");
  });

  it("keeps the values before a correction; of two at once one wins", async () => {
    const reference = await capture();
    const correct = (actor: Actor, content: string) =>
      correctRecord(actor, reference, { seen: 1, draft: { ...draft, content }, reason: "A slip." });
    expect(await correctRecord(employee, reference, { seen: 1, draft, reason: "" })).toMatchObject({ code: "invalid" });
    const results = await Promise.all([correct(employee, "First"), correct(officer, "Second")]);
    expect(results.map(({ code }) => code).sort()).toEqual(["done", "too-late"]);
    const view = await getRecord(employee, reference);
    expect(view?.history.map(({ step }) => step)).toEqual(["captured", "corrected"]);
    expect(view?.history[1]).toMatchObject({ reason: "A slip.", before: { content: draft.content } });
    expect(await events()).toEqual(["record.captured", "record.corrected"]);
  });

  it("records that the chat copy was deleted if there is no hold and nobody asked for it", async () => {
    const reference = await capture();
    expect((await deleteChatCopy(officer, reference, "none")).code).toBe("not-found");
    expect((await deleteChatCopy(employee, reference, "")).code).toBe("invalid");
    expect((await deleteChatCopy(employee, reference, "unsure")).code).toBe("held");
    await hold({ personId: employee.personId });
    expect((await deleteChatCopy(employee, reference, "none")).code).toBe("held");
    expect((await getRecord(employee, reference))?.holds).toHaveLength(1);
    await database().prisma.hold.updateMany({
      data: { endedAt: new Date(), endedById: officer.personId, endReason: "Over." },
    });
    expect((await deleteChatCopy(employee, reference, "none")).code).toBe("done");
    expect((await deleteChatCopy(employee, reference, "none")).code).toBe("done");
    expect(await events()).toEqual([
      "record.captured",
      "record.deletion-stopped",
      "record.deletion-stopped",
      "record.chat-copy-deleted",
    ]);
  });

  it("is proposed for disposal to officers after its last day, and not before", async () => {
    const reference = await capture();
    expect(await listRecordTasks(officer)).toEqual([]);
    const dispose = () => disposeRecord(officer, reference, { seen: 1, holdAnswer: "none", reason: "" });
    expect((await dispose()).code).toBe("not-found");
    at(LATER);
    expect(await listRecordTasks(officer)).toMatchObject([{ kind: "dispose-record", due: "2027-01-15" }]);
    expect(await listRecordTasks(employee)).toEqual([]);
    expect((await disposeRecord(employee, reference, { seen: 1, holdAnswer: "none", reason: "" })).code).toBe(
      "not-found",
    );
    expect((await dispose()).code).toBe("done");
    expect(await listRecordTasks(officer)).toEqual([]);
  });

  it("keeps only its log once disposed of, and the chain stays valid", async () => {
    const reference = await capture();
    await correctRecord(employee, reference, { seen: 1, draft: { ...draft, about: "The hall" }, reason: "A slip." });
    at(LATER);
    await disposeRecord(officer, reference, { seen: 2, holdAnswer: "none", reason: "Over." });
    const stored = JSON.stringify([
      await database().prisma.capturedRecord.findMany(),
      await database().prisma.recordRevision.findMany(),
      await database().prisma.evidenceDetail.findMany(),
    ]);
    for (const word of [SECRET, "hall", "Sam", "C-1"]) expect(stored).not.toContain(word);
    expect(await getRecord(officer, reference)).toMatchObject({
      reference,
      className: "Everyday arrangements, of no lasting value",
      saidOn: "2026-01-10",
      disposedBy: { id: "officer" },
    });
    expect((await correctRecord(employee, reference, { seen: 3, draft, reason: "No." })).code).toBe("not-found");
    expect(await verifyChains(database().prisma)).toMatchObject([
      { body: BODY, fault: null, erased: 2, head: { position: 3 } },
    ]);
  });

  it.each(["person", "group", "subject"] as const)("is protected from disposal by a hold on the %s", async (what) => {
    await group();
    const reference = await capture(employee, { group: "GRP-2222-2222" });
    at(LATER);
    await hold(what === "person" ? { personId: employee.personId } : what === "group" ? { groupId: "group" } : null);
    expect((await disposeRecord(officer, reference, { seen: 1, holdAnswer: "none", reason: "" })).code).toBe("held");
    expect(await details()).toContain(SECRET);
    expect((await events()).at(-1)).toBe("record.deletion-stopped");
  });

  it("is decided on once by two officers at once, and can be kept longer with a reason", async () => {
    const reference = await capture();
    at(LATER);
    const longer = (until: string, reason: string) =>
      keepLonger(second, reference, { seen: 1, until: day(until), reason });
    expect(await longer("2027-02-01", "")).toMatchObject({ problems: [{ field: "until" }, { field: "keepReason" }] });
    const results = await Promise.all([
      disposeRecord(officer, reference, { seen: 1, holdAnswer: "none", reason: "" }),
      longer("2028-01-01", "A claim may come."),
    ]);
    expect(results.map(({ code }) => code).sort()).toEqual(["done", "too-late"]);
  });

  it("that is kept longer is proposed again after the new day", async () => {
    const reference = await capture();
    at(LATER);
    await keepLonger(second, reference, { seen: 1, until: day("2028-01-01"), reason: "A claim may come." });
    expect(await listRecordTasks(officer)).toEqual([]);
    await correctRecord(employee, reference, { seen: 2, draft: { ...draft, system: "Archive" }, reason: "It moved." });
    expect(await getRecord(officer, reference)).toMatchObject({ system: "Archive", keepUntil: "2028-01-01" });
    at("2028-01-02T12:00:00Z");
    expect(await listRecordTasks(officer)).toHaveLength(1);
  });

  it("without a class is a task of the officers until they choose one", async () => {
    const reference = await capture(employee, { retentionClass: CLASS_UNSURE });
    expect(await listRecordTasks(officer)).toMatchObject([
      { kind: "classify-record", href: `/records/${reference}/correct` },
    ]);
    await correctRecord(officer, reference, { seen: 1, draft, reason: "Chosen." });
    expect(await listRecordTasks(officer)).toEqual([]);
  });
});
