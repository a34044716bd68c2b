/** What is wrong with a value in a content file, worded for people who write policies rather than programs. */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: "words",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "fields",
  record: "fields",
};

/**
 * What is wrong with a value that a schema refused: one line for each cause, `where.field: what to do`.
 * @param value what the schema was given
 * @param where the name of the value; what ends with a blank stands before the first field, anything else in front of it
 */
export function schemaProblems(issues: readonly Issue[], value: unknown, where = ""): string[] {
  const leaves = issues.flatMap(leavesOf);
  const missing = leaves.filter((leaf) => leaf.code === "invalid_type" && valueAt(value, leaf.path) === undefined);
  const meant = new Map<Issue, Issue>(); // a field that is not there → the one that it replaces
  for (const leaf of leaves) {
    const [key = "", another] = leaf.code === "unrecognized_keys" ? leaf.keys : [];
    const field = missing.find(({ path }) => isMisspelt(key, String(path.at(-1) ?? "")) && isIn(path, leaf.path));
    if (field && another === undefined) meant.set(leaf, field);
  }
  return leaves.flatMap((leaf) => {
    if ([...meant.values()].includes(leaf)) return [];
    const field = leaf.path.join(".");
    const name = where === "" || where.endsWith(" ") || field === "" ? where + field : `${where}.${field}`;
    const instead = meant.get(leaf)?.path.at(-1);
    const words = issueWords(leaf, valueAt(value, leaf.path));
    const said =
      instead === undefined ? words : words.replace("Correct the name, or remove it.", `Write "${String(instead)}".`);
    return [`${name.trim() || "the file"}: ${said}`];
  });
}

const isIn = (path: readonly PropertyKey[], parent: readonly PropertyKey[]): boolean =>
  path.length === parent.length + 1 && parent.every((key, at) => path[at] === key);

/** Whether a name is meant to be another: nearly as long, and with the same letters but two. */
function isMisspelt(written: string, meant: string): boolean {
  const left = [...meant].reduce((rest, letter) => rest.replace(letter, ""), written);
  return written !== "" && Math.abs(written.length - meant.length) <= 2 && left.length <= 2;
}

/** Of several shapes that a value may have, the problems of the one that its author meant. */
function leavesOf(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find(
    (option) => option.length > 0 && option.every(({ code, path }) => code !== "invalid_type" || path.length > 0),
  );
  return meant ? meant.flatMap((one) => leavesOf({ ...one, path: [...issue.path, ...one.path] })) : [issue];
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

/** One or two sentences about one problem: what is wrong and what to do. A schema's own wording is kept. @param value what stands there */
export function issueWords(issue: Issue, value?: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.startsWith("Invalid input") ? wordsForType(issue.expected, value) : issue.message;
    case "too_small":
      if (issue.origin === "string") return "It is empty. Write words.";
      return issue.origin === "array" ? `Write ${issue.minimum} or more.` : `Write a number from ${issue.minimum} on.`;
    case "too_big":
      if (!issue.message.startsWith("Too big")) return issue.message;
      if (issue.origin === "string") return `Write at most ${issue.maximum} characters.`;
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
      return issue.message.startsWith("Invalid") ? "It is not written as it should be. Correct it." : issue.message;
  }
}

/** What was written instead of what is expected often comes from a sign that has a meaning of its own. */
function wordsForType(expected: string, value: unknown): string {
  const kind = KINDS[expected] ?? expected;
  if (value === undefined) return `It is missing. Write ${kind}.`;
  if (expected === "string") {
    if (value === null) return "It is empty. Write words.";
    if (Array.isArray(value)) return "It begins with [ and is read as a list. Put all of it into quotation marks.";
    if (typeof value !== "object") return "It is not read as words. Put it into quotation marks.";
    if (Object.keys(value).length === 1)
      return "The colon in it makes a field of the words before it. Put all of it into quotation marks.";
  }
  if (expected === "array" && typeof value === "string")
    return value.startsWith("-")
      ? "Write a blank after each dash."
      : "Write a list here: each entry after a dash and a blank.";
  return `Write ${kind} here.`;
}
