/** `npm run adopt [-- --into DIR] [--answers FILE]`: makes a content folder of one's own from the one that comes with the portal. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { issueWords } from "#domain/policy/decision/issue-words.ts";
import { adoptionSchema, slugOf } from "#domain/policy/policy/adoption.ts";
import { clock } from "#server/base/clock.ts";
import { adopt, checkAdoption, contactsOf, isTaken, TAKEN } from "#server/base/content/adopt.ts";
import { readPlainYaml } from "#server/base/content/plain-yaml.ts";
import { FIRST_VERSION, readRelease, type Release, versionToStartFrom } from "#server/base/content/release-files.ts";
import { readArguments, Refusal, runCommand, typedPath } from "./command.ts";
import { openQuestions } from "./questions.ts";

const USE = "Use: npm run adopt [-- --into DIR] [--answers FILE]";
await runCommand("Nothing was made", run);

async function run(): Promise<void> {
  const { values } = readArguments(USE, { options: { into: { type: "string" }, answers: { type: "string" } } });
  const release = await readRelease(path.resolve("content"));
  const today = clock.today();
  if (values.answers !== undefined && values.into === undefined) throw new Refusal(`Name the folder to make. ${USE}`);
  const problem = values.into === undefined ? null : folderProblem(values.into);
  if (problem !== null) throw new Refusal(problem);
  const questions = openQuestions();
  const folder = await questions.settle(values.into, "Folder to make, such as ../our-content: ", folderProblem);
  const into = typedPath(folder);
  const given =
    values.answers === undefined ? await askAll(questions, release, today) : await readAnswers(values.answers);
  questions.close();
  const asked = checkAdoption(given, release, today);
  if (Array.isArray(asked)) throw new Refusal([...asked, "Nothing was made."].join("\n"));
  const files = await adopt(release, asked, into, today);
  const { body, policy } = asked.adoption;
  console.log(
    [
      `Made ${into}: ${body.name}, with the policy "${policy.slug}" ${FIRST_VERSION} as a draft, from "${asked.start.slug}" ${asked.start.version}.`,
      ...(files.length > 0 ? ["Read again what the text takes for granted:", ...files.map((line) => `  ${line}`)] : []),
      "Next:",
      `  npm run policy:check -- --content ${into}`,
      `  CONTENT_DIR=${into} npm start`,
      "and then as docs/adopting.md says.",
    ].join("\n"),
  );
}

function folderProblem(folder: string): string | null {
  if (folder === "") return "Name a folder.";
  return isTaken(typedPath(folder)) ? `${folder} is there already, and not empty. ${TAKEN}` : null;
}

async function readAnswers(file: string): Promise<unknown> {
  const text = await readFile(typedPath(file), "utf8").catch((error: unknown) => {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { value, problems } = readPlainYaml(text);
  if (problems.length > 0)
    throw new Refusal(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join("\n"));
  return value;
}

/** What is asked for one by one: the field, the question, and what an empty answer stands for. */
async function askAll({ ask }: ReturnType<typeof openQuestions>, release: Release, today: string): Promise<unknown> {
  const { body, policy } = adoptionSchema.shape;
  /** @param suggested what an empty answer stands for */
  const about = async (schema: z.ZodType, question: string, suggested = ""): Promise<string> => {
    for (;;) {
      const answer = (await ask(`${question}${suggested && ` [${suggested}]`}: `)) || suggested;
      const parsed = schema.safeParse(answer);
      if (parsed.success) return answer;
      for (const issue of parsed.error.issues) console.error(issueWords(issue));
    }
  };
  const words = z.string();
  const orNothing = (answer: string) => (answer === "" || answer === "-" ? null : answer);

  const slugs = new Set(release.content.versions.map(({ slug }) => slug));
  const offered = z.enum([...slugs] as [string, ...string[]], { error: `Choose one of: ${[...slugs].join(", ")}.` });
  const from = await about(offered, `Policy to start from (${[...slugs].join(", ")})`, "model");
  const start = versionToStartFrom(release, { slug: from }, today);
  const name = await about(body.shape.name, "Name of your body, such as Northtown District Council");
  const shortName = await about(body.shape.shortName, "What its people call it", name);
  const own = {
    slug: await about(body.shape.slug, "Its short name in addresses and settings", slugOf(shortName)),
    name,
    shortName,
    type: await about(body.shape.type, "What kind of body it is, such as council, nhs-trust or police", "council"),
    nation: await about(body.shape.nation, "Nation: england, wales, scotland, northern-ireland or uk", "england"),
    employers: (await about(words, "Employers, with commas between", name)).split(",").map((one) => one.trim()),
    retention: orNothing(await about(words, "How long messages are kept, in a sentence or two (- for not yet)", "-")),
  };
  const channels: object[] = [];
  for (;;) {
    const channel = orNothing(await about(words, "An approved channel, such as E-mail (empty for no more)"));
    if (channel === null) break;
    channels.push({ name: channel, use: orNothing(await about(words, "  What it is for (- for not yet)", "-")) });
  }
  const contacts: object[] = [];
  const needed = start ? contactsOf(start) : [];
  const theirs = release.content.bodies.find(({ slug }) => slug === start?.frontMatter?.body)?.contacts ?? [];
  const phoneOrNothing = z.union([z.literal("-"), body.shape.contacts.element.shape.phone]);
  for (const { id, name: role } of theirs) {
    const isNeeded = needed.includes(id);
    const address = orNothing(await about(words, `${role}: e-mail address (- for none)`, "-"));
    const phone = orNothing(await about(phoneOrNothing, "  phone number (- for none)", "-"));
    if (isNeeded || address !== null || phone !== null)
      contacts.push({ id, address, ...(phone !== null && { phone }) });
  }
  const front = start?.frontMatter;
  return {
    body: { ...own, channels, contacts },
    policy: {
      from,
      slug: await about(policy.shape.slug, "Short name of your policy in addresses", "messaging-apps"),
      title: await about(words, "Its title", front?.title),
      owner: orNothing(await about(words, "Role that owns it", front?.owner ?? "Information Governance Manager")),
      approver: orNothing(
        await about(words, "Role that approves it", front?.approver ?? "Senior Information Risk Owner"),
      ),
    },
  };
}
