import { describe, expect, it } from "vitest";
import { hasAnswer, withoutAnswer } from "#domain/registers/continuity/offer.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { ownTable } from "#domain/policy/exception/coverage.ts";
import { shownResult, type KnownCircumstances } from "#domain/answers/receipt/content.ts";
import { answersOf, differsUnder, runOriginalRules, runToday } from "#domain/answers/receipt/rerun.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";

// Every result of the wizard stays the same if kept and run again under the same rules: every path through every
// version.
const { versions: read, knownAnswers } = await readContent("content");
const versions = read.flatMap((one) => wholeVersion(one) ?? []);
const { continuity: known } = knownAnswers;
if (!known) throw new Error("content/known-answers.yaml does not name the answer.");
const ACTIVITY = { reference: "CON-2222-2222" };

describe.each(versions)("$slug $version", (published) => {
  const { table } = published;
  const continuity = hasAnswer(table, known) ? known : null;
  const offered = continuity ? withoutAnswer(table, continuity) : table;
  const ways: [name: string, isOwn: boolean, deciding: KnownCircumstances][] = [
    ["the own policy", true, { ...ownTable({ ...published, table: offered }, []), continuity, activity: null }],
    ["while an activity lasts", true, { ...ownTable(published, []), continuity, activity: ACTIVITY }],
    [
      "another body's policy",
      false,
      { table: offered, exceptionFor: () => undefined, adviceBeside: () => [], continuity, activity: null },
    ],
  ];
  it.each(ways)("%s", (_, isOwn, deciding) => {
    const odd: string[] = [];
    let results = 0;
    const walk = (answers: Answers): void => {
      const shown = shownResult({ published, bodyName: "", isOwn }, deciding, answers, "2026-11-30");
      if (shown.kind === "question") {
        const asked = deciding.table.facts.find(({ name }) => name === shown.fact);
        for (const answer of asked?.answers ?? []) walk({ ...answers, [shown.fact]: answer });
        return;
      }
      results++;
      const { content } = shown;
      const today = runToday(content, published, deciding.table, answersOf(content)).kind;
      const found = [runOriginalRules(content, true, published), today, differsUnder(published, content)].join(" ");
      if (found !== "same same false") odd.push(`${found}: ${JSON.stringify(answersOf(content))}`);
    };
    walk({});
    expect(results).toBeGreaterThan(3);
    expect(odd).toEqual([]);
  });
});
