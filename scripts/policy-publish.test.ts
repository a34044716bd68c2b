import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkContent } from "#server/base/content/check.ts";
import { copyQuestions, preparePublication, publishVersions } from "#server/base/content/publish.ts";
import { readContent } from "#server/base/content/read.ts";
import { copyContent } from "#server/testing/copy-content.ts";
import { runCommand } from "#server/testing/command.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

// The command, on the model policy with a version after it.

const NEXT = "policies/model/3.1";
let sample: string;
let content: string;
beforeAll(() => {
  const root = mkdtempSync(path.join(tmpdir(), "with-care-publish-"));
  [sample, content] = [path.join(root, "sample"), path.join(root, "content")];
  copyContent(sample);
  // The other policies take a while and are proven elsewhere.
  for (const slug of readdirSync(path.join(sample, "policies")))
    if (slug !== "model") rmSync(path.join(sample, "policies", slug), { recursive: true });
  const lock = JSON.parse(readFileSync(path.join(sample, "content.lock.json"), "utf8")) as Record<string, object>;
  writeFileSync(path.join(sample, "content.lock.json"), `${JSON.stringify({ model: lock.model }, null, 2)}\n`);
  mkdirSync(path.join(sample, NEXT));
  for (const name of ["policy.mdx", "rules.yaml"])
    cpSync(path.join(sample, "policies/model/3.0", name), path.join(sample, NEXT, name));
  content = sample;
  edit("policy.mdx", 'version: "3.0"', 'version: "3.1"');
  edit("policy.mdx", "read version 3.0", "read version 3.1");
  edit("policy.mdx", "material: true", "material: false");
  edit("policy.mdx", /reviewDue: .*/, 'reviewDue: "2999-12-31"');
  edit("policy.mdx", /\n {2}- \{ title: .*href: "\/policies.*/g, "");
  content = path.join(root, "content");
});
beforeEach(() => {
  rmSync(content, { recursive: true, force: true });
  cpSync(sample, content, { recursive: true });
});
afterAll(() => rmSync(path.dirname(sample), { recursive: true }));

function edit(name: string, from: string | RegExp, to: string, folder = NEXT) {
  const file = path.join(content, folder, name);
  const before = readFileSync(file, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`Nothing to replace in ${file}.`);
  writeFileSync(file, after);
}
const run = (script: string, args: string[], input: string) =>
  runCommand(`scripts/${script}.ts`, [...args, "--content", content], input);
const publish = (args: string[], input = "") => run("policy-publish", args, input);
/** As people run it, in its own process. */
const spawn = (args: string[], input: string) => {
  const options = ["--conditions=react-server", "--import", "tsx", "scripts/policy-publish.ts"];
  return spawnSync(process.execPath, [...options, ...args, "--content", content], { input, encoding: "utf8" });
};
/** Every file with its bytes. */
const state = () =>
  Object.fromEntries(
    readdirSync(content, { recursive: true, encoding: "utf8" })
      .sort()
      .filter((name) => /\.[a-z]+$/.test(name))
      .map((name) => [name, readFileSync(path.join(content, name), "utf8")]),
  );
const locked = () => {
  const lock = JSON.parse(readFileSync(path.join(content, "content.lock.json"), "utf8")) as Record<string, object>;
  return Object.keys(lock.model ?? {});
};
describe("policy:publish", () => {
  it("shows that nothing changes for people, asks, and changes no byte without a yes", async () => {
    const before = state();
    for (const input of ["no\n", "", "y\n"]) {
      const run = input === "" ? spawn : publish;
      const { status, stdout, stderr } = await run(["model", "3.1"], input);
      expect(stdout).toMatch(/Compared with version 3\.0:\nThe answer is the same in all [\d,]+ situations\./);
      expect(stdout).toContain("It is minor: who has accepted the version before need not do so again.");
      expect(stdout).toContain("Publish? (yes/no)");
      expect([status, stderr]).toEqual([1, "Nothing was published.\n"]);
    }
    expect(state()).toEqual(before);
  });

  it("publishes that version and no other on a yes, with the questions that it uses", async () => {
    cpSync(path.join(content, NEXT), path.join(content, "policies/model/4.0"), { recursive: true });
    const before = state();
    const { status, stdout, stderr } = await publish(["model", "3.1"], "yes\n");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Published model 3.1. Its text, rules and questions can no longer be changed.\n");
    expect(locked()).toEqual(["1.0", "1.1", "2.0", "2.1", "3.0", "3.1"]);
    const { "content.lock.json": _, [`${NEXT}/questions.yaml`]: copy, ...after } = state();
    const { "content.lock.json": __, ...same } = before;
    expect(after).toEqual(same);
    expect(copy).toContain("audience:");
    rmSync(path.join(content, "policies/model/4.0"), { recursive: true });
    const read = await readContent(content);
    expect(checkContent(read).faults).toEqual([]);
    const published = read.versions.find(({ version }) => version === "3.1");
    expect(Object.keys(published?.questions ?? {}).sort()).toEqual(
      published?.rules?.table.facts.map(({ name }) => name).sort(),
    );

    const again = await publish(["model", "3.1", "--yes"]);
    expect([again.status, again.stderr]).toEqual([
      1,
      "model 3.1 is published already. Make a new version instead: npm run policy:new\n",
    ]);
  });

  it("shows what changes for people and asks everybody again; the author cannot lower that", async () => {
    edit("rules.yaml", /(when: \{ purpose: \[call\] \}\n {4}verdict: )discouraged/, "$1exception-only");
    const refused = await publish(["model", "3.1", "--yes"]);
    const line =
      readFileSync(path.join(content, NEXT, "policy.mdx"), "utf8")
        .split("\n")
        .indexOf("material: false") + 1;
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      `${NEXT}/policy.mdx:${line}:1: front matter material: verdicts, obligations or questions differ from version 3.0`,
    );
    expect(refused.stderr).toMatch(/Nothing was published\. Correct these faults first\.\n$/);
    edit("policy.mdx", "material: false", "material: true");
    const { status, stdout } = await publish(["model", "3.1", "--yes"]);
    expect(stdout).toMatch(
      /Compared with version 3\.0:\n[1-9][\d,]* of [\d,]+ situations have a different answer\.\n {2}.* → .* \(\d+\):\n {4}\S/,
    );
    expect(stdout).toContain("It is material: everybody is asked again.");
    expect(stdout).not.toContain("Publish?");
    expect([status, locked().at(-1)]).toEqual([0, "3.1"]);
  });

  it("raises a minor change with a reason only", async () => {
    edit("policy.mdx", "material: false", "material: true");
    const refused = await publish(["model", "3.1", "--yes"]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(
      /policy\.mdx:\d+:1: front matter materialReason: only words differ from version 3\.0/,
    );
    edit("policy.mdx", "material: true", 'material: true\nmaterialReason: "the council asks for it."');
    const { status, stdout } = await publish(["model", "3.1"], "yes\n");
    expect(stdout).toContain("It is material: everybody is asked again, because the council asks for it.\n");
    expect(status).toBe(0);
  });

  it.each(["policy-publish", "policy-lock"])(
    "%s publishes no version in force with an error of the lint",
    async (script) => {
      edit("policy.mdx", /owner: .*/, "owner: null");
      edit("policy.mdx", "## 1 ", "## 1 TBC ");
      const before = state();
      const { status, stderr } = await run(script, script === "policy-lock" ? [] : ["model", "3.1", "--yes"], "");
      expect(status).toBe(1);
      expect(stderr).toMatch(new RegExp(`^${NEXT}/policy\\.mdx:\\d+:\\d+: There is no owner\\. Name the role`, "m"));
      expect(stderr).toMatch(new RegExp(`^${NEXT}/policy\\.mdx:\\d+:\\d+: "TBC" is a placeholder`, "m"));
      expect(state()).toEqual(before);
    },
  );

  it("publishes no draft in which words are still to be written, though the check only advises", async () => {
    edit("policy.mdx", "status: in force", "status: draft");
    edit("policy.mdx", "material: false", "material: true"); // a first draft is
    edit("policy.mdx", "## 1 ", "## 1 TODO ");
    const before = state();
    const { status, stderr } = await publish(["model", "3.1", "--yes"]);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        new RegExp(`^${NEXT}/policy\\.mdx:\\d+:\\d+: "TODO" is a placeholder\\. .*\n.*Correct these`),
      ),
    ]);
    expect(state()).toEqual(before);
    edit("policy.mdx", "## 1 TODO ", "## 1 ");
    expect((await publish(["model", "3.1", "--yes"])).status).toBe(0);
  });

  it("answers what cannot be published with a sentence", async () => {
    for (const [args, sentence] of [
      [["nothing", "1"], `There is no policies/nothing/1 in ${content}.`],
      [
        ["model"],
        "Name one policy and one version. Use: npm run policy:publish SLUG VERSION [-- --content DIR] [--yes]",
      ],
    ] as const) {
      const { status, stdout, stderr } = await publish([...args]);
      expect([status, stdout, stderr]).toEqual([1, "", `${sentence}\n`]);
    }
  });
});

