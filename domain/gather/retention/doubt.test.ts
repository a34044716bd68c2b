import { describe, expect, it } from "vitest";
import { doubtfulPassage, replaceWordsIn } from "./doubt.ts";

describe("a text that may name somebody", () => {
  it("is shown around the words", () => {
    expect(doubtfulPassage(["nothing", "Una rang."], ["Una"])).toBe("Una rang.");
    const long = `${"a".repeat(200)} Una ${"b".repeat(200)}`;
    expect(doubtfulPassage([long], ["Una"])).toMatch(/^…a{79} Una b{79}…$/);
    expect(doubtfulPassage(["nothing"], ["Una"])).toBe("");
  });

  it("loses the words where they stand by themselves, the longer first", () => {
    expect(replaceWordsIn("Una, S.O. and Unable; Una O'Archer", ["Una", "S.O", "Una O'Archer"], "$&")).toBe(
      "$&, $&. and Unable; $&",
    );
    expect(replaceWordsIn("Una", [], "x")).toBe("Una");
  });
});
