import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clauseCell, guardedCell, unguardedCell, versionCell } from "./cell.ts";

describe("a cell of a table", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+44 7700 900123", "'+44 7700 900123"],
    ["-1+1", "'-1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r'=1"],
    ["\nText", "'\nText"],
    ["＝1+1", "'＝1+1"],
    ["﹢1", "'﹢1"],
    ["−1", "'−1"],
    [" \u200b=1", "' \u200b=1"],
    ["First line\n=2+3\nThird", "First line\n'=2+3\nThird"],
    ["x\r\n@y\r-z", "x\r\n'@y\r'-z"],
    ["'=1", "''=1"],
  ])("guards %j", (text, cell) => expect(guardedCell(text)).toBe(cell));

  it.each(["-5", "-3.5", "-1,200", "2026-11-30", "1 - 1", "a=b", "O’Neill", "'t Hooft", "a\nb", ""])(
    "leaves %j as it is",
    (text) => expect([guardedCell(text), unguardedCell(text)]).toEqual([text, text]),
  );

  it("gives back what it was given, and no line of it begins a formula", () => {
    const sign = fc.constantFrom(
      "=",
      "+",
      "-",
      "@",
      "'",
      "\t",
      "\r",
      "\n",
      "\r\n",
      " ",
      "＝",
      "﹣",
      "\u200b",
      "a",
      "1",
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
        const text = signs.join("");
        const cell = guardedCell(text);
        expect(unguardedCell(cell)).toBe(text);
        if (/^-[\d]+$/.test(text)) return;
        for (const line of cell.split(/\r\n|\r|\n/)) expect(line.normalize("NFKC").trim()).not.toMatch(/^[=+@-]/);
        expect(cell).not.toMatch(/^[\t\r\n]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps versions and clauses from being numbers", () => {
    expect([versionCell("2.10"), versionCell(""), versionCell(null)]).toEqual(["v2.10", "", ""]);
    expect(clauseCell("model", ["3.10", "4.2"])).toBe("model 3.10; model 4.2");
  });
});
