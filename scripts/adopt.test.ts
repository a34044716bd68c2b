import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bodySchema } from "#domain/policy/policy/body.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { stateOf } from "#server/base/content/release-comparison.ts";
import { copyContent } from "#server/testing/copy-content.ts";
import { runCommand } from "#server/testing/command.ts";

// Both commands, with the answers that the guide shows.

type Answers = {
  body: Record<string, unknown>;
  policy: Record<string, unknown>;
  portal?: object;
  [other: string]: unknown;
};

const guide = readFileSync("docs/adopting.md", "utf8");
const blocks = [...guide.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = ""]) => text);
const shown = parse(blocks.find((text) => text.startsWith("body:")) ?? "") as Answers;

let root: string;
let into: string;
beforeAll(() => void (root = mkdtempSync(path.join(tmpdir(), "with-care-adopt-"))));
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  for (const name of readdirSync(root)) rmSync(path.join(root, name), { recursive: true });
  into = path.join(root, "own");
});

const file = (...parts: string[]) => path.join(into, ...parts);
const textOf = (...parts: string[]) => readFileSync(file(...parts), "utf8");
function adopt(answers: unknown = shown, ...more: string[]) {
  const given = path.join(root, "answers.yaml");
  writeFileSync(given, typeof answers === "string" ? answers : stringify(answers));
  return runCommand("scripts/adopt.ts", ["--answers", given, "--into", into, ...more]);
}
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/** Every name of a body that comes with the portal, and of its employers and contacts' addresses. */
const NAMES = readdirSync("content/bodies").flatMap((name) => {
  const body = bodySchema.parse(parse(readFileSync(`content/bodies/${name}`, "utf8")));
  return [body.name, ...body.employers, body.groups.emergencyPartner ?? body.name];
});

describe("the answers of the guide", () => {
  it("make a folder that holds together, with one body, one policy and nobody else's name", async () => {
    const { status, stdout, stderr } = await adopt();
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      'Northtown District Council, with the policy "messaging-apps" 1.0 as a draft, from "model" 3.0',
    );
    expect(readdirSync(file("bodies"))).toEqual(["northtown.yaml"]);
    expect(readdirSync(file("policies"))).toEqual(["messaging-apps"]);
    expect(textOf("content.lock.json")).toBe("{}\n");
    for (const name of filesIn(into)) {
      const text = textOf(name);
      for (const theirs of [...new Set(NAMES), "example.invalid", "bromsgrove", "nottingham", "/policies/model"])
        expect([name, theirs, text.includes(theirs)]).toEqual([name, theirs, false]);
    }
    const check = await runCommand("scripts/policy-check.ts", ["--content", into]);
    expect(check.stdout).toContain("No fault. 1 thing to put right before drafts come into force.");
    expect(check.status).toBe(0);
    expect(readdirSync(root).sort()).toEqual(["answers.yaml", "own"]);
  });

  it("carry over what stands in the shared files, under the own name", async () => {
    await adopt();
    const [before, after] = [await readContent("content"), await readContent(into)];
    expect(after.faults).toEqual([]);
    expect(after.servedClauses).toEqual({ "messaging-apps": before.servedClauses["model"] });
    expect(after.groupRules["messaging-apps"]).toEqual([{ ...before.groupRules["model"]?.at(-1), since: "1.0" }]);
    const restsOn = (rules: typeof before.outsideRules, slug: string) =>
      rules.map(({ id, clauses }) => [id, clauses[slug] ?? []]);
    expect(restsOn(after.outsideRules, "messaging-apps")).toEqual(restsOn(before.outsideRules, "model"));
    expect(after.outsideRules.flatMap(({ clauses }) => Object.keys(clauses))).not.toContain("model");
    const [own] = after.versions.flatMap((one) => wholeVersion(one) ?? []);
    const theirs = before.versions.find(({ slug, version }) => slug === "model" && version === "3.0");
    expect(own?.table.rules.length).toBe(theirs?.rules?.table.rules.length);
    expect(own?.starts).toEqual(theirs?.starts);
    expect(own?.frontMatter).toMatchObject({
      body: "northtown",
      status: "draft",
      version: "1.0",
      published: null,
      source: null,
      owner: "Information Governance Manager",
      jurisdiction: "England",
    });
  });

  it("can be published once status and days are written", async () => {
    await adopt();
    const text = file("policies/messaging-apps/1.0/policy.mdx");
    const filled = readFileSync(text, "utf8")
      .replace("status: draft", "status: in force")
      .replace(/^(published|effective|reviewed): null$/gm, '$1: "2026-11-30"')
      .replace("reviewDue: null", 'reviewDue: "2999-11-30"');
    writeFileSync(text, filled);
    const published = await runCommand("scripts/policy-publish.ts", [
      "messaging-apps",
      "1.0",
      "--content",
      into,
      "--yes",
    ]);
    expect([published.status, published.stderr]).toEqual([0, ""]);
    expect(Object.keys(JSON.parse(textOf("content.lock.json")) as object)).toEqual(["messaging-apps"]);
  });
});

