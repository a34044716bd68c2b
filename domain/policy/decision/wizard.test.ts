import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rule, soundTable } from "#domain/testing/generated-table.ts";
import { buildTable, situationAt } from "./decision-table.ts";
import { decide } from "./decide.ts";
import { askedPath, questionsAfter, questionsAfterInWords, readWizardQuery, stepFor, writeQuery } from "./wizard.ts";

const answers = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { label: name, hint: null, when: null, as: null }]));
const fact = (...names: string[]) => ({ ask: "?", short: "?", help: null, ordered: false, answers: answers(...names) });

/** Photos ask who is in them; other messages do not. */
const table = buildTable(
  [
    ["purpose", fact("photo", "text")],
    ["people", fact("none", "some")],
    ["channel", fact("yes", "no")],
  ],
  [
    rule("faces", { purpose: ["photo"], people: ["some"] }, "never"),
    rule("other-channel", { channel: ["yes"] }, "discouraged"),
    rule("rest", {}, "allowed"),
  ],
  [],
);
const query = (given: Record<string, string | string[]>) => readWizardQuery(table, given);

describe("the wizard's address", () => {
  it("keeps known answers in table order and drops the rest", () => {
    const { answers: kept } = query({ channel: "no", purpose: ["blue", "photo"], people: "elephants", colour: "red" });
    expect(writeQuery("p", kept)).toBe("policy=p&purpose=photo&channel=no");
  });

  it("takes the last known value of a repeated name", () => {
    expect(query({ purpose: ["photo", "text", "blue"] }).answers).toEqual({ purpose: "text" });
  });

  it("shows a question again only if it is one of the policy's; changing comes before going back", () => {
    expect(query({ ask: "people", change: "nothing" })).toMatchObject({ ask: "people", change: null });
    expect(query({ ask: "people", change: "channel" })).toMatchObject({ ask: null, change: "channel" });
  });

  it("reads back what it wrote, for every situation of any table", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), (generated, seed) => {
        const whole = situationAt(generated, seed % generated.situations);
        const written = Object.fromEntries(new URLSearchParams(writeQuery("p", whole)));
        expect(readWizardQuery(generated, written).answers).toEqual(whole);
      }),
    );
  });
});

describe("the wizard's steps", () => {
  it("asks one question after another, each with a link back", () => {
    expect(stepFor(table, query({}))).toMatchObject({ kind: "question", fact: "purpose", previous: null, path: [] });
    const photo = stepFor(table, query({ purpose: "photo" }));
    expect(photo).toMatchObject({ kind: "question", fact: "people", previous: "purpose", path: ["purpose"] });
  });

  it("asks nothing that cannot change the result", () => {
    expect(stepFor(table, query({ purpose: "photo", people: "some" }))).toMatchObject({
      kind: "result",
      rule: { id: "faces" },
    });
    expect(stepFor(table, query({ purpose: "text" }))).toMatchObject({ kind: "question", fact: "channel" });
  });

  it("shows an answered question again, to change it or to go back from it", () => {
    const changing = query({ purpose: "photo", people: "none", channel: "no", change: "people" });
    expect(stepFor(table, changing)).toMatchObject({
      kind: "question",
      fact: "people",
      isChange: true,
      path: ["purpose"],
    });
    const back = query({ purpose: "photo", people: "none", ask: "people" });
    expect(stepFor(table, back)).toMatchObject({
      kind: "question",
      fact: "people",
      isChange: false,
      previous: "purpose",
    });
  });

  it("keeps answers that are no longer asked out of the result's path", () => {
    const { answers: kept } = query({ purpose: "text", people: "some", channel: "no" });
    expect(askedPath(table, kept)).toEqual(["purpose", "channel"]);
  });

  it("counts answers given out of order", () => {
    expect(askedPath(table, { people: "some", purpose: "photo" })).toEqual(["purpose", "people"]);
    expect(askedPath(table, { channel: "yes" })).toEqual(["channel"]);
  });

  it("never asks what the address already answers, and ends as soon as the answers settle it", () => {
    fc.assert(
      fc.property(soundTable, fc.nat(), (generated, seed) => {
        const whole = situationAt(generated, seed % generated.situations);
        const path = askedPath(generated, whole);
        expect(new Set(path).size).toBe(path.length);
        const known = Object.fromEntries(path.map((name) => [name, whole[name] ?? ""]));
        expect(decide(generated, known).settled).toBe(true);
        const step = stepFor(generated, { answers: whole, ask: null, change: null });
        if (step.kind !== "result") throw new Error("A whole situation has a result.");
        expect(step.path.slice(0, path.length)).toEqual(path);
        expect(step.unsaid).toEqual([]);
        const told = Object.fromEntries(step.path.map((name) => [name, whole[name] ?? ""]));
        expect(decide(generated, told)).toEqual({ settled: true, rule: step.rule });
      }),
    );
  });
});

describe("the questions that come after one", () => {
  it("depend on the answers that are offered", () => {
    expect(questionsAfter(table, {}, "purpose", ["photo", "text"])).toMatchObject({ fewest: 1, most: 2 });
    expect(questionsAfter(table, {}, "purpose", ["text"])).toMatchObject({ fewest: 1, most: 1 });
    expect(questionsAfter(table, { purpose: "text" }, "channel", ["yes", "no"])).toMatchObject({ most: 0 });
  });

  it.each([
    [{ fewest: 0, most: 0, average: 0 }, "This is the last question."],
    [{ fewest: 1, most: 1, average: 1 }, "1 more question after this one."],
    [{ fewest: 2, most: 2, average: 2 }, "2 more questions after this one."],
    [{ fewest: 1, most: 4, average: 2.2 }, "About 2 more questions after this one (1 to 4)."],
    [{ fewest: 0, most: 3, average: 0.2 }, "About 1 more question after this one (0 to 3)."],
  ])("are said in words: %o", (remaining, words) => {
    expect(questionsAfterInWords(remaining)).toBe(words);
  });
});
