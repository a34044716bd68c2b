import { describe, expect, it } from "vitest";
import { decide } from "#domain/policy/decision/decide.ts";
import { type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { questionCount } from "#domain/policy/decision/question-count.ts";
import { MOST_QUESTIONS_TO_BEST, remainingQuestions } from "#domain/policy/decision/question-order.ts";
import { questionsAfter } from "#domain/policy/decision/wizard.ts";
import { ownTable } from "#domain/policy/exception/coverage.ts";
import { plainFewestQuestions } from "#domain/testing/fewest-questions.ts";
import { walkedPlaces } from "#domain/testing/walked-questions.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";

// For every published version: the table as published, and as it is without an exception, which is nearly everybody's
// case.

const content = await readContent("content");
const tables = content.versions
  .flatMap((read) => wholeVersion(read) ?? [])
  .flatMap((of): [name: string, table: DecisionTable][] => [
    [`${of.slug} ${of.version}`, of.table],
    [`${of.slug} ${of.version} without exception`, ownTable(of, []).table],
  ]);

describe.each(tables)("%s", (_, table) => {
  it("asks at most 10 % more than the best possible, on average over all situations", () => {
    const fewest = plainFewestQuestions(table);
    const count = questionCount(table);
    // A question that waits for another may cost a little.
    const isWaiting = table.facts.some(({ fact }) => fact.after);
    expect(count?.fewest ?? 0).toBeGreaterThanOrEqual(fewest - 1e-9);
    if (!isWaiting) expect(count?.fewest).toBeCloseTo(fewest, 9);
    expect(count?.average ?? Infinity).toBeLessThanOrEqual(fewest * MOST_QUESTIONS_TO_BEST + 1e-9);
  });

  it("says how many questions come, and on every path that many do", () => {
    const places = walkedPlaces(table);
    const wrong = places.filter(({ answers, asked, fewest, most }) => {
      const given = table.facts.find(({ name }) => name === asked)?.answers;
      const said = remainingQuestions(table, answers);
      const after = asked !== null && given ? questionsAfter(table, answers, asked, given) : { fewest: -1, most: -1 };
      return said.fewest !== fewest || said.most !== most || after.fewest !== fewest - 1 || after.most !== most - 1;
    });
    expect(places.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });

  it.each([
    ["what it is for", "who is in the photo", "purpose", "people"],
    ["in which chat", "whether everybody there agreed", "chat", "consent"],
  ])("asks %s before it asks %s", (_first, _second, before, later) => {
    const early: Answers[] = [];
    const walk = (answers: Answers, asked: readonly string[]): void => {
      const decision = decide(table, answers);
      if (decision.settled) return;
      const [next] = decision.needs;
      if (next === later) early.push(...(asked.includes(before) ? [] : [answers]));
      for (const answer of table.facts.find(({ name }) => name === next)?.answers ?? [])
        walk({ ...answers, [next]: answer }, [...asked, next]);
    };
    walk({}, []);
    expect(early).toEqual([]);
  });
});

describe("the order of the questions", () => {
  it("is known for every table, and where it begins is the first thing to ask", () => {
    const first = (table: DecisionTable) => {
      const decision = decide(table, {});
      return decision.settled ? "nothing" : decision.needs[0];
    };
    expect(tables.map(([name, table]) => `${name}: ${first(table)}`)).toMatchInlineSnapshot(`
      [
        "bromsgrove-redditch 0.2: audience",
        "bromsgrove-redditch 0.2 without exception: content",
        "bromsgrove-redditch 0.2.1: audience",
        "bromsgrove-redditch 0.2.1 without exception: content",
        "cleveland-opcc 2.0: audience",
        "cleveland-opcc 2.0 without exception: audience",
        "devolved-government 1.0: device",
        "devolved-government 1.0 without exception: device",
        "health-trust 1.0: what",
        "health-trust 1.0 without exception: what",
        "home-working-council 1: content",
        "home-working-council 1 without exception: content",
        "home-working-council 1.1: content",
        "home-working-council 1.1 without exception: content",
        "model 1.0: audience",
        "model 1.0 without exception: content",
        "model 1.1: audience",
        "model 1.1 without exception: content",
        "model 2.0: audience",
        "model 2.0 without exception: audience",
        "model 2.1: audience",
        "model 2.1 without exception: audience",
        "model 3.0: app",
        "model 3.0 without exception: app",
        "nao 1: content",
        "nao 1 without exception: content",
        "nao 1.1: content",
        "nao 1.1 without exception: content",
        "nottingham 1.1: audience",
        "nottingham 1.1 without exception: audience",
        "nottingham 1.1.1: audience",
        "nottingham 1.1.1 without exception: audience",
      ]
    `);
  });
});
