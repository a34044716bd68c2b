import { existsSync, readdirSync, rmSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { type Adoption, adoptionSchema, reworded } from "#domain/policy/policy/adoption.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { schemaProblems } from "#domain/policy/decision/issue-words.ts";
import { checkContent, servedClauseFaults } from "./check.ts";
import { lintContent } from "./lint.ts";
import { describeFinding } from "./publish.ts";
import { readContent, type ReadVersion } from "./read.ts";
import { FIRST_VERSION, type MadeFile, makeFromRelease, type Release, versionToStartFrom } from "./release-files.ts";

/** What says in a content folder which release its files came from. */
export const ADOPTED_FILE = "adopted.json";
/** The files as the release made them, in the content folder: what a later release is compared with. */
export const RELEASE_COPY = ".release";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const adoptedSchema = z.strictObject({
  release: z.string(),
  /** The policy that was started from: the hash is that of its published version. */
  from: z.strictObject({ policy: z.string(), version: z.string(), hash: sha256 }),
  policy: z.string(),
  /** What takes the place of the names of the body that wrote it. */
  body: z.strictObject({ name: z.string(), shortName: z.string() }),
  words: z.record(z.string(), z.string()),
  front: z.record(z.string(), z.string()),
  /** By file: the release's file, its hash, and the hash of what was made of it. */
  files: z.record(z.string(), z.strictObject({ from: z.string(), source: sha256, made: sha256 })),
});
export type Adopted = z.infer<typeof adoptedSchema>;

/** The contacts that the rules of a version send people to, by id. */
export const contactsOf = ({ rules }: ReadVersion): string[] =>
  [...new Set(rules?.rules.flatMap(({ contacts }) => contacts))].sort();

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Answers with what the release knows where they are silent: above all what each contact is called and is for. */
function completed(given: Fields, theirs: Body | undefined): Fields {
  const { body } = given;
  if (!isFields(body)) return given;
  const each = (list: unknown, more: (one: Fields) => Fields) =>
    Array.isArray(list) ? list.map((one: unknown) => (isFields(one) ? { ...more(one), ...one } : one)) : list;
  const named = typeof body["name"] === "string" ? { shortName: body["name"], employers: [body["name"]] } : {};
  const whole: Fields = { appetite: null, ...named, ...body };
  const names = namesFor(theirs, { name: String(whole["name"]), shortName: String(whole["shortName"]) });
  const contact = ({ id }: Fields) => {
    const same = theirs?.contacts.find((one) => one.id === id);
    return { address: null, ...(same && { id, name: reworded(same.name, names), for: reworded(same.for, names) }) };
  };
  if ("channels" in whole) whole["channels"] = each(whole["channels"], () => ({ use: null, from: null, until: null }));
  if ("contacts" in whole) whole["contacts"] = each(whole["contacts"], contact);
  return { ...given, body: whole };
}

/** What was asked for, and the version to start from. */
export interface CheckedAdoption {
  adoption: Adoption;
  /** The body as its file will say it: without what the schema adds. */
  body: Fields;
  start: ReadVersion;
}

/**
 * Checks answers against the release.
 * @returns what was asked for, or what is wrong with it: each problem names its field and says what to do
 */
export function checkAdoption(given: unknown, release: Release, today: string): CheckedAdoption | string[] {
  if (!isFields(given)) return ["Write the fields body and policy, as docs/adopting.md shows them."];
  const { versions, bodies } = release.content;
  const slugs = [...new Set(versions.map(({ slug }) => slug))];
  const policy: Fields = isFields(given["policy"]) ? given["policy"] : {};
  const from = typeof policy["from"] === "string" ? policy["from"] : "model";
  if (!slugs.includes(from)) return [`policy.from: there is no policy "${from}". Choose one of: ${slugs.join(", ")}.`];
  const theirBody = versions.find((one) => one.slug === from)?.frontMatter?.body;
  const whole = completed(
    given,
    bodies.find(({ slug }) => slug === theirBody),
  );
  const parsed = adoptionSchema.safeParse(whole);
  if (!parsed.success) return schemaProblems(parsed.error.issues, whole);
  const { data: adoption } = parsed;
  const start = versionToStartFrom(release, { ...adoption.policy, slug: from }, today);
  const problems = choiceProblems(adoption, release, start);
  const { slug: _, ...body } = whole["body"] as Fields;
  return start && problems.length === 0 ? { adoption, body, start } : problems;
}

function choiceProblems({ policy, body }: Adoption, { content }: Release, start: ReadVersion | null): string[] {
  const lacking = (start ? contactsOf(start) : []).filter((id) => body.contacts.every((one) => one.id !== id));
  const isPolicy = content.versions.some(({ slug }) => slug === policy.slug);
  const isInvented = content.bodies.some(({ slug, example }) => example && slug === body.slug);
  return [
    !start &&
      `policy.version: "${policy.from}" has no published version "${policy.version ?? ""}". Leave it out for the newest.`,
    isPolicy &&
      `policy.slug: "${policy.slug}" comes with the portal, and yours would be taken for it. Choose another, such as messaging-apps.`,
    isInvented && `body.slug: "${body.slug}" belongs to an invented body. Choose your own.`,
    ...lacking.map(
      (id) =>
        `body.contacts: the rules of "${policy.from}" send people to "${id}". Add a contact with that id, and how to reach it.`,
    ),
  ].filter((problem) => problem !== false);
}

/**
 * Makes a content folder of one's own, complete or not at all.
 * @param into a folder that is not there yet, or empty
 * @returns what its owner should read again
 * @throws Error if the folder cannot be made, or would not pass its checks; nothing is left of it then
 */
export async function adopt(release: Release, asked: CheckedAdoption, into: string, today: string): Promise<string[]> {
  if (isTaken(into)) throw new Error(`${into} is there already, and not empty. ${TAKEN}`);
  const half = path.join(path.dirname(into), `.${path.basename(into)}.${process.pid}.tmp`);
  const drop = () => rmSync(half, { recursive: true, force: true });
  const stop = () => {
    drop();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  try {
    const { made, record } = await makeFiles(release, asked);
    const own: Record<string, string> = {
      [`bodies/${asked.adoption.body.slug}.yaml`]: stringify(asked.body, { lineWidth: 0 }),
      "portal.yaml": stringify(asked.adoption.portal ?? { name: "With Care" }, { lineWidth: 0 }),
      "content.lock.json": "{}\n",
      [ADOPTED_FILE]: `${JSON.stringify(record, null, 2)}\n`,
    };
    for (const [file, { text }] of made) Object.assign(own, { [file]: text, [`${RELEASE_COPY}/${file}`]: text });
    for (const [file, text] of Object.entries(own)) await write(path.join(half, file), text);
    await check(half, today);
    await rename(half, into);
    return toReadAgain(release, asked, made);
  } finally {
    drop();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
  }
}

/** What to do where a folder is taken. */
export const TAKEN =
  "Name another folder. To change what you have, edit its files, or add a policy with npm run policy:new; to see what a release improved, npm run content:compare.";

/** Whether something is in the way of a new folder. */
export function isTaken(folder: string): boolean {
  try {
    return existsSync(folder) && readdirSync(folder).length > 0;
  } catch {
    return true; // a file
  }
}

async function makeFiles(release: Release, { adoption, start }: CheckedAdoption) {
  const { body, policy } = adoption;
  const words = wordsFor(release, start, body, policy.words);
  const front = {
    body: body.slug,
    ...(policy.title !== undefined && { title: JSON.stringify(policy.title) }),
    owner: JSON.stringify(policy.owner),
    approver: JSON.stringify(policy.approver),
    jurisdiction: JSON.stringify(JURISDICTIONS[body.nation]),
  };
  const made = await makeFromRelease(release, { start, slug: policy.slug, words, front });
  const files = [...made].map(([file, { from, hashes }]) => [file, { from, ...hashes }] as const);
  const { slug, version, hashes } = start;
  const record: Adopted = {
    release: release.software,
    from: { policy: slug, version, hash: hashes.hash },
    policy: policy.slug,
    body: { name: body.name, shortName: body.shortName },
    words: policy.words,
    front,
    files: Object.fromEntries(files),
  };
  return { made, record };
}

const JURISDICTIONS: Readonly<Record<Adoption["body"]["nation"], string>> = {
  england: "England",
  wales: "Wales",
  scotland: "Scotland",
  "northern-ireland": "Northern Ireland",
  uk: "United Kingdom",
};

/** The words that are put in place of others in a version: names of the body that wrote it, and what was asked for. */
export const wordsFor = (
  { content }: Release,
  { frontMatter }: ReadVersion,
  own: Adopted["body"],
  words: Adopted["words"],
): Record<string, string> => ({
  ...namesFor(
    content.bodies.find(({ slug }) => slug === frontMatter?.body),
    own,
  ),
  ...words,
});

function namesFor(theirs: Body | undefined, { name, shortName }: Adopted["body"]): Record<string, string> {
  if (!theirs) return {};
  const { emergencyPartner: partner } = theirs.groups;
  return {
    [theirs.shortName]: shortName,
    ...Object.fromEntries([theirs.name, ...theirs.employers].map((one) => [one, name])),
    ...(partner !== null && { [partner]: "our emergency partner" }),
  };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" });
}

/** What npm run policy:check would find. @throws Error naming the first fault */
async function check(directory: string, today: string): Promise<void> {
  const content = await readContent(directory);
  const faults = [...checkContent(content).faults, ...servedClauseFaults(content)];
  const findings = await lintContent(directory, content, faults, today);
  const problems = [
    ...faults.map(({ file, message }) => `${file}: ${message}`),
    ...findings.filter(({ blocks }) => blocks).map(describeFinding),
  ];
  if (problems.length > 0) throw new Error(`It would not hold together. ${problems.slice(0, 5).join("\n")}`);
}

/** Where the text speaks of what the body may not have or call so. */
function toReadAgain(release: Release, { adoption, start }: CheckedAdoption, made: ReadonlyMap<string, MadeFile>) {
  const { body, policy } = adoption;
  const theirs = release.content.bodies.find(({ slug }) => slug === start.frontMatter?.body);
  const channels = (theirs?.channels ?? []).map(({ name }) => name);
  const foreign = channels.filter((name) => body.channels.every((own) => own.name !== name));
  const words = [...foreign, ...(body.type === "council" ? [] : ["the council", "resident"])];
  return words.flatMap((word) => {
    const lines = [...made].flatMap(([file, { text }]) =>
      file.startsWith(`policies/${policy.slug}/${FIRST_VERSION}/`)
        ? text
            .split("\n")
            .flatMap((line, at) => (line.toLowerCase().includes(word.toLowerCase()) ? [`${file}:${at + 1}`] : []))
        : [],
    );
    return lines.length === 0 ? [] : [`"${word}" stands in ${lines.length} lines, first in ${lines[0] ?? ""}.`];
  });
}
