import { describe, expect, it } from "vitest";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { Clause, Strength } from "#domain/policy/policy/clause.ts";
import { factOf, ruleBecause } from "#domain/testing/exception-rules.ts";
import { exceptionRulesOf, exceptionSettingsProblems, exceptionSettingsSchema } from "./exception-rules.ts";

const clause = (id: string, strength: Strength, text: string): Clause => ({
  id,
  strength,
  text,
  kind: "rule",
  from: [],
  section: null,
});

const CLAUSES = [
  clause("1.1", "information", "What it is about."),
  clause("2.1", "must-not", "You must not message children."),
  clause("2.2", "must-not", "You must not message customers."),
  clause("2.3", "may", "You may message colleagues."),
  clause("9.1", "may", "You may ask for an exception, for yourself or for your team."),
  clause("9.2", "must-not", "Nobody may approve an exception from clause 2.1."),
  clause("9.3", "must", "The governance officer decides on an exception."),
  clause("9.4", "must", "An exception ends after at most six months."),
];
const TABLE = buildTable(
  [
    ["audience", factOf("colleague", "customer", "child")],
    ["exception", factOf("yes", "no")],
  ],
  [
    ruleBecause("children", { audience: ["child"] }, "never", ["2.1"]),
    ruleBecause("colleagues", { audience: ["colleague"] }, "allowed", ["2.3"]),
    ruleBecause("under", { exception: ["yes"] }, "with-care", ["9.1"]),
    ruleBecause("customers", {}, "never", ["2.2", "1.1"]),
  ],
  [],
);
const VERSION = { clauses: CLAUSES, table: TABLE };
const RIGHT = {
  lift: ["2.2"],
  never: [{ clauses: ["2.1"], because: "9.2" }],
  decide: {
    low: ["governance-officer"],
    medium: ["governance-officer"],
    high: [["governance-officer"]],
    because: ["9.3"],
  },
  longest: { months: 6, because: ["9.4"] },
  for: { who: ["person", "team"], because: ["9.1"] },
};
const problems = (settings: object, version = VERSION) =>
  exceptionSettingsProblems(version, exceptionSettingsSchema.parse({ ...RIGHT, ...settings }));

describe("the rules for exceptions", () => {
  it("are what the version says, then what its body says, then the portal's own", () => {
    const settings = exceptionSettingsSchema.parse(RIGHT);
    const rules = exceptionRulesOf(VERSION, settings, { target: { workingDays: 3 }, longest: { months: 2 } });
    expect(rules).toMatchObject({
      lifts: ["2.2"],
      never: { "2.1": "9.2" },
      decide: { high: [["governance-officer"]], because: ["9.3"] },
      longest: { months: 6, because: ["9.4"] },
      target: { workingDays: 3, because: [] },
      extend: { most: 3, because: [] },
    });
    expect(exceptionRulesOf(VERSION, null, { longest: { months: 2 } }).longest).toEqual({ months: 2, because: [] });
  });

  it("let clauses be lifted that the table answers to where the version does not say, or all that bind without such rules", () => {
    expect(exceptionRulesOf(VERSION, null).lifts).toEqual(["2.2"]);
    const plain = buildTable(
      [["audience", factOf("colleague", "child")]],
      [ruleBecause("all", {}, "never", ["2.1"])],
      [],
    );
    expect(exceptionRulesOf({ clauses: CLAUSES, table: plain }, null).lifts).toEqual([
      "2.1",
      "2.2",
      "9.2",
      "9.3",
      "9.4",
    ]);
  });
});

