import { describe, expect, it } from "vitest";
import {
  changedParts,
  removedRisks,
  LONGEST_REQUEST_LINE,
  LONGEST_REQUEST_TEXT,
  MOST_MITIGATIONS,
  periodOf,
  periodProblems,
  problemsIn,
  riskProblems,
  scoreProblems,
  REQUEST_SECTIONS,
  type Mitigation,
  type RequestContent,
  type RequestLimits,
  type Risk,
  progressOf,
} from "./request.ts";
import { DEFAULT_RULES } from "#domain/testing/exception-rules.ts";

const TODAY = "2026-11-22";
const LIMITS: RequestLimits = {
  today: TODAY,
  rules: { ...DEFAULT_RULES, lifts: ["2.1"], never: { "2.2": "9.1" } },
  owners: ["requester", "line-manager", "governance-officer", "policy-owner"],
};
const lock: Mitigation = { text: "Lock the phone.", owner: "requester", dueOn: null };
const loss: Risk = {
  clause: null,
  description: "The phone is lost.",
  likelihoodBefore: 4,
  impactBefore: 3,
  likelihoodAfter: 2,
  impactAfter: 3,
  mitigations: [lock],
};
const empty: RequestContent = {
  clauses: [],
  situation: {},
  justification: "",
  whyNoChannel: "",
  dataInvolved: "",
  scope: null,
  teamId: null,
  groupId: null,
  wantedFrom: null,
  wantedUntil: null,
  risks: [],
};
const complete: RequestContent = {
  ...empty,
  clauses: ["2.1"],
  justification: "Partners ask.",
  whyNoChannel: "They have no other.",
  dataInvolved: "Times.",
  scope: "person",
  wantedUntil: "2027-01-31",
  risks: [loss],
};
const fieldsOf = (problems: readonly { field: string }[]) => problems.map(({ field }) => field);

describe("the period of an exception", () => {
  const fields = (from: string | null, until: string | null, today = TODAY) =>
    fieldsOf(periodProblems(from, until, { today, rules: DEFAULT_RULES }));

  it("needs an end, today or later", () => {
    expect(fields(null, null)).toEqual(["wantedUntil"]);
    expect(fields(null, "2026-11-21")).toEqual(["wantedUntil"]);
    expect(fields(null, TODAY)).toEqual([]);
  });

  it("begins today or later, and not after its end", () => {
    expect(fields("2026-11-21", "2026-12-01")).toEqual(["wantedFrom"]);
    expect(fields("2026-12-01", "2026-11-30")).toEqual(["wantedUntil"]);
    expect(fields("2026-12-01", "2026-12-01")).toEqual([]);
  });

  it("lasts twelve months at most, counted from its first day", () => {
    expect(fields(null, "2027-11-22")).toEqual([]);
    expect(fields(null, "2027-11-23")).toEqual(["wantedUntil"]);
    expect(fields("2027-01-10", "2028-01-10")).toEqual([]);
    expect(fields("2027-01-10", "2028-01-11")).toEqual(["wantedUntil"]);
    expect(periodProblems(null, "9999-12-31", LIMITS)[0]?.message).toContain("22 November 2027 or earlier");
  });

  it("knows leap days: twelve months from 29 February end on the 28th", () => {
    expect(fields(null, "2029-02-28", "2028-02-29")).toEqual([]);
    expect(fields(null, "2029-03-01", "2028-02-29")).toEqual(["wantedUntil"]);
    expect(fields(null, "2028-02-29", "2027-02-28")).toEqual(["wantedUntil"]);
  });

  it("begins within twelve months", () => {
    expect(fields("2027-11-22", "2027-12-31")).toEqual([]);
    expect(fields("2027-11-23", "2027-12-31")).toEqual(["wantedFrom"]);
    expect(fields("9999-06-01", "9999-12-31")).toEqual(["wantedFrom"]);
  });

  it("ends at the end of its last day in London, even on the days when clocks change", () => {
    const decidedAt = new Date("2026-03-01T10:00:00Z");
    const end = (until: string) => periodOf(null, until, decidedAt).endsAt.toISOString();
    expect(end("2026-03-28")).toBe("2026-03-29T00:00:00.000Z");
    expect(end("2026-03-29")).toBe("2026-03-29T23:00:00.000Z");
    expect(end("2026-10-24")).toBe("2026-10-24T23:00:00.000Z");
    expect(end("2026-10-25")).toBe("2026-10-26T00:00:00.000Z");
  });

  it("starts on its first day, or with the decision if that is later", () => {
    const decidedAt = new Date("2026-06-10T09:30:00Z");
    const start = (from: string | null) => periodOf(from, "2026-12-01", decidedAt).startsAt.toISOString();
    expect(start(null)).toBe("2026-06-10T09:30:00.000Z");
    expect(start("2026-06-01")).toBe("2026-06-10T09:30:00.000Z");
    expect(start("2026-06-11")).toBe("2026-06-10T23:00:00.000Z"); // summer time
  });
});