describe("where the body asks for signatures", () => {
  const dataDir = () => path.join(content, "..", "data");
  const spawnWith = (script: string, args: string[]) => {
    const options = ["--conditions=react-server", "--import", "tsx", `scripts/${script}.ts`];
    const env = {
      ...process.env,
      DATA_DIR: dataDir(),
      CONTENT_DIR: content,
      DATABASE_URL: "",
      BODIES: "example-borough",
    };
    return spawnSync(process.execPath, [...options, ...args, "--content", content], { env, encoding: "utf8" });
  };
  beforeEach(() => {
    appendFileSync(path.join(content, "bodies/example-borough.yaml"), "publishing: {}\n");
    rmSync(dataDir(), { recursive: true, force: true });
    putEmbedded(dataDir());
  });

  it("publishes nothing that nobody has proposed and signed", () => {
    const before = state();
    const { status, stderr } = spawnWith("policy-publish", ["model", "3.1", "--yes"]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("nobody has proposed this one")]);
    expect(state()).toEqual(before);
  });

  it("locks nothing either, and says which command to use", () => {
    const before = state();
    const { status, stderr } = spawnWith("policy-lock", []);
    expect(status).toBe(1);
    expect(stderr).toContain("its body asks for signatures. Use npm run policy:publish model 3.1.");
    expect(state()).toEqual(before);
  });

  it("names file and field of a setting that cannot be", async () => {
    const file = path.join(content, "bodies/example-borough.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("publishing: {}", "publishing: { signedBy: [auditor] }"));
    const { status, stderr } = await publish(["model", "3.1", "--yes"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/bodies\/example-borough\.yaml:[\d:]+ publishing\.signedBy/);
  });
});

describe("a publication that is cut off", () => {
  const prepared = () => preparePublication(content, ({ version }) => version === "3.1", "2026-12-08");
  const questions = (of = content) => path.join(of, "questions.yaml");

  it("before the lock is written leaves the version as it was, and is made good by the next one", async () => {
    const publication = await prepared();
    expect(publication.problems).toEqual([]);
    await copyQuestions(content, publication);
    expect(existsSync(questions(path.join(content, NEXT)))).toBe(true);
    // The author goes on: the copy that nobody locked fixes nothing.
    writeFileSync(
      questions(),
      readFileSync(questions(), "utf8").replace(/^( {2}ask: ).*$/m, '$1"Asked in other words?"'),
    );
    const [first] = Object.entries((await readContent(content)).questions).filter(([, { ask }]) =>
      ask.startsWith("Asked in"),
    );
    expect(first).toBeDefined();
    const unlocked = (await readContent(content)).versions.find(({ version }) => version === "3.1");
    expect(unlocked?.isPublished).toBe(false);
    expect(unlocked?.questions[first?.[0] ?? ""]?.ask).toBe("Asked in other words?");

    const [used = ""] = unlocked?.rules?.table.facts.map(({ name }) => name) ?? [];
    writeFileSync(
      questions(),
      readFileSync(questions(), "utf8").replace(new RegExp(`^(${used}:\n {2}ask: ).*$`, "m"), '$1"Asked last?"'),
    );
    await publishVersions(content, await prepared());
    const read = await readContent(content);
    expect(checkContent(read).faults).toEqual([]);
    expect(read.versions.find(({ version }) => version === "3.1")?.questions[used]?.ask).toBe("Asked last?");
    expect(readdirSync(path.join(content, NEXT)).sort()).toEqual(["policy.mdx", "questions.yaml", "rules.yaml"]);
  });

  it("locks nothing when a file changed after it was checked", async () => {
    const publication = await prepared();
    edit("policy.mdx", "## 1 ", "## 1  ");
    const before = state();
    await expect(publishVersions(content, publication)).rejects.toThrow(
      `${NEXT}/policy.mdx changed while it was being`,
    );
    expect(state()).toEqual(before);
  });

  it("publishes one of two at the same instant, and tells the other", async () => {
    cpSync(path.join(content, NEXT), path.join(content, "policies/model/4.0"), { recursive: true });
    edit("policy.mdx", /(version:? "?)3\.1/g, "$14.0", "policies/model/4.0");
    const both = await Promise.all(
      ["3.1", "4.0"].map((number) => preparePublication(content, ({ version }) => version === number, "2026-12-08")),
    );
    expect(both.flatMap(({ problems }) => problems)).toEqual([]);
    const ended = await Promise.allSettled(both.map((publication) => publishVersions(content, publication)));
    const refused = ended.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    expect(refused).toEqual(["Error: Somebody else is publishing from this folder. Begin again."]);
    expect(locked()).toEqual(["1.0", "1.1", "2.0", "2.1", "3.0", ended[0]?.status === "fulfilled" ? "3.1" : "4.0"]);
    expect(readdirSync(content).sort()).toEqual(readdirSync(sample).sort());
  });

  it("locks nothing when somebody else published meanwhile, and keeps theirs", async () => {
    const publication = await prepared();
    await publishVersions(content, await prepared());
    const before = state();
    await expect(publishVersions(content, publication)).rejects.toThrow("content.lock.json changed while");
    expect(state()).toEqual(before);
  });
});
