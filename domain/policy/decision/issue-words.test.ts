import { expect, it } from "vitest";
import { z } from "zod";
import { issueWords } from "./issue-words.ts";

const field = z.string().trim().min(1);
it.each([
  ["nothing", field, undefined, "It is missing. Write words."],
  ["no words", field, " ", "It is empty. Write words."],
  ["a number for words", field, 1.1, "Write words here."],
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
  ["a wrong name", z.record(z.string().regex(/^[a-z]+$/, "use small letters"), field), { A: "x" }, "use small letters"],
  ["what a schema says itself", z.string("write it in quotation marks"), 1, "write it in quotation marks"],
])("says what to do about %s", (_, schema: z.ZodType, value: unknown, words) => {
  expect(schema.safeParse(value).error?.issues.map(issueWords)).toEqual([words]);
});
