/** `npm run policy:new [-- --slug S --title T --body B --facts a,b --version V --content DIR]`: asks, then lays out a new policy or a new version. */
import { parseArgs } from "node:util";
import { addPolicy, addVersion, newestOf, VERSION } from "#server/base/content/scaffold.ts";
import { readContent } from "#server/base/content/read.ts";
import { compareVersions } from "#domain/policy/policy/policy.ts";
import { slugProblem } from "#domain/policy/policy/slug.ts";
import { CONTENT, orUsage } from "./options.ts";
import { openQuestions } from "./questions.ts";

const { values: given } = orUsage(
  "policy:new [-- --slug S --title T --body B --facts a,b --version V --content DIR]",
  () =>
    parseArgs({
      options: {
        slug: { type: "string" },
        title: { type: "string" },
        body: { type: "string" },
        facts: { type: "string" },
        version: { type: "string" },
        content: CONTENT,
      },
    }),
);

const { settle, close } = openQuestions();
const { content: directory } = given;
const content = await readContent(directory).catch((error: unknown) => {
  console.error(
    `The content folder "${directory}" cannot be read: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exit(1);
});

const slug = await settle(
  given.slug,
  "Address of the policy, such as ai-tools; an existing one gets a new version: ",
  slugProblem,
);
const newest = newestOf(content, slug);
const version = await settle(
  given.version,
  `Version${newest ? `, after ${newest.version}` : ", such as 1.0"}: `,
  (value) => {
    if (!VERSION.test(value)) return "Write a version as 1 or 1.2.";
    if (newest && compareVersions(value, newest.version) <= 0)
      return `${slug} has version ${newest.version}. Choose a higher number.`;
    return content.lock[slug]?.[value] ? `${slug} ${value} was published once. Choose a higher number.` : null;
  },
);

if (newest) await make(() => addVersion(directory, newest, version));
else {
  const title = await settle(given.title, "Title: ", (value) => (value === "" ? "Write a title." : null));
  const bodies = content.bodies.map((body) => body.slug);
  const body = await settle(given.body, `Body (${bodies.join(", ")}): `, (value) =>
    bodies.includes(value) ? null : `There is no bodies/${value}.yaml. The bodies are ${bodies.join(", ")}.`,
  );
  const known = Object.keys(content.questions);
  const facts = await settle(
    given.facts,
    `Facts it asks for, at least two, separated by commas (${known.join(", ")}): `,
    (value) => {
      const names = namesIn(value);
      const unknown = names.find((name) => !known.includes(name));
      if (unknown !== undefined)
        return `There is no fact "${unknown}" in questions.yaml. The facts are ${known.join(", ")}.`;
      return new Set(names).size === names.length && names.length > 1 ? null : "Name at least two facts, each once.";
    },
  );
  const names = namesIn(facts);
  const { questions } = content;
  await make(() => addPolicy(directory, { slug, version, title, body, facts: names, questions }));
}
close();

async function make(add: () => Promise<string>): Promise<void> {
  try {
    console.log(`Made ${await add()} as a draft. See what is still to write with npm run policy:check.`);
  } catch (error) {
    console.error(`Nothing was made: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}
