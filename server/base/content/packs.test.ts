import { expect, it, describe } from "vitest";
import { decide } from "#domain/policy/decision/decide.ts";
import { productOf, situationAt } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import { nextChangeIn, versionOn } from "#domain/policy/policy/on-day.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { checkContent } from "./check.ts";
import { readContent, wholeVersion } from "./read.ts";
import { policyTextHtml } from "./text-html.ts";

// Two invented bodies whose policies come from files alone (docs/decisions/076).

const content = await readContent("content");
const LAST_DAY = "2027-03-31";
const DAY_AFTER = "2027-04-01";

function version(slug: string): PolicyVersion {
  const read = content.versions.find((one) => one.slug === slug);
  const whole = read && wholeVersion(read);
  if (!whole) throw new Error(`${slug} could not be read.`);
  return whole;
}

/** What the government's policy says, from its clauses, without its table. */
function governmentSays(to: Answers, day: string): Verdict {
  const { device, use, content: how, outage, transition, capture, exception } = to;
  if (use === "private") return device === "personal" ? "not-covered" : "never";
  if (device === "personal" || how !== "non-sensitive") return "never";
  if (outage === "yes") return capture === "yes" ? "with-care" : "never";
  if (use === "business") return "never";
  if (transition === "yes" && day <= LAST_DAY) return capture === "yes" ? "with-care" : "never";
  if (exception === "yes") return capture === "yes" ? "with-care" : "never";
  return "exception-only";
}

/** The same for the trust. */
function trustSays({ what, practical, identity, harm, rung, told, gallery }: Answers): Verdict {
  if (what === "care" || what === "staff") return "never";
  if (what === "arrangements") return "allowed";
  if (practical === "yes") return "never";
  const isImageBarred = gallery === "no" || rung === "no" || told === "no" || (told === "cannot" && harm === "no");
  if (what === "image" && isImageBarred) return "never";
  if (identity !== "anonymous") return harm === "yes" ? "discouraged" : "never";
  return "with-care";
}

function differences(of: PolicyVersion, says: (answers: Answers) => Verdict): string[] {
  expect(productOf(of.table.facts)).toBe(of.table.situations);
  return Array.from({ length: of.table.situations }, (_, at) => situationAt(of.table, at)).flatMap((situation) => {
    const decision = decide(of.table, situation);
    const said = decision.settled ? decision.rule.verdict : null;
    return said === says(situation) ? [] : [`${JSON.stringify(situation)}: ${said}, not ${says(situation)}`];
  });
}

describe("the policy of the devolved government", () => {
  const policy = version("devolved-government");
  const ofList: Answers = {
    device: "work",
    use: "arrangements",
    content: "non-sensitive",
    outage: "no",
    transition: "yes",
    capture: "yes",
    exception: "no",
  };

  it.each([LAST_DAY, DAY_AFTER, "2026-11-30", "2030-01-01"])("says on %s what its clauses say", (day) => {
    expect(differences(versionOn(policy, day), (answers) => governmentSays(answers, day))).toEqual([]);
  });

  it("is proven on both sides of the day, with every situation", () => {
    const [proof] = checkContent(
      content,
      content.versions.filter(({ slug }) => slug === policy.slug),
    ).policies;
    expect(proof).toMatchObject({ periods: 2, situations: 2 * policy.table.situations, undecided: 0, laxer: 0 });
  });

  it("tells when an answer ends, and what follows", () => {
    const change = nextChangeIn(versionOn(policy, LAST_DAY), ofList);
    expect(change).toMatchObject({ until: LAST_DAY, from: DAY_AFTER, rule: { id: "transition-over" } });
    expect(nextChangeIn(versionOn(policy, DAY_AFTER), ofList)).toBeNull();
    expect(nextChangeIn(versionOn(policy, LAST_DAY), { ...ofList, transition: "no" })).toBeNull();
  });

  it("keeps duties of the body apart, and lets nobody depart from them", () => {
    const duties = policy.clauses.filter(({ binds }) => binds === "body").map(({ id }) => id);
    expect(duties).toEqual(["2.4", "3.6", "3.7", "4.3", "6.2", "6.3"]);
    expect(policy.exceptionRules.lifts).toEqual(["3.1"]);
  });

  it("has approvers in a row", () => {
    const { decide: steps } = policy.exceptionRules;
    expect(steps.low).toEqual([["line-manager"], ["governance-officer"]]);
    expect(steps.high).toHaveLength(3);
  });

  it("writes its table of tools with a name, column heads and row heads", async () => {
    const html = await policyTextHtml(policy);
    expect(html).toContain('<table role="table" aria-label="What it is for, Tool, On which device, On the record">');
    expect(html).toContain('<th role="columnheader" scope="col">Tool</th>');
    expect(html).toContain('<th role="rowheader" scope="row">Everyday business</th>');
    expect(html).toContain('<td role="cell" data-label="Tool">Our own systems</td>');
    expect(html).toContain("A duty of the organisation: ");
  });
});

describe("the policy of the health trust", () => {
  const policy = version("health-trust");

  it("says in every situation what its clauses say", () => {
    expect(differences(policy, trustSays)).toEqual([]);
    expect(policy.days).toEqual([]);
  });

  it("has grades of care in its own words, and no sentence about sending", () => {
    expect(verdictWord(policy, "with-care")).toBe("With great care");
    expect(verdictWord(policy, "allowed")).toBe("With care");
    expect(policy.words).toMatchObject({ question: "May I share this?", check: "Check before you share" });
  });

  it("has nothing to depart from", () => expect(policy.exceptionRules.lifts).toEqual([]));
});
