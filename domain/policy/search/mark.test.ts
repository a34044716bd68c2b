import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markWords } from "./mark.ts";
import { splitIntoWords, wordForms } from "./words.ts";

const words = (text: string) => splitIntoWords(text).flatMap(({ word }) => wordForms(word));
const shown = (text: string, ...found: string[]) =>
  markWords(text, new Set(found.flatMap(wordForms)))
    .map(({ text: piece, isHit }) => (isHit ? `[${piece}]` : piece))
    .join("");

describe("words", () => {
  it("keeps numbers of clauses whole, and hyphenated words both whole and in parts", () => {
    expect(words("Clause 2.1: an e-mail isn't non-sensitive.")).toEqual([
      "claus",
      "2.1",
      "an",
      "email",
      "mail",
      "isnt",
      "nonsensitiv",
      "non",
      "sensitiv",
    ]);
  });

  it("drops accents, capitals and the possessive", () => {
    expect(words("The COUNCIL’s café")).toEqual(["the", "council", "cafe"]);
  });

  it.each([
    ["delete", "deletes", "deleting", "deleted", "Deleting"],
    ["share", "shares", "sharing", "shared"],
    ["save", "saving", "saved"],
    ["run", "running"],
    ["copy", "copies", "copying", "copied"],
    ["add", "adding", "added"],
    ["pass", "passing", "passed"],
    ["text", "texts", "texting", "texted"],
  ])("brings the forms of %s to one", (...forms) => {
    expect(new Set(forms.flatMap(wordForms)).size).toBe(1);
  });

  it("leaves words alone that only end like a verb", () => {
    expect(["thing", "nothing", "during", "need", "bring", "note", "not"].flatMap(wordForms)).toEqual([
      "thing",
      "nothing",
      "during",
      "need",
      "bring",
      "note",
      "not",
    ]);
  });

  it("finds no word in punctuation alone", () => {
    expect(words("*** (.+)[$ 👩‍👩‍👧 \0")).toEqual([]);
  });
});

describe("marks", () => {
  it("marks whole words, spelt as in the text", () => {
    expect(shown("A Photo, and photography.", "photo")).toBe("A [Photo], and photography.");
  });

  it("cuts a long text at word boundaries around the first hit", () => {
    const text = `${"before ".repeat(60)}needle ${"after ".repeat(90)}`;
    const excerpt = shown(text, "needle");
    expect(excerpt).toMatch(/^… before .*\[needle\] after .* …$/);
    expect(excerpt.length).toBeLessThan(340);
  });

  it("leaves every character of a short text in place, whatever is looked for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.array(fc.string()), (text, found) => {
        const pieces = markWords(text, new Set([...found, ...words(text).slice(0, 2)]));
        expect(pieces.map((piece) => piece.text).join("")).toBe(text.length <= 320 ? text : expect.any(String));
      }),
    );
  });
});
