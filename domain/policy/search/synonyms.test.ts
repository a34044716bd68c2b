import { describe, expect, it } from "vitest";
import { synonymsSchema } from "./synonyms.ts";

const problems = (value: unknown) =>
  (synonymsSchema.safeParse(value).error?.issues ?? []).map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": "),
  );

describe("synonyms", () => {
  it("are groups of words or short phrases", () => {
    expect(problems({ same: [["foto", "photo", "a picture of it"]], ignore: ["the"] })).toEqual([]);
  });

  it.each([
    [{ same: [["foto"]], ignore: [] }, "same.0: give at least two words that mean the same"],
    [{ same: [["foto", "photo", "foto"]], ignore: [] }, "same.0: a word stands twice in this group"],
    [{ same: [["foto", "!"]], ignore: [] }, "same.0.1: write a word"],
    [
      { same: [["foto", "one two three four five six seven eight nine"]], ignore: [] },
      "same.0.1: write at most 8 words",
    ],
    [{ same: [["foto", 1]], ignore: [] }, "same.0.1: Invalid input: expected string, received number"],
    [{ same: [], ignore: [], means: [{ find: [], words: ["gaffer"] }] }, "means.0.find: Too small"],
    [{ same: [], ignore: [], means: [{ find: ["boss"], words: ["?"] }] }, "means.0.words.0: write a word"],
    [{ same: [], ignore: [], synonym: [] }, 'Unrecognized key: "synonym"'],
  ])("of %j name the field that is wrong", (value, message) => {
    expect(problems(value)[0]).toContain(message);
  });
});