it.each([
  "nao",
  "nottingham",
  "bromsgrove-redditch",
  "home-working-council",
  "cleveland-opcc",
  "devolved-government",
  "health-trust",
])("starts from %s too, as a text that restates nobody's", async (from) => {
  const { versions, bodies } = await readContent("content");
  const theirs = bodies.find(({ slug }) => slug === versions.find((one) => one.slug === from)?.frontMatter?.body);
  const contacts = theirs?.contacts.map(({ id }) => ({ id })) ?? [];
  const body = { ...shown.body, type: "nhs-trust", contacts };
  const { status, stderr } = await adopt({ body, policy: { ...shown.policy, from } });
  expect([status, stderr]).toEqual([0, ""]);
  for (const name of filesIn(into))
    for (const other of NAMES) expect([name, other, textOf(name).includes(other)]).toEqual([name, other, false]);
  expect(textOf("policies/messaging-apps/1.0/policy.mdx")).not.toMatch(/<Clause[^>]* from=/);
});

it("starts from an older version with the exceptions that stand beside it, and puts the body's words in", async () => {
  const policy = { ...shown.policy, version: "2.0", words: { "the council": "the trust", resident: "patient" } };
  const { status, stderr } = await adopt({ ...shown, policy });
  expect([status, stderr]).toEqual([0, ""]);
  expect(
    Object.keys((parse(textOf("exception-rules.yaml")) as Record<string, object>)["messaging-apps"] ?? {}),
  ).toEqual(["1.0"]);
  const text = textOf("policies/messaging-apps/1.0/policy.mdx");
  expect(text).toContain("the trust's");
  expect(text).toMatch(/\bpatients\b/);
  expect(text).not.toMatch(/\bresidents?\b|\bthe council\b/i);
});

