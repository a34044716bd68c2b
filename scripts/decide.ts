/**
 * `npm run --silent decide`: JSON lines in, a verdict for each out. Exit 1 if any line was invalid. Needs no database.
 */
import { z } from "zod";
import { checkAnswers, explain, type Explanation } from "#domain/policy/policy/explain.ts";
import { compareVersions, currentVersion, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { readContent, wholeVersion, type ReadVersion } from "#server/base/content/read.ts";
import { readOptions } from "./options.ts";

const options = readOptions("decide");

const lineSchema = z.strictObject(
  {
    policy: z.string("policy is missing: give its slug"),
    facts: z.record(z.string(), z.unknown(), "facts is missing: give an object, {} for none"),
    on: z
      .string()
      .refine(isDay, "on: give a day that exists, such as 2027-03-31, or leave it out for today")
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown key ${issue.keys.join(", ")}: give policy and facts, and on for another day than today`
        : "give an object with policy and facts",
  },
);

const content = await readContent(options.content).catch((error: Error) => {
  console.error(`The content folder "${options.content}" cannot be read: ${error.message}`);
  process.exit(1);
});
/** A verdict from rules that could not all be read would be worse than none. */
const isReadable = ({ faults }: ReadVersion) => !faults.some(({ kind }) => kind === "content");
const today = clock.today();
const slugs = [...new Set(content.versions.map((version) => version.slug))];

/** The version that decides on a day, as of that day; null if there is none that can be used. */
function versionFor(slug: string, day: string): PolicyVersion | null {
  const own = content.versions.filter((version) => version.slug === slug);
  const found = currentVersion(
    own.filter(isReadable).flatMap((read) => wholeVersion(read) ?? []),
    day,
  );
  // Nor does an older version answer in the place of a newer one.
  const isHidden = own.some(
    (one) => one.isPublished && !isReadable(one) && found && compareVersions(one.version, found.version) > 0,
  );
  return found && !isHidden ? versionOn(found, day) : null;
}

// Whoever reads the output may have stopped.
process.stdout.on("error", () => process.exit());

for await (const line of linesOf(process.stdin)) {
  let answer: Explanation | { error: string };
  try {
    answer = answerLine(line);
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
    process.exitCode = 1;
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** @throws Error that says what is wrong with the line */
function answerLine(line: string): Explanation {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    throw new Error(`This line is not JSON: ${line.slice(0, 80)}`);
  }
  const parsed = lineSchema.safeParse(raw);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => issue.message).join("; "));
  const { policy, facts, on = today } = parsed.data;
  if (!slugs.includes(policy)) throw new Error(`There is no policy "${policy}". The policies are ${slugs.join(", ")}.`);
  const version = versionFor(policy, on);
  if (version === null)
    throw new Error(`The policy "${policy}" has no version that can be used. Run npm run policy:check.`);
  return explain(version, checkAnswers(version, content.questions, facts));
}

/** JSON Lines: lines ended by a line feed and nothing else; a byte order mark before the first one is dropped. */
async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  let rest = "";
  let isFirst = true;
  for await (const chunk of input.setEncoding("utf8") as AsyncIterable<string>) {
    rest += isFirst ? chunk.replace(/^\uFEFF/, "") : chunk;
    isFirst = false;
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
