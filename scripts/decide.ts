/**
 * `npm run --silent decide`: JSON lines in, a verdict for each out. Exit 1 if any line was invalid. Needs no database.
 */
import { z } from "zod";
import { checkAnswers, explain, type Explanation } from "#domain/policy/policy/explain.ts";
import { compareVersions, currentVersion, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { readContent, wholeVersion, type ReadVersion } from "#server/base/content/read.ts";
import { readOptions } from "./options.ts";

const options = readOptions("decide");

const lineSchema = z.strictObject(
  {
    policy: z.string("policy is missing: give its slug"),
    facts: z.record(z.string(), z.unknown(), "facts is missing: give an object, {} for none"),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown key ${issue.keys.join(", ")}: give policy and facts`
        : "give an object with policy and facts",
  },
);

const content = await readContent(options.content).catch((error: Error) => {
  console.error(`The content folder "${options.content}" cannot be read: ${error.message}`);
  process.exit(1);
});
/** A verdict from rules that could not all be read would be worse than none. */
const isReadable = ({ faults }: ReadVersion) => !faults.some(({ kind }) => kind === "content");
const today = calendarDay(clock.now());
const current = new Map<string, PolicyVersion | null>();
for (const slug of new Set(content.versions.map((version) => version.slug))) {
  const own = content.versions.filter((version) => version.slug === slug);
  const found = currentVersion(
    own.filter(isReadable).flatMap((read) => wholeVersion(read) ?? []),
    today,
  );
  // Nor does an older version answer in the place of a newer one.
  const isHidden = own.some(
    (one) => one.isPublished && !isReadable(one) && found && compareVersions(one.version, found.version) > 0,
  );
  current.set(slug, isHidden ? null : found);
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
  const { policy, facts } = parsed.data;
  const version = current.get(policy);
  if (version === undefined)
    throw new Error(`There is no policy "${policy}". The policies are ${[...current.keys()].join(", ")}.`);
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
