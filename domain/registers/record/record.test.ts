import { describe, expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { CLASS_UNSURE, mayCorrectRecord, mayReadRecord, recordProblems, textOf, type RecordDraft } from "./record.ts";
import { isDue, keepRule, retainedUntil, type RetentionClass } from "#domain/policy/policy/retention-class.ts";

const SIX: RetentionClass = { id: "decision", name: "Decisions", years: 6, after: null };
const CASE: RetentionClass = { id: "case", name: "A case", years: 2, after: "the case is closed" };
const GOOD: RetentionClass = { id: "emergency", name: "Emergencies", years: null, after: null };
const schedule = [SIX, CASE, GOOD];
const setting = { schedule, groups: ["GRP-2222-2222"], today: "2026-11-24" };
const day = (text: string) => ({ kind: "day", day: text }) as const;
const draft: RecordDraft = {
  principal: "",
  method: "",
  saidTime: "",
  about: "The hall",
  saidOn: day("2026-11-20"),
  group: "",
  chat: "Chat of the team",
  participants: "Two of us",
  content: "We close it.",
  system: "Case system",
  systemReference: "C-1",
  retentionClass: "decision",
  eventOn: { kind: "empty" },
  className: "",
  keepUntil: { kind: "empty" },
};
const fields = (change: Partial<RecordDraft>, among = setting) =>
  recordProblems({ ...draft, ...change }, among).map(({ field }) => field);

describe("retention", () => {
  it("counts from the message, from another day once that is known, or not at all", () => {
    const from = { saidOn: "2024-02-29", eventOn: null };
    expect(retainedUntil(SIX, from)).toBe("2030-02-28");
    expect(retainedUntil(CASE, from)).toBeNull();
    expect(retainedUntil(CASE, { ...from, eventOn: "2025-06-30" })).toBe("2027-06-30");
    expect(retainedUntil(GOOD, from)).toBeNull();
    expect(schedule.map(keepRule)).toEqual([
      "6 years after the day of the message",
      "2 years after the case is closed",
      "Kept for good",
    ]);
  });

  it("ends after its last day, not on it", () => {
    const record = { keepUntil: "2026-11-24", disposedAt: null };
    expect(isDue(record, "2026-11-24")).toBe(false);
    expect(isDue(record, "2026-11-25")).toBe(true);
    expect(isDue({ ...record, disposedAt: new Date(0) }, "2026-11-25")).toBe(false);
    expect(isDue({ ...record, keepUntil: null }, "2999-01-01")).toBe(false);
  });
});

describe("a draft", () => {
  it("reports everything that is missing or wrong", () => {
    expect(fields({})).toEqual([]);
    expect(fields({ about: "", participants: "", content: "", system: "", systemReference: "", chat: "" })).toEqual([
      "about",
      "chat",
      "participants",
      "content",
      "system",
      "systemReference",
    ]);
    expect(fields({ saidOn: { kind: "empty" } })).toEqual(["saidOn"]);
    expect(fields({ saidOn: day("2026-11-25") })).toEqual(["saidOn"]);
    expect(fields({ group: "GRP-3333-3333" })).toEqual(["group"]);
    expect(fields({ group: "GRP-2222-2222", chat: "" })).toEqual([]);
    expect(fields({ retentionClass: "nothing" })).toEqual(["retentionClass"]);
    expect(fields({ retentionClass: CLASS_UNSURE })).toEqual([]);
    expect(fields({ content: "x".repeat(20_001) })).toEqual(["content"]);
  });

  it("has a free-text class if there is no schedule", () => {
    const none = { ...setting, schedule: [] };
    expect(fields({}, none)).toEqual(["className"]);
    expect(fields({ className: "Case files", keepUntil: { kind: "wrong", message: "No." } }, none)).toEqual([
      "keepUntil",
    ]);
    const own = { ...draft, className: "Case files", keepUntil: day("2030-01-01") };
    expect(textOf(own, [])).toMatchObject({ classId: null, className: "Case files", keepUntil: "2030-01-01" });
  });

  it("is stored with the class as it is now, or without one", () => {
    expect(textOf(draft, schedule)).toMatchObject({
      classId: "decision",
      className: "Decisions",
      keepUntil: "2032-11-20",
    });
    // A day that the chosen class does not count from is not stored.
    expect(textOf({ ...draft, eventOn: day("2026-01-01") }, schedule)).toMatchObject({ eventOn: null });
    const unsure = textOf({ ...draft, retentionClass: CLASS_UNSURE }, schedule);
    expect(unsure).toMatchObject({ classId: null, className: null, keepUntil: null });
  });
});

it("can be read by whoever captured it and readers of the register, and corrected by fewer, all of one body", () => {
  const record = { body: "nao", personId: "one", disposedAt: null };
  const as = (role: Role, personId = "other", body = "nao") => ({ roles: [role], personId, body });
  expect(mayReadRecord(as("employee", "one"), record)).toBe(true);
  expect(mayReadRecord(as("employee"), record)).toBe(false);
  expect(mayReadRecord(as("line-manager"), record)).toBe(false);
  expect(mayReadRecord(as("auditor"), record)).toBe(true);
  expect(mayReadRecord(as("governance-officer", "other", "nottingham"), record)).toBe(false);
  expect(mayCorrectRecord(as("employee", "one"), record)).toBe(true);
  expect(mayCorrectRecord(as("governance-officer"), record)).toBe(true);
  expect(mayCorrectRecord(as("auditor"), record)).toBe(false);
  expect(mayCorrectRecord(as("employee", "one"), { ...record, disposedAt: new Date(0) })).toBe(false);
});
