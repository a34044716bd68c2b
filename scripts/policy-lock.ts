/** `npm run policy:lock [-- --content DIR]`: publishes every version that is not locked yet: copies its questions, writes its hashes. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { checkContent } from "#server/content/check.ts";
import { hashFiles, VERSION_FILES, type Lock } from "#server/content/lock.ts";
import { readContent, type ReadVersion } from "#server/content/read.ts";
import { readOptions } from "./options.ts";

const options = readOptions("policy:lock");

const content = await readContent(options.content);
const waiting = content.versions.filter((version) => !version.isPublished);
// A version that is in force but not locked yet is what this command is for.
const isExpected = (file: string, kind: string) =>
  kind === "lock" && waiting.some(({ folder }) => file.startsWith(`${folder}/`));
const faults = checkContent(content).faults.filter(({ file, kind }) => !isExpected(file, kind));

if (faults.length > 0) {
  for (const { file, message } of faults) console.error(`${file}: ${message}`);
  console.error("Nothing was locked. Correct these faults first.");
  process.exitCode = 1;
} else if (waiting.length === 0) console.log("Every version is locked already.");
else {
  const lock: Lock = structuredClone(content.lock);
  for (const version of waiting) {
    if (!version.hashes.files["questions.yaml"]) await copyQuestions(version);
    const files = new Map<string, Buffer>();
    for (const name of VERSION_FILES) files.set(name, await readFile(path.join(options.content, version.folder, name)));
    (lock[version.slug] ??= {})[version.version] = hashFiles(files);
    console.log(`Locked ${version.slug} ${version.version}.`);
  }
  await writeFile(path.join(options.content, "content.lock.json"), `${JSON.stringify(lock, null, 2)}\n`);
}

/** Copies the facts that the version uses beside it, so that a later edit of the shared ones changes nothing published. */
async function copyQuestions({ folder, rules }: ReadVersion): Promise<void> {
  const shared = parse(await readFile(path.join(options.content, "questions.yaml"), "utf8")) as Record<string, unknown>;
  const used = rules?.table.facts.map(({ name }) => name) ?? [];
  const copy = Object.fromEntries(used.map((name) => [name, shared[name]]));
  await writeFile(path.join(options.content, folder, "questions.yaml"), stringify(copy, { lineWidth: 0 }));
}
