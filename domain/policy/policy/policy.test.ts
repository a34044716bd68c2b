import { describe, expect, it } from "vitest";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { sectionAnchor } from "./clause.ts";
import { isPlanned } from "#domain/policy/decision/feature.ts";
import { cover, coverageLines } from "./coverage.ts";
import { reviewStanding } from "./front-matter.ts";
import { compareVersions, currentVersion, stateOfVersion, type PolicyVersion } from "./policy.ts";

const version = (number: string, status: string, effective: string | null = null) =>
  ({ version: number, frontMatter: { status, effective }, isPublished: true }) as PolicyVersion;

describe("the current version", () => {
  const today = "2026-11-22";
  it.each([
    [
      "the newest in force",
      [version("1.9", "in force", "2026-01-01"), version("1.10", "in force", "2026-02-01")],
      "1.10",
    ],
    ["in force before a newer draft", [version("1", "in force"), version("2", "draft")], "1"],
    ["interim before a draft", [version("1", "interim", "2020-08"), version("2", "draft")], "1"],
    [
      "not what is still to come",
      [version("1", "in force", "2026-01-01"), version("2", "in force", "2026-11-23")],
      "1",
    ],
    ["what comes today", [version("1", "in force", "2026-01-01"), version("2", "in force", "2026-11-22")], "2"],
    ["what comes this month", [version("1", "in force", "2026-01-01"), version("2", "in force", "2026-11")], "2"],
    ["else the newest draft", [version("0.2", "draft"), version("0.10", "draft"), version("1", "withdrawn")], "0.10"],
    ["the newer where two are in force", [version("3", "in force", "2026-01-01"), version("2", "in force", null)], "3"],
  ])("is %s", (_, versions, expected) => {
    expect(currentVersion(versions, today)?.version).toBe(expected);
  });

  it("is never one that is not published, whatever its author wrote into it", () => {
    const next = { ...version("2", "in force", "2026-01-01"), isPublished: false };
    const withdrawal = { ...version("3", "withdrawn", "2026-01-01"), isPublished: false };
    expect(currentVersion([version("1", "in force", "2026-01-01"), next, withdrawal], today)?.version).toBe("1");
    expect(stateOfVersion([version("1", "in force", "2026-01-01"), next], next, today)).toBe("draft");
  });

  it("is none if every version is withdrawn", () => {
    expect(currentVersion([version("1", "withdrawn")], today)).toBeNull();
  });

  it("compares version numbers part by part", () => {
    expect(["1.10", "1.9", "1", "0.2", "1.0"].sort(compareVersions)).toEqual(["0.2", "1", "1.0", "1.9", "1.10"]);
  });
});

describe("dates", () => {
  it("are days in London, in summer and in winter", () => {
    expect(calendarDay(new Date("2026-06-30T23:30:00Z"))).toBe("2026-07-01");
    expect(calendarDay(new Date("2026-12-31T23:30:00Z"))).toBe("2026-12-31");
    expect([dateInWords("2023-11-22"), dateInWords("2020-08")]).toEqual(["22 November 2023", "August 2020"]);
  });

  it.each([
    ["2019-12-31", "2020-01-01", true],
    ["2019-12-31", "2019-12-31", false],
    ["2019-12", "2019-12-31", false],
    ["2019-12", "2020-01-01", true],
    [null, "2026-01-01", false],
  ])("a review due %s is on %s overdue: %s", (reviewDue, today, expected) => {
    expect(reviewStanding({ reviewDue, status: "draft" }, today).kind === "overdue").toBe(expected);
    expect(reviewStanding({ reviewDue, status: "withdrawn" }, today).kind).toBe("none");
  });
});

describe("the anchor of a heading", () => {
  it("is its number, otherwise its words", () => {
    expect(sectionAnchor("2 What you may send")).toBe("section-2");
    expect(sectionAnchor("Calls & video")).toBe("section-calls-video");
  });
});

describe("coverage", () => {
  const clause = (id: string, ...from: string[]) =>
    ({ id, strength: "must", kind: "rule", from, text: "x", section: null }) as const;
  const rule = {
    id: "r",
    when: {},
    verdict: "never",
    because: ["1.1"],
    obligations: ["o"],
    instead: [],
    contacts: [],
  } as const;
  const input = {
    source: { id: "S9", statements: 5 },
    clauses: [clause("1.1", "S9.1"), clause("1.2", "S9.2"), clause("1.3", "S9.3"), clause("1.4", "S9.4")],
    rules: [{ ...rule, because: ["1.1"], obligations: ["o"], instead: [], contacts: [] }],
    obligations: [
      { id: "o", text: "x", because: ["1.2"] },
      { id: "unused", text: "x", because: ["1.3"] },
    ],
    file: "rules.yaml",
  };

  it("puts each statement on the first list that fits: decided, served, information", () => {
    const sources = {
      served: { "S9.1": "groups", "S9.3": "groups", "S9.4": "contacts" },
      information: { "S9.4": "why", "S9.5": "why" },
    } as const;
    expect(cover({ ...input, sources })).toEqual({
      of: "statements",
      decided: 2,
      served: 2,
      information: 1,
      missing: 0,
      planned: ["groups" as const].filter(isPlanned).length,
      faults: [],
    });
  });

  it("says for each what carries it, what decides it and what serves it", () => {
    const obligations = [{ id: "o", text: "x", because: ["1.2"], feature: "records" as const }];
    const sources = { served: { "S9.3": "contacts" }, information: { "S9.4": "why" } } as const;
    const [ruled, obliged, served, told, missing] = coverageLines({ ...input, obligations, sources });
    expect(ruled).toMatchObject({ kind: "decided", rules: ["r"], features: [] });
    expect(obliged).toMatchObject({ kind: "decided", rules: [], obligations: [{ id: "o" }], features: ["records"] });
    expect(served).toMatchObject({ kind: "served", features: ["contacts"], clauses: [{ id: "1.3" }] });
    expect(told).toMatchObject({ kind: "information", reason: "why" });
    expect(missing).toMatchObject({ id: "S9.5", kind: "missing", clauses: [] });
  });

  it("covers the clauses of a policy without a source, none of them missing", () => {
    const clauses = [clause("1.1"), clause("1.2"), clause("1.3"), clause("1.4")];
    const sources = { served: {}, information: {} };
    const given = { ...input, source: null, clauses, sources, served: { "1.3": "contacts", "1.1": "groups" } as const };
    expect(coverageLines(given).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      "1.1 decided",
      "1.2 decided",
      "1.3 served",
      "1.4 information",
    ]);
    expect(cover(given)).toMatchObject({
      of: "clauses",
      decided: 2,
      served: 1,
      information: 1,
      missing: 0,
      faults: [],
    });
  });

  it("names what is missing, what no clause carries, and what the source does not have", () => {
    const sources = { served: { "S9.5": "groups", "S8.1": "groups" }, information: {} } as const;
    const { missing, faults } = cover({ ...input, sources });
    expect(missing).toBe(2);
    expect(faults.map(({ message }) => message.split(".").slice(0, 2).join("."))).toEqual([
      "S9.3 is missing",
      "S9.4 is missing",
      "S9.5 is served by groups, but no clause carries it",
      "S8.1 is no statement of this policy's source (S9",
    ]);
  });
});
