import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkContent } from "#server/base/content/check.ts";
import { lintContent } from "#server/base/content/lint.ts";
import { readContent } from "#server/base/content/read.ts";
import { addVersion, newestOf } from "#server/base/content/scaffold.ts";
import { runCommand } from "#server/testing/command.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

// The command, beside one small policy with one version.

let sample: string;
let content: string;
beforeAll(() => {
  const root = mkdtempSync(path.join(tmpdir(), "with-care-new-"));
  [sample, content] = [path.join(root, "sample"), path.join(root, "content")];
  cpSync("content", sample, { recursive: true });
  // The answers that version 1.1 was written with: one came later.
  const questions = readFileSync(path.join(sample, "questions.yaml"), "utf8");
  writeFileSync(path.join(sample, "questions.yaml"), questions.replace(/ {4}voice-note:\n(?: {6}.*\n)+/, ""));
  for (const slug of readdirSync(path.join(sample, "policies")))
    if (slug !== "nottingham") rmSync(path.join(sample, "policies", slug), { recursive: true });
  rmSync(path.join(sample, "policies/nottingham/1.1.1"), { recursive: true });
  const lock = JSON.parse(readFileSync(path.join(sample, "content.lock.json"), "utf8")) as Record<
    string,
    Record<string, unknown>
  >;
  writeFileSync(
    path.join(sample, "content.lock.json"),
    JSON.stringify({ nottingham: { "1.1": lock.nottingham?.["1.1"] } }),
  );
});
beforeEach(() => {
  rmSync(content, { recursive: true, force: true });
  cpSync(sample, content, { recursive: true });
});
afterAll(() => rmSync(path.dirname(sample), { recursive: true }));

const command = (script: string, args: readonly string[]) => [
  "--conditions=react-server",
  "--import",
  "tsx",
  `scripts/${script}.ts`,
  ...args,
  "--content",
  content,
];
const policyNew = (args: readonly string[], answers: readonly string[] = []) => {
  const input = answers.map((answer) => `${answer}\n`).join("");
  return runCommand("scripts/policy-new.ts", [...args, "--content", content], input);
};
const NEW = [
  "--slug",
  "ai-tools",
  "--version",
  "1.0",
  "--title",
  "AI tools",
  "--body",
  "nottingham",
  "--facts",
  "device,content",
];
const made = (folder: string) => readFileSync(path.join(content, "policies", folder, "policy.mdx"), "utf8");
const MADE = (folder: string) =>
  `Made policies/${folder} as a draft. See what is still to write with npm run policy:check.\n`;

