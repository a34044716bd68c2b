import { describe, expect, it } from "vitest";
import {
  CASE_PARTS,
  isHighRisk,
  isPartOpen,
  missingToClose,
  partProblems,
  isClockRunning,
  isDeletionOwed,
  isTellingOwed,
  type CaseAnswers,
  type ClosingFacts,
} from "./case.ts";

const awareAt = new Date("2026-11-24T09:00:00Z");
const facts = (answers: CaseAnswers, mayBePersonalData = true): ClosingFacts => ({
  mayBePersonalData,
  awareAt,
  isClosed: false,
  answers,
  deletion: "free",
  leftToDelete: [],
});
const assessment = { likelihood: "low", severity: "low" };

describe("a case", () => {
  it("is closed only once the decision and the notification of people are recorded, if personal data may have been disclosed", () => {
    expect(missingToClose(facts({}))).toHaveLength(3);
    const told = { told: "no", how: "No risk." };
    expect(missingToClose(facts({ assessment, people: told }))).toHaveLength(1);
    // Telling them is then handed over to somebody.
    expect(missingToClose(facts({ assessment, decision: { report: "no" }, people: { told: "later" } }))).toEqual([]);
    expect(missingToClose(facts({ assessment, decision: { report: "yes" }, people: told }))).toEqual([
      "Record when and how it was reported.",
    ]);
    expect(missingToClose(facts({ assessment, decision: { report: "no" }, people: told }))).toEqual([]);
    expect(missingToClose(facts({}, false))).toEqual([]);
  });

  it("is not closed while nobody has said whether what is left may be deleted", () => {
    const left = (deletion: ClosingFacts["deletion"], answers: CaseAnswers = {}): ClosingFacts => ({
      ...facts(answers, false),
      deletion,
      leftToDelete: ["media"],
    });
    for (const state of ["unasked", "doubt", "waiting"] as const) {
      expect(missingToClose(left(state)), state).toHaveLength(1);
      expect(missingToClose(left(state, { ruling: { ruling: "keep" } })), state).toEqual([]);
      expect(missingToClose({ ...left(state), leftToDelete: [] }), state).toEqual([]);
    }
    for (const state of ["held", "refused", "free"] as const) expect(missingToClose(left(state)), state).toEqual([]);
    expect(isDeletionOwed(left("free"))).toBe(true);
    expect(isDeletionOwed(left("unasked", { ruling: { ruling: "delete" } }))).toBe(true);
    for (const state of ["held", "refused", "waiting", "unasked"] as const)
      expect(isDeletionOwed(left(state)), state).toBe(false);
  });

  it("counts the hours until it is reported, or decided that it need not be", () => {
    expect(isClockRunning(facts({}))).toBe(true);
    expect(isClockRunning(facts({ decision: { report: "yes" } }))).toBe(true);
    expect(isClockRunning(facts({ decision: { report: "yes" }, regulator: { way: "online" } }))).toBe(false);
    expect(isClockRunning(facts({ decision: { report: "no" } }))).toBe(false);
    expect(isClockRunning(facts({}, false))).toBe(false);
    expect(isClockRunning({ ...facts({}), isClosed: true })).toBe(false);
  });

  it("owes people the telling while it is put off, or where the risk is high and nothing is recorded", () => {
    const high = { assessment: { likelihood: "high", severity: "high" } };
    expect(isTellingOwed(high)).toBe(true);
    expect(isTellingOwed({ ...high, people: { told: "later" } })).toBe(true);
    expect(isTellingOwed({ people: { told: "later" } })).toBe(true);
    expect(isTellingOwed({ ...high, people: { told: "yes" } })).toBe(false);
    expect(isTellingOwed({ ...high, people: { told: "no" } })).toBe(false);
    expect(isTellingOwed({})).toBe(false);
  });

  it("was reported between the moment the body knew and now, to the minute", () => {
    const decided = { decision: { report: "yes" } };
    const on = (reported: string) => partProblems("regulator", { reported }, facts(decided));
    expect(on("2020-01-01T09:00:00Z")).toMatchObject([{ field: "reported" }]);
    expect(on("2026-11-24T08:59:00Z")).toMatchObject([{ field: "reported" }]);
    expect(on("2026-11-24T09:00:00Z")).toEqual([]);
    const half = { ...facts(decided), awareAt: new Date("2026-11-24T09:00:59Z") };
    expect(partProblems("regulator", { reported: "2026-11-24T09:00:00Z" }, half)).toEqual([]);
    const reported = facts({ ...decided, regulator: { reported: "2026-11-25T09:00:00Z" } });
    expect(partProblems("clock", { aware: "2026-11-25T09:01:00Z" }, reported)).toMatchObject([{ field: "aware" }]);
    expect(partProblems("clock", { aware: "2026-11-25T09:00:00Z" }, reported)).toEqual([]);
  });

  it("is of high risk if harm is both likely and serious enough", () => {
    const risk = (likelihood: string, severity: string) => isHighRisk({ assessment: { likelihood, severity } });
    expect([risk("medium", "high"), risk("high", "medium"), risk("high", "high")]).toEqual([true, true, true]);
    expect([risk("medium", "medium"), risk("high", "low"), risk("low", "high")]).toEqual([false, false, false]);
    expect(isHighRisk({})).toBe(false);
  });

  it("records a report to the regulator only after the decision, and requires a reason for a late one", () => {
    const late = { reported: "2026-11-27T09:00:01Z", way: "online", authorityReference: "IC-1" };
    const decided = { decision: { report: "yes" } };
    expect(partProblems("regulator", late, facts({}))).toHaveLength(2);
    expect(partProblems("regulator", late, facts(decided))).toMatchObject([{ field: "delay" }]);
    expect(partProblems("regulator", { ...late, delay: "Nobody knew." }, facts(decided))).toEqual([]);
    expect(partProblems("regulator", { ...late, reported: "2026-11-27T09:00:00Z" }, facts(decided))).toEqual([]);
    expect(partProblems("decision", { report: "no" }, facts({ regulator: late }))).toMatchObject([{ field: "report" }]);
  });

  it("can only be reopened once closed", () => {
    expect(CASE_PARTS.filter((part) => isPartOpen(part, true))).toEqual(["reopening"]);
    expect(CASE_PARTS.filter((part) => !isPartOpen(part, false))).toEqual(["reopening"]);
  });
});
