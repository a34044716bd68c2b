import { afterEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { disposeRecord } from "#server/registers/record/disposal-service.ts";
import { getRecord, listRecordTasks } from "#server/registers/record/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getHold, listOwnHolds, listHoldReviewTasks } from "./queries.ts";
import { correctHold, endHold, extendHold, placeHold, releaseFromHold, type SentHold } from "./service.ts";

const day = (text: string) => ({ kind: "day", day: text }) as const;

const EMPTY = { kind: "empty" } as const;
const NO_CLASS = {
  principal: "",
  method: "",
  saidTime: "",
  group: "",
  retentionClass: "",
  className: "A class",
  eventOn: EMPTY,
  keepUntil: EMPTY,
};

describeOnOneDatabase("a hold on people and words", (database) => {
  afterEach(() => void vi.restoreAllMocks());

  const place = async (officer: Actor, more: Partial<SentHold>) => {
    const sent = { startKey: "k", reason: "inquiry", occurredOn: null, keep: "All of it.", note: "" } as const;
    const result = await placeHold(officer, { ...sent, groups: [], people: "", isOnSubject: false, ...more });
    return result.code === "placed" ? result.reference : JSON.stringify(result);
  };
  const capture = async (actor: Actor, content: string) => {
    const text = {
      about: "A talk",
      chat: "Bridge",
      participants: "Two of us",
      content,
      system: "Files",
      systemReference: "7",
    };
    const draft = { ...text, saidOn: day("2026-11-02"), ...NO_CLASS };
    const result = await captureRecord(actor, { startKey: content, draft, origin: null });
    const reference = result.code === "captured" ? result.reference : JSON.stringify(result);
    await database().prisma.capturedRecord.update({
      where: { reference },
      data: { keepUntil: "2026-11-03", className: "A" },
    });
    return reference;
  };
  const people = async () => {
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const [writer, subject] = [await addPerson(database(), "writer"), await addPerson(database(), "subject")];
    await database().prisma.person.update({ where: { id: "subject" }, data: { name: "Siân O’Neill" } });
    return { officer, writer, subject };
  };
  const dispose = (officer: Actor, reference: string) =>
    disposeRecord(officer, reference, { seen: 1, holdAnswer: "none", reason: "" });

  it("stands on what others wrote about them, in any spelling, and is no task until it ends", async () => {
    const { officer, writer } = await people();
    const named = await capture(writer, "Sian O'Neill said yes.");
    const spoken = await capture(writer, "The SKATE-PARK opens.");
    const perhaps = await capture(writer, "Sian was there.");
    const other = await capture(writer, "Lunch.");
    const reference = await place(officer, { people: "subject@nao.invalid", words: ["skate park"] });
    for (const one of [named, spoken]) {
      expect((await getRecord(officer, one))?.holds).toMatchObject([{ reference }]);
      expect(await dispose(officer, one)).toEqual({ code: "held" });
    }
    expect(await getRecord(officer, perhaps)).toMatchObject({ holds: [], perhapsHeld: [{ reference }] });
    const tasks = async () => (await listRecordTasks(officer)).map(({ key }) => key.split(" ")[1]).sort();
    expect(await tasks()).toEqual([perhaps, other].sort());
    expect(await dispose(officer, other)).toEqual({ code: "done" });
    expect(await endHold(officer, reference, "Over.")).toEqual({ code: "ended" });
    expect(await tasks()).toEqual([named, spoken, perhaps].sort());
    expect(await dispose(officer, named)).toEqual({ code: "done" });
  }, 120_000);

  it("releases one person, who can be named again, and tells them", async () => {
    const { officer, writer, subject } = await people();
    const reference = await place(officer, { people: "subject@nao.invalid\nwriter@nao.invalid" });
    const release = (person: string, why = "A slip.") => releaseFromHold(officer, reference, { person, why });
    expect(await release("subject@nao.invalid", "")).toMatchObject({ problems: [{ field: "releaseWhy" }] });
    expect(await release("officer@nao.invalid")).toMatchObject({ problems: [{ field: "person" }] });
    expect(await Promise.all([release("subject@nao.invalid"), release("subject@nao.invalid")])).toEqual([
      { code: "released" },
      { code: "released" },
    ]);
    expect(await listOwnHolds({ ...subject })).toEqual([]);
    expect(await listOwnHolds({ ...writer })).toMatchObject([{ reference }]);
    const { record } = (await getHold(officer, reference)) ?? {};
    expect(record).toMatchObject({ counts: { concerned: 1 }, releases: [{ name: "Siân O’Neill", reason: "A slip." }] });
    const told = await database().prisma.notice.findMany({ where: { kind: "hold-ended" } });
    expect(told.map(({ personId }) => personId)).toEqual(["subject"]);
    expect(await database().prisma.evidence.count({ where: { event: "hold.person-released" } })).toBe(1);
    await extendHold(officer, reference, { groups: [], people: "subject@nao.invalid" });
    expect(await listOwnHolds({ ...subject })).toMatchObject([{ reference }]);
  }, 120_000);

  it("is corrected with history, by one of two at once, and is looked at on its day", async () => {
    const { officer, subject } = await people();
    const reference = await place(officer, { people: "subject@nao.invalid", reviewOn: "2026-12-20" });
    const change = {
      reason: "inquiry",
      occurredOn: null,
      keep: "All about the pool.",
      note: "",
      words: ["pool"],
    } as const;
    const correct = (more: object = {}) =>
      correctHold(officer, reference, { ...change, reviewOn: "2027-01-20", seen: 0, why: "A slip.", ...more });
    expect(await correct({ why: "" })).toMatchObject({ problems: [{ field: "why" }] });
    expect(await correct({ words: ["a"] })).toMatchObject({ problems: [{ field: "words" }] });
    const both = await Promise.all([correct(), correct({ keep: "All about the pond." })]);
    expect(both.map(({ code }) => code).sort()).toEqual(["corrected", "too-late"]);
    const { record } = (await getHold(officer, reference)) ?? {};
    expect(record?.corrections).toMatchObject([{ by: "You", reason: "A slip.", before: { keep: "All of it." } }]);
    expect((await listOwnHolds({ ...subject }))[0]?.keep).not.toBe("All of it.");
    expect(await listHoldReviewTasks(officer)).toEqual([]);
    vi.spyOn(clock, "now").mockReturnValue(new Date("2027-01-20T09:00:00Z"));
    expect(await listHoldReviewTasks(officer)).toMatchObject([{ due: "2027-01-20", href: `/holds/${reference}` }]);
    expect(await listHoldReviewTasks(subject)).toEqual([]);
  }, 120_000);
});