describe("the scores of a risk", () => {
  it("do not rise through mitigation", () => {
    expect(fieldsOf(scoreProblems({ ...loss, likelihoodAfter: 5 }, [lock]))).toEqual(["likelihoodAfter"]);
    expect(fieldsOf(scoreProblems({ ...loss, impactAfter: 4 }, [lock]))).toEqual(["impactAfter"]);
    expect(scoreProblems(loss, [lock])).toEqual([]);
  });

  it("do not fall without a mitigation", () => {
    expect(fieldsOf(scoreProblems(loss, []))).toEqual(["mitigation-1-text"]);
    expect(scoreProblems({ ...loss, likelihoodAfter: 4 }, [])).toEqual([]);
  });
});

describe("a risk", () => {
  const fields = (risk: Partial<Risk>, isLater = false) =>
    fieldsOf(riskProblems({ ...loss, ...risk }, { ...LIMITS, until: null }, isLater));

  it("needs its texts, but not while it is still being written", () => {
    expect(fields({ description: "", mitigations: [{ ...lock, text: "" }] })).toEqual([
      "description",
      "mitigation-1-text",
    ]);
    expect(fields({ description: "", mitigations: [{ ...lock, text: "" }] }, true)).toEqual([]);
  });

  it("refuses what is too long or too many in any case", () => {
    const long = { ...lock, text: "x".repeat(LONGEST_REQUEST_LINE + 1) };
    for (const isLater of [false, true]) {
      expect(fields({ description: "x".repeat(LONGEST_REQUEST_TEXT + 1) }, isLater)).toEqual(["description"]);
      expect(fields({ mitigations: [lock, long] }, isLater)).toEqual(["mitigation-2-text"]);
      expect(fields({ mitigations: Array.from({ length: MOST_MITIGATIONS + 1 }, () => lock) }, isLater)).toEqual([
        "mitigation-1-text",
      ]);
    }
    expect(fields({ description: "🙂".repeat(LONGEST_REQUEST_TEXT) })).toEqual([]);
  });

  it("has mitigations that are due today or later, and while the exception lasts", () => {
    const due = (dueOn: string, until: string | null) =>
      fieldsOf(riskProblems({ ...loss, mitigations: [{ ...lock, dueOn }] }, { ...LIMITS, until }));
    expect(due("2027-01-31", "2027-01-31")).toEqual([]);
    expect(due("2027-02-01", "2027-01-31")).toEqual(["mitigation-1-due"]);
    expect(due("2029-01-01", null)).toEqual([]); // the last day is not known yet
    expect(fields({ mitigations: [{ ...lock, dueOn: "2026-11-21" }] })).toEqual(["mitigation-1-due"]);
    expect(fields({ mitigations: [{ ...lock, dueOn: TODAY }] })).toEqual([]);
  });
});

it("has mitigations that somebody can carry out", () => {
  const byManager = { ...loss, mitigations: [{ ...lock, owner: "line-manager" as const }] };
  const owned = (owners: RequestLimits["owners"], isLater = false) =>
    fieldsOf(riskProblems(byManager, { today: TODAY, owners, until: null }, isLater));
  expect(owned(["requester", "line-manager"])).toEqual([]);
  expect(owned(["requester"])).toEqual(["mitigation-1-owner"]);
  expect(owned(["requester"], true)).toEqual([]);
});

describe("what the policy lets a request be", () => {
  const why = (clauses: string[]) => problemsIn("why", { ...complete, clauses }, LIMITS).map(({ message }) => message);

  it("are the clauses that exceptions can lift; a refusal names the clause, and the one that says so", () => {
    expect(why(["2.1"])).toEqual([]);
    expect(why(["2.1", "2.2"])).toEqual(["No exception can lift clause 2.2: clause 9.1 says so. Leave it out."]);
    expect(why(["2.1", "3.3"])).toEqual(["Clause 3.3 is not one that an exception can lift. Leave it out."]);
  });

  it("is whom it may be for, and how long it may last", () => {
    const rules = {
      ...LIMITS.rules,
      for: { who: ["team" as const], because: [] },
      longest: { months: 1, because: [] },
    };
    const who = (content: Partial<RequestContent>) =>
      fieldsOf(problemsIn("who", { ...complete, ...content }, { ...LIMITS, rules }));
    expect(who({ wantedUntil: "2026-12-22" })).toEqual(["scope"]);
    expect(who({ scope: "team", teamId: "t", wantedUntil: "2026-12-22" })).toEqual([]);
    expect(who({ scope: "team", teamId: "t", wantedUntil: "2026-12-23" })).toEqual(["wantedUntil"]);
  });
});