describe("policy:new", () => {
  it("lays out a policy from options that holds together; the check names precisely what is still to write", async () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, command("policy-new", NEW), { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: MADE("ai-tools/1.0"), stderr: "" });
    expect(readdirSync(path.join(content, "policies/ai-tools"))).toEqual(["1.0"]);
    const read = await readContent(content);
    const { faults } = checkContent(read);
    expect(faults).toEqual([]);
    const findings = await lintContent(content, read, faults, "2026-11-24");
    const lines = made("ai-tools/1.0").split("\n");
    const text = (start: string, message: string) =>
      `policies/ai-tools/1.0/policy.mdx:${lines.findIndex((line) => line.trim().startsWith(start)) + 1}: ${message}`;
    const todo = '"TODO" is a placeholder. Write what belongs there.';
    const said = findings.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    expect(said).toEqual([
      text("reviewDue:", "There is no review date. Write when it is looked at again."),
      text("owner:", "There is no owner. Name the role that answers for the policy."),
      text("approver:", "There is no approver. Name the role that approved it."),
      text("acknowledgement:", todo),
      text('- "TODO', todo),
      text("<Clause", todo),
      expect.stringMatching(/rules\.yaml:\d+: "TODO" is a placeholder/),
      expect.stringMatching(/rules\.yaml:\d+: "TODO" is a placeholder/),
    ]);
    expect(findings.some(({ blocks }) => blocks)).toBe(false);
    expect(read.versions.find(({ slug }) => slug === "ai-tools")?.rules?.table.facts.map(({ name }) => name)).toEqual([
      "device",
      "content",
    ]);
  });

  it("asks for what was not given, again where an answer will not do", async () => {
    const answers = [
      "AI Tools",
      "compare",
      "ai-tools",
      "one",
      "1",
      "",
      "AI: tools & more",
      "nowhere",
      "nottingham",
      "device",
      "device,colour",
      "device, content",
    ];
    const { status, stdout, stderr } = await policyNew([], answers);
    expect([status, stdout.split("Made").at(-1)]).toEqual([0, MADE("ai-tools/1").slice(4)]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "Use small letters, digits and hyphens.",
      '"compare" is taken by the portal; choose another.',
      "Write a version as 1 or 1.2.",
      "Write a title.",
      expect.stringMatching(/^There is no bodies\/nowhere\.yaml\. The bodies are .*nottingham/),
      "Name at least two facts, each once.",
      expect.stringMatching(/^There is no fact "colour" in questions\.yaml\. The facts are .*device/),
    ]);
    expect(made("ai-tools/1")).toContain('title: "AI: tools & more"');
  });

  it("makes nothing of a name that cannot be an address, the portal's own names and those of every object", async () => {
    const { status, stderr } = await policyNew(
      ["--slug", "AI"],
      ["compare", "constructor", "reviews.ics", "../../x", "-a"],
    );
    const letters = "Use small letters, digits and hyphens.";
    const taken = (name: string) => `"${name}" is taken by the portal; choose another.`;
    const said = [letters, taken("compare"), taken("constructor"), letters, letters, letters];
    expect([status, stderr]).toEqual([1, `${said.join("\n")}\n\nNothing was made: an answer is missing.\n`]);
    expect(readdirSync(path.join(content, "policies"))).toEqual(["nottingham"]);
  });

  it("makes no version that is there, is older, or was published once", async () => {
    const lock = path.join(content, "content.lock.json");
    const { nottingham } = JSON.parse(readFileSync(lock, "utf8")) as Record<string, Record<string, unknown>>;
    writeFileSync(lock, JSON.stringify({ nottingham: { ...nottingham, "1.3": nottingham?.["1.1"] } }));
    const { status, stderr } = await policyNew(["--slug", "nottingham", "--version", "1.1"], ["1.0.9", "1.3", "1.10a"]);
    expect([status, stderr.trimEnd().split("\n")]).toEqual([
      1,
      [
        "nottingham has version 1.1. Choose a higher number.",
        "nottingham has version 1.1. Choose a higher number.",
        "nottingham 1.3 was published once. Choose a higher number.",
        "Write a version as 1 or 1.2.",
        "",
        "Nothing was made: an answer is missing.",
      ],
    ]);
    expect(readdirSync(path.join(content, "policies/nottingham"))).toEqual(["1.1"]);
  });

  it("overwrites nothing", async () => {
    mkdirSync(path.join(content, "policies/ai-tools"), { recursive: true });
    writeFileSync(path.join(content, "policies/ai-tools/1.0"), "notes");
    const { status, stderr } = await policyNew(NEW);
    expect([status, stderr]).toEqual([1, "Nothing was made: policies/ai-tools/1.0 is there already.\n"]);
    expect(readFileSync(path.join(content, "policies/ai-tools/1.0"), "utf8")).toBe("notes");
    expect(readdirSync(path.join(content, "policies/ai-tools"))).toEqual(["1.0"]);
  });

  it("adds a version that is the one before it, its dates emptied, in its author's own lines", async () => {
    expect(await policyNew(["--slug", "nottingham", "--version", "1.2"])).toEqual({
      status: 0,
      stdout: MADE("nottingham/1.2"),
      stderr: "",
    });
    expect(existsSync(path.join(content, "policies/nottingham/1.2/questions.yaml"))).toBe(false);
    const rules = (version: string) =>
      readFileSync(path.join(content, "policies/nottingham", version, "rules.yaml"), "utf8");
    expect(rules("1.2")).toBe(rules("1.1"));
    const [before, after] = [made("nottingham/1.1").split("\n"), made("nottingham/1.2").split("\n")];
    expect(after).toHaveLength(before.length);
    const changed = after.filter((line, at) => line !== before[at]);
    expect(changed).toEqual(
      [
        'version: "1.2"',
        "published: null",
        "effective: null",
        "reviewed: null",
        "reviewDue: null",
        "interimUntil: null",
        'changeNote: "TODO: say in two or three sentences what changed since version 1.1."',
      ].filter((line) => !before.includes(line)),
    );
    const read = await readContent(content);
    expect(checkContent(read).faults).toEqual([]);
    expect(newestOf(read, "nottingham")?.frontMatter).toMatchObject({
      version: "1.2",
      status: "draft",
      reviewDue: null,
    });
  });

  it("copies a version that begins with a byte order mark", async () => {
    const file = path.join(content, "policies/nottingham/1.1/policy.mdx");
    writeFileSync(file, `\uFEFF${readFileSync(file, "utf8")}`);
    expect((await policyNew(["--slug", "nottingham", "--version", "1.2"])).stderr).toBe("");
    expect(made("nottingham/1.2")).toMatch(/^---\n/);
  });

  it("keeps comments, folded words and line ends, and takes out what was for the version before", async () => {
    const file = path.join(content, "policies/nottingham/1.1/policy.mdx");
    const written = readFileSync(file, "utf8")
      .replace(/changeNote: .*/, "# What is new:\nchangeNote: >\n  Some words\n  on two lines.")
      .replace(/material: .*/, 'material: true # asked by the board\nmaterialReason: "the board asks for it"')
      .replace(/owner: .*/, "owner:   'The  Owner'   # since May")
      .replace(/reviewed: .*/, "reviewed:")
      .replace("source:\n", 'correction:\n  of: "1"\n  because:\n    - "It was wrong."\nsource:\n')
      .replaceAll("\n", "\r\n");
    writeFileSync(file, written);
    const newest = newestOf(await readContent(content), "nottingham");
    if (!newest) throw new Error("There is no nottingham.");
    await addVersion(content, newest, "2");
    const fresh = made("nottingham/2");
    expect(fresh).toContain(
      '# What is new:\r\nchangeNote: "TODO: say in two or three sentences what changed since version 1.1."\r\nmaterial: true # asked by the board\r\nacknowledge',
    );
    expect(fresh).not.toContain("correction");
    expect(fresh).toContain("\r\nsource:\r\n");
    expect(fresh).toContain("owner:   'The  Owner'   # since May\r\n");
    expect(fresh).toContain("\r\nreviewed: null\r\n");
    expect(fresh.replaceAll("\r\n", "")).not.toContain("\n");
    const read = await readContent(content);
    expect(newestOf(read, "nottingham")).toMatchObject({ frontMatter: { version: "2", reviewed: null }, faults: [] });
  });
});

