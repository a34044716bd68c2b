import { expect, it } from "vitest";
import { z } from "zod";
import { schemaProblems } from "./issue-words.ts";

const field = z.string().trim().min(1);
it.each([
  ["nothing", field, undefined, "It is missing. Write words."],
  ["no words", field, " ", "It is empty. Write words."],
  ["a number for words", field, 1.1, "It is not read as words. Put it into quotation marks."],
  ["an empty field for words", field, null, "It is empty. Write words."],
  ["a colon in words", field, { Remember: "tell everybody" }, /: The colon in it makes a field/],
  ["a bracket before words", field, ["insert name"], /: It begins with \[/],
  ["words for a list", z.array(field), "one", /: Write a list here/],
  ["dashes without a blank", z.array(field), "-one -two", "Write a blank after each dash."],
  ["too long words", z.string().max(3), "four", "Write at most 3 characters."],
  [
    "what a pattern without words refuses",
    z.string().regex(/a/),
    "b",
    "It is not written as it should be. Correct it.",
  ],
  ["null for fields", z.record(z.string(), field), null, "Write fields here."],
  ["no list", z.array(field), undefined, "It is missing. Write a list."],
  ["too short a list", z.array(field).min(1), [], "Write 1 or more."],
  ["too long a list", z.array(field).max(1), ["a", "b"], "Write at most 1."],
  ["words for yes or no", z.boolean(), "yes", "Write true or false here."],
  ["half a day", z.int(), 1.5, "Write a whole number here."],
  ["no day", z.int().min(1), 0, "Write a number from 1 on."],
  ["too many days", z.int().max(365), 366, "Write a number up to 365."],
  ["an unknown field", z.strictObject({}), { rulez: 1 }, 'There is no field "rulez" here. Correct the name, or remove it.'], // prettier-ignore
  ["an unknown choice", z.enum(["never", "allowed"]), "Never", "Choose one of: never, allowed."],
  ["neither of two", z.union([field, z.strictObject({ a: field })]), 1, "Write words, or fields with their names."],
  [
    "a wrong name",
    z.record(z.string().regex(/^[a-z]+$/, "use small letters"), field),
    { A: "x" },
    /^A: use small letters$/,
  ],
  ["what a schema says itself", z.string("write it in quotation marks"), 1, "write it in quotation marks"],
])("says what to do about %s", (_, schema: z.ZodType, value: unknown, words: string | RegExp) => {
  const issues = schema.safeParse(value).error?.issues ?? [];
  expect(schemaProblems(issues, value)).toEqual([
    typeof words === "string" ? `the file: ${words}` : expect.stringMatching(words),
  ]);
});

it("names the field, and of two shapes the problem of the one that was meant", () => {
  const either = z.strictObject({ a: z.array(z.union([field, z.strictObject({ label: field })])) });
  const problems = (value: unknown, where = "") =>
    schemaProblems(either.safeParse(value).error?.issues ?? [], value, where);
  expect(problems({ a: ["x", { lable: "x" }] })).toEqual(['a.1: There is no field "lable" here. Write "label".']);
  expect(problems({ a: [1] }, "rules")).toEqual(["rules.a.0: Write words, or fields with their names."]);
  expect(problems({}, "front matter ")).toEqual(["front matter a: It is missing. Write a list."]);
});
