import { expect, it } from "vitest";
import { textProblems } from "./form-values.ts";

it("misses a text where it is needed, and nowhere else", () => {
  expect(textProblems("reason", "", "Say why.", 3)).toEqual([{ field: "reason", message: "Say why." }]);
  expect(textProblems("reason", "", null, 3)).toEqual([]);
  expect(textProblems("reason", "a", "Say why.", 3)).toEqual([]);
});

it("takes a text of the longest length, counted as people count, and says how long a longer one is", () => {
  expect(textProblems("note", "📱📱📱", null, 3)).toEqual([]);
  expect(textProblems("note", "x".repeat(1234), null, 1233)).toEqual([
    { field: "note", message: "Shorten this to 1,233 characters. It has 1,234." },
  ]);
});
