import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clause } from "./clause.ts";
import { compareClauses, compareTextSections, compareWords } from "./difference.ts";

const clause = (id: string, text: string, section = id.split(".")[0] ?? ""): Clause => ({
  id,
  text,
  section: `section-${section}`,
  strength: "must",
  kind: "rule",
  from: [],
});
const sections = ["1", "2", "3"].map((number) => ({ anchor: `section-${number}`, title: `${number} Part` }));
const text = (...clauses: Clause[]) => ({ clauses, sections });
const kinds = (before: Clause[], after: Clause[]) =>
  compareClauses(text(...before), text(...after)).map(({ kind, id }) => `${kind} ${id}`);

const A = clause("1.1", "Never send anything about a person to a group.");
const B = clause("1.2", "Keep your phone locked while you are away from it.");
const C = clause("2.1", "Ask the governance officer before you delete a message.");

describe("compareClauses", () => {
  it("finds nothing in the same text", () => {
    expect(kinds([A, B, C], [A, B, C])).toEqual([]);
  });

  it("distinguishes added, removed and reworded clauses, in the order of the later text", () => {
    const reworded = { ...A, text: "Never send anything about a person to a chat group." };
    expect(kinds([A, B, C], [reworded, C, clause("2.2", "Leave the group when you leave.")])).toEqual([
      "reworded 1.1",
      "removed 1.2",
      "added 2.2",
    ]);
  });

  it("marks the added and removed words", () => {
    const [change] = compareClauses(
      text(B),
      text({ ...B, text: "Keep your phone locked whenever you are away from it." }),
    );
    expect(change?.words.filter(({ change: kind }) => kind !== "same")).toEqual([
      { text: "while", change: "removed" },
      { text: "whenever", change: "added" },
    ]);
  });

  it("notices that a clause moved: to another section, another place or another number", () => {
    expect(compareClauses(text(A, B, C), text(A, C, { ...B, section: "section-3" }))).toMatchObject([
      { kind: "moved", id: "1.2", formerSection: "1 Part", formerId: null },
    ]);
    expect(kinds([A, B, C], [C, A, B])).toEqual(["moved 2.1"]);
    expect(
      compareClauses(
        text(A, B),
        text(clause("1.1", "This one is new here."), { ...A, id: "1.2" }, { ...B, id: "1.3" }),
      ),
    ).toMatchObject([
      { kind: "added", id: "1.1" },
      { kind: "moved", id: "1.2", formerId: "1.1" },
      { kind: "moved", id: "1.3", formerId: "1.2" },
    ]);
  });

  it("says when a clause binds more or less than before", () => {
    expect(compareClauses(text(A), text({ ...A, strength: "should" }))).toMatchObject([
      { kind: "reworded", strength: { from: "must", to: "should" } },
    ]);
  });

  it("treats a number that was reused for something else as one removed and one added", () => {
    expect(kinds([A], [clause("1.1", "Messages move to the record within five days.")])).toEqual([
      "removed 1.1",
      "added 1.1",
    ]);
  });

  it("accounts for every clause of both texts, whatever changed", () => {
    const words = fc.constantFrom("Ask", "first", "before", "sending", "photos", "keep", "records", "leave");
    const clauses = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom("1.1", "1.2", "2.1", "2.2", "3.1"),
        text: fc.array(words, { minLength: 1, maxLength: 6 }),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(clauses, clauses, (before, after) => {
        const [old, now] = [before, after].map((list) => list.map((one) => clause(one.id, one.text.join(" ")))) as [
          Clause[],
          Clause[],
        ];
        const changes = compareClauses(text(...old), text(...now));
        const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
        expect(old.length - count("removed")).toBe(now.length - count("added"));
        for (const { kind, id, words: parts } of changes) {
          const joined = parts
            .filter(({ change }) => change !== (kind === "removed" ? "added" : "removed"))
            .map((part) => part.text)
            .join("");
          expect(joined).toBe((kind === "removed" ? old : now).find((one) => one.id === id)?.text);
        }
      }),
    );
  });
});

describe("comparePassages", () => {
  it("names the sections whose other text was changed, added or removed", () => {
    const passage = (section: string, words: string) => ({ section, title: `${section} Part`, text: words });
    const changes = compareTextSections(
      [passage("1", "Old words."), passage("2", "Same.")],
      [passage("2", "Same."), passage("3", "New.")],
    );
    expect(changes.map(({ title }) => title)).toEqual(["3 Part", "1 Part"]);
  });
});

describe("compareWords", () => {
  it("gives back both texts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const words = compareWords(before, after);
        const without = (gone: string) =>
          words
            .filter(({ change }) => change !== gone)
            .map((part) => part.text)
            .join("");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
    );
  });
});