describe("policy:check --watch", () => {
  it("says what a save broke and that it is put right, until it is ended", async () => {
    const file = path.join(content, "policies/nottingham/1.2/policy.mdx");
    expect((await policyNew(["--slug", "nottingham", "--version", "1.2"])).status).toBe(0);
    const good = readFileSync(file, "utf8");
    const watching = spawn(process.execPath, command("policy-check", ["--watch"]));
    try {
      let said = "";
      watching.stdout.on("data", (data: Buffer) => (said += data.toString()));
      const until = async (part: string) => {
        await expect.poll(() => said, { timeout: 120_000, interval: 50 }).toContain(part);
        const all = said;
        said = "";
        return all;
      };
      await until("No fault.");
      writeFileSync(file, good.replace("## 1 ", "{1 + 1}\n\n## 1 "));
      const line = good.slice(0, good.indexOf("## 1 ")).split("\n").length;
      expect(await until("1 fault.")).toContain(`policies/nottingham/1.2/policy.mdx:${line}:`);
      writeFileSync(file, good);
      expect(await until("No fault.")).toMatch(/\n\d\d:\d\d:\d\d\n.*: policies\/nottingham\/1\.2\/policy\.mdx/);
      const ended = new Promise((resolve) => watching.once("close", (code, signal) => resolve([code, signal])));
      watching.kill("SIGINT");
      expect(await ended).toEqual([0, null]);
    } finally {
      watching.kill("SIGKILL");
    }
  });
});
