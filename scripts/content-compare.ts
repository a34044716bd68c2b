/** `npm run content:compare [-- --content DIR] [--release DIR] [--take FILE]… [--done FILE]…`: what a release improved in the files that a content folder took from an earlier one. */
import path from "node:path";
import { clock } from "#server/base/clock.ts";
import {
  type ComparedFile,
  compareWithRelease,
  type FileState,
  type NewerStart,
  type ReleaseComparison,
  takeOver,
} from "#server/base/content/release-comparison.ts";
import { readRelease } from "#server/base/content/release-files.ts";
import { readArguments, Refusal, runCommand } from "./command.ts";
import { CONTENT } from "./options.ts";

const USE = "Use: npm run content:compare [-- --content DIR] [--release DIR] [--take FILE] [--done FILE]";
const MOST_LINES = 60;

/** What each state means for whoever looks after the content. */
const WORDS: Record<FileState, string> = {
  same: "As you took it. Nothing to do.",
  yours: "You changed it, the release did not. Nothing to do.",
  release: "The release changed it, you did not.",
  both: "You changed it, and so did the release.",
  taken: "You have what the release has.",
  new: "New in the release.",
  gone: "The release has it no more. What you have stays.",
};
const TO_TAKE: readonly FileState[] = ["release", "both", "new"];

await runCommand("Nothing was compared", async () => {
  const many = { type: "string", multiple: true, default: [] as string[] } as const;
  const { values } = readArguments(USE, {
    options: { content: CONTENT, release: { type: "string", default: "content" }, take: many, done: many },
  });
  const { content, release: from, take, done } = values;
  if (path.resolve(content) === path.resolve(from))
    throw new Refusal(`${content} is the release's own content. Name yours with --content DIR, or set CONTENT_DIR.`);
  const release = await readRelease(path.resolve(from));
  const read = () => compareWithRelease(path.resolve(content), release, clock.today());
  const comparison = await read();
  for (const file of take) await takeFile(comparison, file, false);
  for (const file of done) await takeFile(comparison, file, true);
  if (take.length + done.length === 0) report(comparison);
});

async function takeFile(comparison: ReleaseComparison, name: string, isByHand: boolean): Promise<void> {
  const found = comparison.files.find(({ file, path: now }) => file === name || now === name);
  if (!found?.fresh) throw new Refusal(`The release has no "${name}". Name a file as the comparison does.`);
  const { policy } = comparison;
  const isOfPolicy = found.file.startsWith(`policies/`);
  if (isOfPolicy && !isByHand && policy?.isPublished)
    throw new Refusal(
      `${policy.slug} ${policy.version} is published and no longer changes. Make a version first: npm run policy:new -- --slug ${policy.slug} --content ${comparison.directory}`,
    );
  if (!(await takeOver(comparison, found, isByHand)))
    throw new Refusal(
      `${found.path}: you and the release changed the same lines, so nothing was changed. Take them over by hand, then: npm run content:compare -- --done ${name}`,
    );
  console.log(`${found.path}: ${isByHand ? "noted as taken over" : "taken over"}.`);
}

function report({ files, newer, adopted, release }: ReleaseComparison): void {
  console.log(`Taken from release ${adopted.release}, compared with ${release.software}.`);
  if (newer) console.log(describeNewer(newer).join("\n"));
  for (const one of files) console.log(describeFile(one).join("\n"));
  const open = files.filter(({ state }) => TO_TAKE.includes(state));
  console.log(
    open.length === 0
      ? "There is nothing to take over."
      : `${open.length} ${open.length === 1 ? "file" : "files"} to take over. Check afterwards: npm run policy:check`,
  );
}

function describeNewer({ policy, from, to, correction, changeNote, situations, changed }: NewerStart): string[] {
  return [
    `The policy that you started from, ${policy} ${from}, has a newer version: ${to}${correction ? ` (${correction})` : ""}. ${changed} of ${situations} situations get another answer.`,
    ...(changeNote ? [`  ${changeNote}`] : []),
  ];
}

function describeFile({ file, path: now, state, patch }: ComparedFile): string[] {
  const head = `${now}: ${WORDS[state]}`;
  if (!TO_TAKE.includes(state)) return [head];
  const lines = state === "new" ? [] : patch.split("\n").slice(4).filter(Boolean);
  const more = lines.length - MOST_LINES;
  return [
    `${head} Take it over: npm run content:compare -- --take ${file}`,
    ...lines.slice(0, MOST_LINES).map((line) => `    ${line}`),
    ...(more > 0 ? [`    … and ${more} more lines`] : []),
  ];
}