describe("what is wrong with the answers is named, and nothing is made", () => {
  const { slug: _slug, ...withoutSlug } = shown.body;
  it.each<[string, unknown, RegExp]>([
    ["no fields", "just words", /Write the fields body and policy/],
    ["nothing of the policy", { body: shown.body }, /^policy: It is missing/m],
    ["no slug", { ...shown, body: withoutSlug }, /^body\.slug: It is missing\. Write words\./m],
    [
      "a slug with a blank",
      { ...shown, body: { ...shown.body, slug: "North town" } },
      /^body\.slug: Use small letters/m,
    ],
    ["an unknown field", { ...shown, colour: "red" }, /There is no field "colour" here/],
    [
      "an unknown field inside",
      { ...shown, body: { ...shown.body, nick: "N" } },
      /^body: There is no field "nick" here/m,
    ],
    [
      "a nation that is none",
      { ...shown, body: { ...shown.body, nation: "france" } },
      /^body\.nation: Choose one of: england/m,
    ],
    ["an invented body", { ...shown, body: { ...shown.body, example: true } }, /There is no field "example" here/],
    ["an invented slug", { ...shown, body: { ...shown.body, slug: "example-borough" } }, /^body\.slug: .*invented/m],
    [
      "a policy's slug that exists",
      { ...shown, policy: { ...shown.policy, slug: "model" } },
      /^policy\.slug: "model" comes with the portal/m,
    ],
    [
      "a policy that is not there",
      { ...shown, policy: { ...shown.policy, from: "modle" } },
      /^policy\.from: there is no policy "modle"\. Choose one of: .*model/m,
    ],
    [
      "a version that is not there",
      { ...shown, policy: { ...shown.policy, version: "9" } },
      /^policy\.version: "model" has no published version "9"/m,
    ],
    [
      "too few contacts",
      { ...shown, body: { ...shown.body, contacts: [{ id: "line-manager" }] } },
      /^body\.contacts: .* send people to "governance-officer"\. Add a contact with that id/m,
    ],
    [
      "a phone that is none",
      { ...shown, body: { ...shown.body, contacts: [{ id: "dpo", phone: "ring me" }] } },
      /^body\.contacts\.0\.phone: write a number/m,
    ],
    [
      "a colour that nobody reads",
      { ...shown, portal: { accent: "#ffff00" } },
      /^portal\.accent: #ffff00 has a contrast/m,
    ],
    ["YAML that is none", "body: [", /answers\.yaml:\d+: /],
  ])("%s", async (_, answers, message) => {
    const { status, stderr } = await adopt(answers);
    expect(stderr).toMatch(message);
    expect([status, existsSync(into), readdirSync(root)]).toEqual([1, false, ["answers.yaml"]]);
  });

  it("a file that is not there, no folder, and an option that is none", async () => {
    const run = (...args: string[]) => runCommand("scripts/adopt.ts", args);
    expect((await run("--answers", path.join(root, "none.yaml"), "--into", into)).stderr).toMatch(
      /none\.yaml cannot be read/,
    );
    expect((await run("--answers", path.join(root, "none.yaml"))).stderr).toMatch(/Name the folder to make/);
    expect((await run("--help")).stderr).toMatch(/Use: npm run adopt/);
  });
});

it("never writes into a folder that is there, run twice or not; an empty one is taken", async () => {
  mkdirSync(into);
  expect((await adopt()).status).toBe(0);
  writeFileSync(file("portal.yaml"), "name: Mine\n");
  const again = await adopt({ ...shown, body: { ...shown.body, slug: "other" } });
  expect(again.stderr).toMatch(/own is there already, and not empty\. Name another/);
  expect(again.status).toBe(1);
  expect(textOf("portal.yaml")).toBe("name: Mine\n");
  expect(readdirSync(file("bodies"))).toEqual(["northtown.yaml"]);
});

describe("asked one by one", () => {
  /** One for each question, in their order; empty where what stands in brackets will do. */
  const answersFor = (ids: number) => [
    "",
    "Northtown NHS Trust",
    "Northtown",
    "",
    "nhs-trust",
    "",
    "",
    "-",
    "E-mail",
    "Everything.",
    "",
    ...Array.from({ length: ids }, () => ["desk@northtown.nhs.uk", ""]).flat(),
    "messages",
    "",
    "",
    "",
  ];
  const ask = (lines: readonly string[]) =>
    runCommand("scripts/adopt.ts", ["--into", into], lines.map((line) => `${line}\n`).join(""));
  const IDS = 6; // contacts of the model's body

  it("it makes the same, of a body of any type", async () => {
    const { status, stderr } = await ask(answersFor(IDS));
    expect([status, stderr]).toEqual([0, ""]);
    expect(parse(textOf("bodies/northtown.yaml"))).toMatchObject({
      type: "nhs-trust",
      nation: "england",
      employers: ["Northtown NHS Trust"],
      retention: null,
      channels: [{ name: "E-mail", use: "Everything." }],
    });
    expect(readdirSync(file("policies"))).toEqual(["messages"]);
  });

  it("it asks again where an answer is none, and makes nothing where the answers end", async () => {
    const lines = answersFor(IDS);
    lines.splice(4, 1, "NHS Trust", "nhs-trust");
    const { status, stderr } = await ask(lines);
    expect(stderr).toMatch(/^write a type in small letters and hyphens/m);
    expect(status).toBe(0);
    rmSync(into, { recursive: true });
    const half = await ask(lines.slice(0, 9));
    expect([half.status, half.stderr.includes("Nothing was made: an answer is missing.")]).toEqual([1, true]);
    expect(existsSync(into)).toBe(false);
  });
});

