import { describe, expect, it } from "vitest";
import {
  CASE_PARTS,
  isHighRisk,
  isPartOpen,
  missingToClose,
  partProblems,
  type CaseAnswers,
  type CaseFacts,
} from "./case.ts";

const awareAt = new Date("2026-11-24T09:00:00Z");
const facts = (answers: CaseAnswers, mayBePersonalData = true): CaseFacts => ({
  mayBePersonalData,
  awareAt,
  isClosed: false,
  answers,
});
const assessment = { likelihood: "low", severity: "low" };

describe("a case", () => {
  it("is closed only once the decision and the notification of people are recorded, if personal data may have been disclosed", () => {
    expect(missingToClose(facts({}))).toHaveLength(3);
    const told = { told: "no", how: "No risk." };
    expect(missingToClose(facts({ assessment, people: told }))).toHaveLength(1);
    expect(missingToClose(facts({ assessment, decision: { report: "no" }, people: { told: "later" } }))).toHaveLength(
      1,
    );
    expect(missingToClose(facts({ assessment, decision: { report: "yes" }, people: told }))).toEqual([
      "Record when and how it was reported.",
    ]);
    expect(missingToClose(facts({ assessment, decision: { report: "no" }, people: told }))).toEqual([]);
    expect(missingToClose(facts({}, false))).toEqual([]);
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
