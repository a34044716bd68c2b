/** `npm run policy:lock [-- --content DIR]`: publishes every version that is not locked yet: copies its questions, writes its hashes. */
import { clock } from "#server/base/clock.ts";
import { describeFinding, preparePublication, publishVersions } from "#server/base/content/publish.ts";
import { readOptions } from "./options.ts";

const options = readOptions("policy:lock");

const publication = await preparePublication(options.content, () => true, clock.today());
const { waiting, advice, content } = publication;
const needsSignatures = new Set(content.bodies.filter(({ publishing }) => publishing).map(({ slug }) => slug));
const problems = [
  ...publication.problems,
  ...waiting
    .filter(({ frontMatter }) => needsSignatures.has(frontMatter?.body ?? ""))
    .map(
      (one) => `${one.folder}: its body asks for signatures. Use npm run policy:publish ${one.slug} ${one.version}.`,
    ),
];
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  console.error("Nothing was locked. Correct these faults first.");
  process.exitCode = 1;
} else if (waiting.length === 0) console.log("Every version is locked already.");
else {
  for (const finding of advice) console.error(`Advice: ${describeFinding(finding)}`);
  try {
    await publishVersions(options.content, publication);
    for (const { slug, version } of waiting) console.log(`Locked ${slug} ${version}.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
