import fc from "fast-check";
import { expect, it } from "vitest";
import { widthOf, wrapText } from "./poster.ts";

it("loses no letter, and no line is wider than it may be", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 2, max: 60 }),
      fc.boolean(),
      (text, width, isBold) => {
        const lines = wrapText(text, width, isBold);
        expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
        expect(lines.filter((line) => widthOf(line, isBold) > width)).toEqual([]);
        expect(lines).not.toContain("");
      },
    ),
  );
});

it("parts lines between words, and a word only where it does not fit by itself", () => {
  expect(wrapText("Only with an exception", 9)).toEqual(["Only with an", "exception"]);
  expect(wrapText("Through Communications", 6)).toEqual(["Through", "Communic", "ations"]);
  expect(wrapText("", 6)).toEqual([]);
});
