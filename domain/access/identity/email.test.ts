import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REFUSED } from "#domain/testing/refused-text.ts";
import { emailProblem, normaliseEmail } from "./provider-claim.ts";
import { nameKey, nameProblem, normaliseName } from "./name.ts";
import { smallLetters } from "./small-letters.ts";

/** Letters that make two addresses look or sort alike: capitals, look-alikes, wide ones, composed and in parts. */
const LETTERS = [
  ..."abkisABKIS_%+.'-@",
  ..."\u212a\u0130\u0131\u017f\uff41\uff21\u00e9\u00c9\u1e9e\u00df\u03c2\u03c3\u03a3\u0430\u0410",
  "e\u0301",
  "\u{10400}",
  "\u{10428}",
];
const text = fc.array(fc.constantFrom(...LETTERS), { maxLength: 8 }).map((letters) => letters.join(""));

describe("the form in which an address is kept", () => {
  it("is the same for two texts only where capital letters are all that differs", () => {
    const capitals = (letter: string) =>
      letter.toLowerCase().toUpperCase() === letter && letter.toLowerCase() !== letter;
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [Array.from(one), Array.from(other)];
        const isSame =
          a.length === b.length &&
          a.every(
            (letter, at) =>
              letter === b[at] ||
              (capitals(letter) && letter.toLowerCase() === b[at]) ||
              (capitals(b[at] ?? "") && b[at]?.toLowerCase() === letter),
          );
        expect(smallLetters(one) === smallLetters(other)).toBe(isSame);
      }),
    );
  });

  it("is never that of another letter, in all of Unicode", () => {
    const sources = new Map<string, string[]>();
    for (let code = 1; code < 0x11_0000; code++) {
      const letter = String.fromCodePoint(code);
      const small = smallLetters(letter);
      if (small !== letter) sources.set(small, [...(sources.get(small) ?? []), letter]);
    }
    expect([...sources].filter(([small, from]) => from.length > 1 || smallLetters(small) !== small)).toEqual([]);
    expect(["\u212a", "\u0130", "\u017f", "\u1e9e"].map(smallLetters)).toEqual([
      "\u212a",
      "\u0130",
      "\u017f",
      "\u1e9e",
    ]);
  });

  it("is without blanks around it, and stays as it is", () => {
    expect(normaliseEmail(" Ann.LEE@X.invalid\n")).toBe("ann.lee@x.invalid");
    fc.assert(fc.property(text, (one) => normaliseEmail(normaliseEmail(one)) === normaliseEmail(one)));
  });
});

describe("the one rule", () => {
  it.each(REFUSED)("refuses %j in a name and in an address", (bad, why) => {
    expect(nameProblem(bad)).toMatch(why);
    expect(emailProblem(`${bad}@x.invalid`)).toMatch(why);
  });

  it.each([
    "Ann Lee",
    "Siân O’Brien-Jones",
    "D'Arcy, José",
    "Lee (Roads)",
    "Łukasz Żółć",
    "عَلِي رضا",
    "علی\u200cرضا",
    "ශ්\u200dරී",
    "李明",
    "नीलम्",
    "R2",
    "A+ Team",
    "10% club",
  ])("takes %j as a name", (name) => expect(nameProblem(normaliseName(name))).toBeNull());

  it.each([
    "ann@x.invalid",
    "o'brien+x_y%z@sub.x-y.invalid",
    "a@b",
    "siân@x.invalid",
    "josé.李@例え.jp",
    "#!$&*/=?^`{|}~@x.y",
  ])("takes %j as an address", (email) => expect(emailProblem(email)).toBeNull());

  it.each([
    "",
    "ann",
    "a@b@c",
    "a b@c",
    "a@b.",
    ".a@b",
    "a..b@c",
    "a@.b",
    "a,b@c",
    "<a@b>",
    'a"b@c',
    "a\\b@c",
    "a:b@c",
    `${"a".repeat(251)}@bcd`,
    "\u212aim@x.invalid",
    "\uff41@x.invalid",
    "sia\u0302n@x.invalid",
  ])("does not take %j as an address", (email) => expect(emailProblem(email)).not.toBeNull());

  it("has names in one form, and tells them apart by all but capital letters and blanks", () => {
    expect(normaliseName("  Sia\u0302n \u00a0 Lee ")).toBe("Siân Lee");
    expect(nameKey("ROADS\u2003North")).toBe(nameKey("roads north"));
    expect(new Set(["C", "C++", "C+", "道路", "公園", "Roads-North", "Roads North", "K"].map(nameKey)).size).toBe(8);
    expect([nameProblem("—"), nameProblem("a".repeat(201))]).toEqual([
      "“—” has no letter in it. Enter a name.",
      "It has 201 characters. Shorten it to 200.",
    ]);
  });
});
