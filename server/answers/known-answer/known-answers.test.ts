import { describe, expect, it } from "vitest";
import { hasAnswer, withoutAnswer } from "#domain/registers/continuity/offer.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import { outcomeAt, ruleAt, situationsWith } from "#domain/testing/enumerated-table.ts";
import { signpostOffer } from "#domain/policy/decision/offer.ts";
import { isPermission } from "#domain/policy/decision/verdict.ts";
import { ownTable } from "#domain/policy/exception/coverage.ts";
import { knownAnswerProblems } from "#domain/policy/policy/known-answer.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";

// Covers the policies that come with the portal, in every situation.
const { versions: read, knownAnswers, questions, faults } = await readContent("content");
const versions = read.flatMap((one) => wholeVersion(one) ?? []);
const { continuity, signpost } = knownAnswers;
if (!continuity || !signpost) throw new Error("content/known-answers.yaml names neither.");

it("names answers that the questions have", () => {
  expect(faults).toEqual([]);
  expect(knownAnswerProblems(knownAnswers, questions)).toEqual([]);
  const wrong = {
    ...knownAnswers,
    continuity: { fact: "nothing", answer: "x" },
    signpost: { ...signpost, answer: "y" },
  };
  expect(knownAnswerProblems(wrong, questions)).toHaveLength(2);
});

describe.each(versions)("$slug $version", (version) => {
  const { table } = version;
  it("has that answer nowhere without a declared activity, and leaves every other situation unchanged", () => {
    const without = withoutAnswer(table, continuity);
    expect(withoutAnswer(table, continuity)).toBe(without);
    expect(hasAnswer(without, continuity)).toBe(false);
    for (const { fact } of without.facts) expect(Object.keys(fact.answers)).not.toContain(continuity.answer);
    const fact = table.facts.find(({ name }) => name === continuity.fact);
    if (!fact) return expect(without).toBe(table);
    expect(without.situations).toBe((table.situations / fact.answers.length) * (fact.answers.length - 1));
    for (let at = 0; at < without.situations; at++) {
      const [before = -1] = situationsWith(table, situationAt(without, at));
      if (ruleAt(without, at) !== ruleAt(table, before) || outcomeAt(without, at) !== outcomeAt(table, before))
        expect.fail(JSON.stringify(situationAt(without, at)));
    }
    const own = ownTable({ table: without, exceptionRules: version.exceptionRules }, []).table;
    expect(hasAnswer(own, continuity)).toBe(false);
  });

  it("offers a signpost only if it permits one, and never instead of something that is permitted", () => {
    for (let at = 0; at < table.situations; at += 7) {
      const answers = situationAt(table, at);
      const rule = ruleAt(table, at);
      if (!rule) throw new Error("A gap.");
      const offer = signpostOffer(table, signpost, answers, rule.verdict);
      if (offer === null) continue;
      if (offer.kind === "this") {
        expect(isPermission(rule.verdict) && answers[signpost.fact] === signpost.answer).toBe(true);
        continue;
      }
      expect(isPermission(rule.verdict)).toBe(false);
      expect(offer.answers).toMatchObject({ [signpost.fact]: signpost.answer });
      if (answers["audience"]) expect(offer.answers["audience"]).toBe(answers["audience"]);
      const open = [...situationsWith(table, offer.answers)].map((one) => ruleAt(table, one));
      const permitting = open.filter((one) => one && isPermission(one.verdict)).length;
      expect(permitting).toBeGreaterThan(0);
      expect(offer.isCertain).toBe(permitting === open.length);
    }
  });
});

it("offers it to colleagues and partners of Bromsgrove and Redditch, and to no customer", () => {
  const published = versions.find(({ slug }) => slug === "bromsgrove-redditch");
  if (!published) throw new Error("The policy is not there.");
  const { table } = ownTable(published, []);
  const offerTo = (audience: string) => {
    const answers = { audience, purpose: "forward", content: "sensitive" };
    const decision = decide(table, answers);
    if (!decision.settled) throw new Error("More is asked.");
    return signpostOffer(table, signpost, answers, decision.rule.verdict);
  };
  expect(offerTo("colleague")).toMatchObject({ kind: "instead", isCertain: false });
  expect(offerTo("partner")).toMatchObject({
    kind: "instead",
    answers: { audience: "partner", purpose: "signpost", content: "non-sensitive" },
  });
  expect(offerTo("public")).toBeNull();
});