it("marks what differs from the request as it was sent before", () => {
  const sent = { ...complete, clauses: [...complete.clauses], risks: [{ ...loss, mitigations: [lock] }] };
  expect(changedParts(sent, complete)).toEqual(new Set());
  const now = { ...complete, justification: "Else.", wantedUntil: "2027-01-01", scope: "team" as const, teamId: "t" };
  expect(changedParts(sent, now)).toEqual(new Set(["justification", "wantedUntil", "scope"]));
  const risks = [{ ...loss, mitigations: [{ ...lock, dueOn: TODAY }] }, loss];
  expect(changedParts(sent, { ...complete, risks })).toEqual(new Set(["risk 1", "risk 2"]));
  const two = { ...sent, risks: [...sent.risks, { ...loss, description: "It is read by others.", mitigations: [] }] };
  expect(changedParts(two, complete)).toEqual(new Set());
  expect(removedRisks(two, complete)).toEqual(["It is read by others."]);
  expect(removedRisks({ ...sent, risks: [...sent.risks, ...sent.risks] }, complete)).toEqual([loss.description]);
  expect(removedRisks(sent, complete)).toEqual([]);
});

describe("the parts of a request", () => {
  const all = (content: RequestContent, today = TODAY) =>
    REQUEST_SECTIONS.flatMap((section) => problemsIn(section, content, { ...LIMITS, today }));

  it("list everything that is missing, and nothing if complete", () => {
    expect(fieldsOf(all(empty))).toEqual([
      "clauses",
      "justification",
      "whyNoChannel",
      "dataInvolved",
      "scope",
      "wantedUntil",
      "risks",
    ]);
    expect(all(complete)).toEqual([]);
  });

  it("treat blank text as missing", () => {
    expect(fieldsOf(all({ ...complete, justification: " \n " }))).toEqual(["justification"]);
  });

  it("need the team that it is for", () => {
    expect(fieldsOf(all({ ...complete, scope: "team" }))).toEqual(["scope"]);
    expect(all({ ...complete, scope: "team", teamId: "team-1" })).toEqual([]);
  });

  it("check each risk again on the day it is sent", () => {
    const due = { ...loss, mitigations: [{ ...lock, dueOn: "2026-12-01" }] };
    const content = { ...complete, risks: [loss, due] };
    expect(all(content, "2026-12-01")).toEqual([]);
    expect(all(content, "2026-12-02")).toEqual([
      { field: "risks", message: "Risk 2: The day it is due must be today or later." },
    ]);
  });
});

describe("how far a part is", () => {
  const progress = (content: Partial<RequestContent>, isFlagged = false, today = TODAY) =>
    REQUEST_SECTIONS.map((section) => progressOf(section, { ...empty, ...content }, { ...LIMITS, today }, isFlagged));

  it("is not started if nothing is filled in, whatever clauses were prefilled", () => {
    expect(progress({})).toEqual(["not-started", "not-started", "not-started"]);
    expect(progress({ clauses: ["2.1"], situation: { audience: "citizen" } })[0]).toBe("not-started");
  });

  it("is not complete if something is missing", () => {
    const unnamed = { ...loss, description: "" };
    expect(progress({ dataInvolved: "Times.", scope: "team", wantedUntil: "2027-01-01", risks: [unnamed] })).toEqual([
      "not-complete",
      "not-complete",
      "not-complete",
    ]);
    expect(progress({ ...complete, clauses: [] })[0]).toBe("not-complete");
  });

  it("is complete if nothing is missing or wrong", () => {
    expect(progress(complete)).toEqual(["complete", "complete", "complete"]);
  });

  it("has to be looked at again after a comment, or if time has passed", () => {
    expect(progress(complete, true)).toEqual(["look-again", "look-again", "look-again"]);
    expect(progress(complete, false, "2027-02-01")).toEqual(["complete", "look-again", "complete"]);
  });
});
