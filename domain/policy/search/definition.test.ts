import { describe, expect, it } from "vitest";
import { explains } from "./definition.ts";
import { wordForms } from "./words.ts";

describe("a definition", () => {
  it.each([
    ["Sensitive is anything about a person.", "sensitive", 2],
    ["Not sensitive are times and places.", "sensitive", 1],
    ["It helps. A resident is anybody who uses the council's services.", "resident", 2],
    ["Talk is informal only if it holds nothing confidential.", "informal", 1],
    ["Examples of sensitive information: personal data.", "sensitive", 1],
    ["You must not send sensitive information.", "sensitive", 0],
    ["When nothing else reaches somebody whom you know, it is for a resident.", "resident", 0],
    ["", "resident", 0],
  ])("%s explains %s: %i", (text, word, degree) => {
    expect(explains(text, new Set(wordForms(word)))).toBe(degree);
  });
});
