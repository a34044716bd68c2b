import { describe, expect, it } from "vitest";
import { pseudonyms, wholeWords } from "./pseudonym.ts";

describe("pseudonyms", () => {
  it("grow until one is free, and say the kind alone", () => {
    const digest = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
    const names = [...pseudonyms("contractor", digest)];
    expect(names[0]?.name).toMatch(/^Former contractor [2-9A-HJKMNP-TV-Z]{4}$/);
    expect(names[1]?.name.startsWith(names[0]?.name ?? "-")).toBe(true);
    expect(names).toHaveLength(29);
    expect([...pseudonyms("contractor", digest)]).toEqual(names);
  });
});

describe("wholeWords", () => {
  /** The same in JavaScript, as far as both have the syntax. */
  const found = (name: string, text: string) =>
    new RegExp(wholeWords(name).replaceAll("[[:alnum:]", "[A-Za-z0-9"), "gi").test(text);

  it("finds a name whatever its case and blanks, and no part of a longer one", () => {
    expect(found("Una Löw", "by UNA  LÖW.")).toBe(true);
    expect(found("Una Löw", "Una\nlöw")).toBe(true);
    expect(found("Una Löw", "Luna Löw")).toBe(false);
    expect(found("Una Löw", "Una Löwe")).toBe(false);
    expect(found("Una Lö", "Una Löé")).toBe(false);
    expect(found("Ali", "Alignment")).toBe(false);
  });

  it("takes signs for what they are", () => {
    expect(found("a.b+c@nao.invalid", "<a.b+c@nao.invalid>")).toBe(true);
    expect(found("a.b+c@nao.invalid", "axb+c@nao.invalid")).toBe(false);
    expect(found("(Una) O'Löw [IT]*", "It is (Una) O'Löw [IT]*!")).toBe(true);
  });
});
