import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differingLines, draftFileOf, toEdit, toStore } from "./draft.ts";

describe("a text that is edited and stored", () => {
  it("comes back byte for byte if nothing was typed", () => {
    const line = fc.stringMatching(/^[^\r\n\uFEFF]*$/);
    fc.assert(
      fc.property(
        fc.array(line),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.boolean(),
        (lines, end, mark, last) => {
          const stored = `${mark ? "\uFEFF" : ""}${lines.join(end)}${last ? end : ""}`;
          // A file of one line has no line ends to keep.
          expect(toStore(toEdit(stored), stored)).toBe(
            stored === "" || stored === "\uFEFF" ? toStore("", stored) : stored,
          );
        },
      ),
    );
  });

  it("keeps line ends, the mark and the last line end of the file, whatever was typed", () => {
    expect(toStore("a\nb", "x\r\ny\r\n")).toBe("a\r\nb\r\n");
    expect(toStore("a\nb\n", "x\ny")).toBe("a\nb\n");
    expect(toStore("a", "\uFEFFx\n")).toBe("\uFEFFa\n");
    expect(toStore("a", "")).toBe("a\n");
  });
});

it("shows the lines that differ, with those around them", () => {
  const before = ["a", "b", "c", "d", "e", "f", "g", "h", "i", ""].join("\n");
  expect(differingLines(before, before.replace("h", "H"))).toEqual([
    { text: "…\nf\ng\n", change: "same" },
    { text: "h\n", change: "removed" },
    { text: "H\n", change: "added" },
    { text: "i\n", change: "same" },
  ]);
  const many = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`).join("\n");
  expect(differingLines(many("a"), many("b"))).toBeNull();
});

it("knows the files of a draft and no other", () => {
  expect(draftFileOf("text")).toBe("text");
  for (const other of ["", "policy.mdx", "..", "constructor", "toString"]) expect(draftFileOf(other)).toBeNull();
});