it("a run that is killed while it writes leaves no folder that looks whole", async () => {
  const given = path.join(root, "answers.yaml");
  writeFileSync(given, stringify(shown));
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/adopt.ts", "--answers", given, "--into", into];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  while (child.exitCode === null && !readdirSync(root).some((name) => name.endsWith(".tmp"))) await pause(5);
  child.kill("SIGTERM");
  await ended;
  if (existsSync(into))
    expect(existsSync(file("adopted.json"))).toBe(true); // it was quicker
  else expect(readdirSync(root)).toEqual(["answers.yaml"]);
  expect((await adopt()).status).toBe(existsSync(into) && child.exitCode === 0 ? 1 : 0);
});

describe("compared with a later release", () => {
  let release: string;
  beforeEach(async () => {
    release = path.join(root, "later", "content");
    copyContent(release);
    writeFileSync(path.join(root, "later", "package.json"), JSON.stringify({ version: "9.9.9" }));
    expect((await adopt()).status).toBe(0);
  });
  const compare = (...args: string[]) =>
    runCommand("scripts/content-compare.ts", ["--content", into, "--release", release, ...args]);
  const change = (name: string, from: string | RegExp, to: string) => {
    const text = readFileSync(name, "utf8");
    expect(text).toMatch(from);
    writeFileSync(name, text.replace(from, to));
  };

  it("that changed nothing there is nothing to do, whatever the body changed", async () => {
    change(file("synonyms.yaml"), "same:", "same:\n  - [rota, roster sheet]");
    const { status, stdout } = await compare();
    expect(status).toBe(0);
    expect(stdout).toContain("synonyms.yaml: You changed it, the release did not.");
    expect(stdout).toContain("There is nothing to take over.");
  });

  it("tells what the release changed, what both did, and takes over beside the body's own changes", async () => {
    change(path.join(release, "questions.yaml"), 'ask: "Which app is it?"', 'ask: "Which app do you use?"');
    change(path.join(release, "synonyms.yaml"), "same:", "same:\n  - [newword, otherword]");
    change(file("synonyms.yaml"), "  # With whom", "  - [mine, ours]\n  # With whom");
    change(
      path.join(release, "outside-rules.yaml"),
      "The report of the review is expected early",
      "The report of the review is now expected early",
    );
    const { stdout } = await compare();
    expect(stdout).toMatch(/^questions\.yaml: The release changed it, you did not\. Take it over/m);
    expect(stdout).toContain('+  ask: "Which app do you use?"');
    expect(stdout).toMatch(/^synonyms\.yaml: You changed it, and so did the release\./m);
    expect(stdout).toMatch(/^outside-rules\.yaml: The release changed it/m);
    expect(stdout).toContain("3 files to take over.");

    const taken = await compare("--take", "synonyms.yaml", "--take", "questions.yaml", "--take", "outside-rules.yaml");
    expect([taken.status, taken.stderr]).toEqual([0, ""]);
    expect(textOf("synonyms.yaml")).toMatch(/\[newword, otherword\][^]*\[mine, ours\]/);
    const after = await compare();
    expect(after.stdout).toContain("There is nothing to take over.");
    expect(after.stdout).toMatch(/^synonyms\.yaml: You changed it, the release did not/m);
    const check = await runCommand("scripts/policy-check.ts", ["--content", into]);
    expect(check.stdout).toContain("No fault. 1 thing to put right before drafts come into force.");
  });

  it("leaves a file alone in which both changed the same line, until that is said to be done", async () => {
    change(path.join(release, "questions.yaml"), 'ask: "Which app is it?"', 'ask: "Which app do you use?"');
    change(file("questions.yaml"), 'ask: "Which app is it?"', 'ask: "Which app?"');
    const own = textOf("questions.yaml");
    const taken = await compare("--take", "questions.yaml");
    expect(taken.stderr).toMatch(/changed the same lines, so nothing was changed/);
    expect(taken.status).toBe(1);
    expect(textOf("questions.yaml")).toBe(own);
    expect((await compare("--done", "questions.yaml")).status).toBe(0);
    expect(textOf("questions.yaml")).toBe(own);
    expect((await compare()).stdout).toContain("There is nothing to take over.");
  });

  it("names a newer version of the policy that was started from, and takes it into a draft alone", async () => {
    const newer = path.join(release, "policies/model/3.1");
    cpSync(path.join(release, "policies/model/3.0"), newer, { recursive: true });
    rmSync(path.join(newer, "questions.yaml"));
    change(path.join(newer, "policy.mdx"), 'version: "3.0"', 'version: "3.1"');
    change(path.join(newer, "policy.mdx"), /version 3\.0/g, "version 3.1");
    change(path.join(newer, "policy.mdx"), /changeNote: .*/, 'changeNote: "A clause says it better."');
    change(
      path.join(newer, "policy.mdx"),
      "Before you use any other app for work",
      "Before any other app is used for work",
    );
    change(path.join(newer, "policy.mdx"), "material: true", "material: false");
    const locked = await runCommand("scripts/policy-lock.ts", ["--content", release]);
    expect([locked.status, locked.stderr.replaceAll(/^Advice.*\n/gm, "")]).toEqual([0, ""]);

    const { stdout } = await compare();
    expect(stdout).toMatch(
      /model 3\.0, has a newer version: 3\.1\. 0 of \d+ situations get another answer\.\n {2}A clause says it better\./,
    );
    const ownText = "policies/messaging-apps/1.0/policy.mdx";
    expect(stdout).toContain(`${ownText}: The release changed it, you did not.`);
    change(file(ownText), "## 2 The risks", "## 2 What can go wrong");
    const taken = await compare("--take", ownText);
    expect([taken.status, taken.stderr]).toEqual([0, ""]);
    expect(textOf(ownText)).toMatch(/Before any other app is used for work[^]*## 2 What can go wrong/);
    expect(textOf(ownText)).toContain("status: draft");
    expect((await runCommand("scripts/policy-check.ts", ["--content", into])).status).toBe(0);

    expect((await runCommand("scripts/policy-lock.ts", ["--content", into])).status).toBe(0);
    const refused = await compare("--take", "policies/messaging-apps/1.0/rules.yaml");
    expect(refused.stderr).toMatch(/messaging-apps 1\.0 is published and no longer changes\. Make a version first/);
    expect((await compare("--done", "policies/messaging-apps/1.0/rules.yaml")).status).toBe(0);
    const after = await compare();
    expect(after.stdout).not.toContain("has a newer version");
    expect(after.stdout).toContain("There is nothing to take over.");
  });

  it("says what to do where the folder was not made by the command, or is the release's own", async () => {
    rmSync(file("adopted.json"));
    expect((await compare()).stderr).toMatch(/has no adopted\.json: it was not made by npm run adopt/);
    expect((await runCommand("scripts/content-compare.ts", ["--content", "content"])).stderr).toMatch(
      /is the release's own content/,
    );
    expect((await compare("--nonsense")).stderr).toMatch(/Use: npm run content:compare/);
  });
});

it.each([
  ["a", "a", "a", "same"],
  ["b", "a", "a", "yours"],
  ["a", "a", "b", "release"],
  ["b", "a", "c", "both"],
  ["b", "a", "b", "taken"],
  [null, "a", "b", "both"],
  [null, null, "b", "new"],
  ["b", null, "b", "taken"],
  ["a", null, "b", "both"],
  ["a", "a", null, "gone"],
] as const)("own %s, taken %s, release %s is %s", (own, made, fresh, state) => {
  expect(stateOf(own, made, fresh)).toBe(state);
});
