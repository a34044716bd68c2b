/** What is wrong with a value in a content file, worded for people who write policies rather than programs. */
import type { z } from "zod";

const KINDS: Readonly<Record<string, string>> = {
  string: "words",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "fields",
  record: "fields",
};

/** One or two sentences: what is wrong and what to do. A schema's own wording is kept. */
export function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type": {
      if (!issue.message.startsWith("Invalid input")) return issue.message;
      const expected = KINDS[issue.expected] ?? issue.expected;
      return issue.message.endsWith("received undefined")
        ? `It is missing. Write ${expected}.`
        : `Write ${expected} here.`;
    }
    case "too_small":
      if (issue.origin === "string") return "It is empty. Write words.";
      return issue.origin === "array" ? `Write ${issue.minimum} or more.` : `Write a number from ${issue.minimum} on.`;
    case "too_big":
      return issue.origin === "array" ? `Write at most ${issue.maximum}.` : `Write a number up to ${issue.maximum}.`;
    case "unrecognized_keys":
      return `There is no field ${issue.keys.map((key) => `"${key}"`).join(", ")} here. Correct the name, or remove it.`;
    case "invalid_value":
      return issue.message.startsWith("Invalid ") ? `Choose one of: ${issue.values.join(", ")}.` : issue.message;
    case "invalid_union":
      return "Write words, or fields with their names.";
    case "invalid_key":
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}