describe("the settings", () => {
  it("are right if they say what text and table say", () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ["a clause that is not there", { lift: ["2.2", "7.7"] }, "the text has no clause 7.7"],
    ["information", { lift: ["2.2", "1.1"] }, "clause 1.1 asks nothing of anybody"],
    ["a clause that is never lifted", { lift: ["2.1", "2.2"] }, "clause 9.2 says that clause 2.1 is never lifted"],
    ["a clause that no rule for exceptions answers to", { lift: ["2.2", "9.3"] }, "based on clause 9.3"],
    ["too few for the table", { lift: [] }, 'answers rule "customers" more laxly'],
    [
      "a clause as never lifted that the other does not name",
      { never: [{ clauses: ["2.1", "2.3"], because: "9.2" }] },
      "clause 9.2 does not name clause 2.3",
    ],
    [
      "no clause that says what is never lifted",
      { never: [] },
      "clause 9.2 speaks of exceptions, and no setting names it",
    ],
    [
      "a decider whom the text does not name",
      { decide: { ...RIGHT.decide, low: ["line-manager"] } },
      "does not name the line-manager",
    ],
    ["another number of months", { longest: { months: 12, because: ["9.4"] } }, "clause 9.4 does not say 12 months"],
    [
      "whom the text does not name",
      { for: { who: ["person", "team", "group"], because: ["9.1"] } },
      "does not name a group",
    ],
    ["fewer than the text names", { for: { who: ["person"], because: ["9.1"] } }, "names a team"],
  ])("name %s", (_, settings, message) => {
    expect(problems(settings).join("\n")).toContain(message);
  });

  it("name a decider whom the text names, and who decides nowhere", () => {
    const text = "The governance officer decides on an exception, the Senior Information Risk Owner on a high risk.";
    const clauses = CLAUSES.map((one) => (one.id === "9.3" ? { ...one, text } : one));
    expect(problems({}, { ...VERSION, clauses })).toEqual([
      expect.stringContaining("names the senior-information-risk-owner, who decides nowhere here"),
    ]);
  });

  const OFFICER = "governance-officer";
  const SENIOR = "senior-information-risk-owner";
  it.each([
    ["The governance officer decides. Where the risk is high, the Senior Information Risk Owner decides."],
    ["The governance officer decides, but where the risk is high the Senior Information Risk Owner does."],
    ["Above medium risk, the Senior Information Risk Owner decides; otherwise the governance officer does."],
    ["The SIRO decides if the risk is more than medium, in all other cases the governance officer."],
    [
      "The governance officer decides where the risk is low or medium. The SIRO decides on anything else, if it is high.",
    ],
  ])("hold against the text who decides at which risk: %s", (text) => {
    const clauses = CLAUSES.map((one) => (one.id === "9.3" ? { ...one, text } : one));
    const found = (low: string, medium: string, high: string) =>
      problems({ decide: { low: [low], medium: [medium], high: [high], because: ["9.3"] } }, { ...VERSION, clauses });
    expect(found(OFFICER, OFFICER, SENIOR)).toEqual([]);
    expect(found(SENIOR, OFFICER, OFFICER)).toEqual([
      expect.stringContaining("the governance-officer decides where the risk is low"),
      expect.stringContaining("the governance-officer does not decide where the risk is high"),
      expect.stringContaining("the senior-information-risk-owner does not decide where the risk is low"),
      expect.stringContaining("the senior-information-risk-owner decides where the risk is high"),
    ]);
    expect(found(OFFICER, SENIOR, SENIOR)).toContainEqual(
      expect.stringContaining("the governance-officer decides where the risk is medium"),
    );
  });

  it("may let two roles decide in a row where the text says that the second decides also", () => {
    const text = "The governance officer decides. If the risk is medium or higher, the SIRO decides as well.";
    const clauses = CLAUSES.map((one) => (one.id === "9.3" ? { ...one, text } : one));
    const decide = { low: [OFFICER], medium: [OFFICER, SENIOR], high: [OFFICER, SENIOR], because: ["9.3"] };
    expect(problems({ decide }, { ...VERSION, clauses })).toEqual([]);
    expect(problems({ decide: { ...decide, medium: [OFFICER] } }, { ...VERSION, clauses })).toHaveLength(1);
  });

  it.each([
    ["longest", { months: 12 }, "It ends after a year."],
    ["longest", { months: 24 }, "It lasts two years at most."],
    ["longest", { months: 24 }, "It lasts twenty-four months at most."],
    ["longest", { months: 1 }, "It ends within a month."],
    ["longest", { months: 6 }, "There is a six-month limit."],
    ["extend", { most: 0 }, "It cannot be extended."],
    ["extend", { most: 1 }, "It may be extended once."],
    ["extend", { most: 2 }, "It may be extended twice, each time anew."],
    ["extend", { most: 3 }, "It may be extended three times."],
    ["target", { workingDays: 30 }, "They decide within thirty working days."],
  ])("agree with how a text says the number: %s %j", (name, setting, text) => {
    const clauses = [...CLAUSES, clause("9.5", "must", text)];
    const wrong = Object.fromEntries(Object.entries(setting).map(([key, number]) => [key, number + 4]));
    expect(problems({ [name]: { ...setting, because: ["9.5"] } }, { ...VERSION, clauses })).not.toContainEqual(
      expect.stringContaining("clause 9.5"),
    );
    expect(problems({ [name]: { ...wrong, because: ["9.5"] } }, { ...VERSION, clauses })).toContainEqual(
      expect.stringContaining("clause 9.5 does not say"),
    );
  });

  it("name a rule that an exception lifts although the text says never", () => {
    const lax = buildTable(
      TABLE.facts.map(({ name, fact: own }) => [name, own]),
      TABLE.rules
        .filter(({ id }) => id !== "children")
        .toSpliced(2, 0, ruleBecause("children", { audience: ["child"] }, "never", ["2.1"])),
      [],
    );
    expect(problems({}, { ...VERSION, table: lax })).toEqual([
      expect.stringContaining('answers rule "children" more laxly under an exception'),
    ]);
  });
});
