import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isPlanned } from "#domain/policy/decision/feature.ts";
import { checkContent, type Check } from "#server/base/content/check.ts";
import { readContent } from "#server/base/content/read.ts";
import { runCommand } from "#server/testing/command.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// The commands, on copies of the real content with faults planted.

let content: string;
beforeEach(() => {
  content = mkdtempSync(path.join(tmpdir(), "with-care-content-"));
  cpSync("content", content, { recursive: true });
});
afterEach(() => rmSync(content, { recursive: true }));

/** As people run it, in its own process: once for each command, because each time takes seconds. */
const spawn = (script: string, args: string[], input = "") =>
  spawnSync(process.execPath, ["scripts/run.mjs", `scripts/${script}.ts`, ...args, "--content", content], {
    input,
    encoding: "utf8",
  });
const run = (script: string, args: string[], input = "") =>
  runCommand(`scripts/${script}.ts`, [...args, "--content", content], input);
const check = async (): Promise<{ status: number; result: Check }> => {
  const { status, stdout } = await run("policy-check", ["--json"]);
  return { status, result: JSON.parse(stdout) as Check };
};
const checkInWords = async () => ({ ...(await check()), stdout: (await run("policy-check", [])).stdout });
/** The same within this process. */
const prove = async () => checkContent(await readContent(content));
const edit = (file: string, from: string | RegExp, to: string) => {
  const whole = path.join(content, file);
  const before = readFileSync(whole, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`Nothing to replace in ${file}.`);
  writeFileSync(whole, after);
};
/** How many versions the content has. */
const published = () =>
  Object.values(JSON.parse(readFileSync("content/content.lock.json", "utf8")) as Record<string, object>).flatMap(
    (versions) => Object.keys(versions),
  ).length;
const NOTTINGHAM = "policies/nottingham/1.1";
const ofPolicy = ({ policies }: Check, slug: string) => policies.find((policy) => policy.slug === slug);

describe("policy:check", () => {
  it("finds nothing wrong with the content as it is, in words and in JSON", async () => {
    const { status, stdout } = spawn("policy-check", []);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /In total: (\d+) versions, \d{6} situations, 172 statements, 0 missing, \d+ planned\.\nJourneys: looked at for each feature that is named\.\nEverything holds\.\n$/,
    );
    expect(stdout).toContain(`In total: ${published()} versions,`);
    const { result } = await check();
    expect(result).toMatchObject({ ok: true, faults: [] });
    expect(ofPolicy(result, "nottingham")).toEqual({
      slug: "nottingham",
      version: "1.1",
      periods: 1,
      situations: 450,
      undecided: 0,
      unreachable: 0,
      uncited: 0,
      brokenCitations: 0,
      laxer: 0,
      wrongExamples: 0,
      sources: {
        of: "statements",
        decided: 20,
        served: 13,
        information: 0,
        missing: 0,
        // From S2.14, and from the statement on offensive messages.
        planned: (["groups", "incidents"] as const).filter(isPlanned).length,
      },
    });
  });

  it("names file, rule and situation of each planted fault, and goes on with the other proofs", async () => {
    edit(`${NOTTINGHAM}/rules.yaml`, "when: { audience: [child] }", "when: { audience: [child], purpose: [social] }"); // gap
    edit(`${NOTTINGHAM}/rules.yaml`, 'because: ["1.3"]', 'because: ["99.1"]'); // broken citation
    edit(
      `${NOTTINGHAM}/rules.yaml`,
      "content: [sensitive, unsure] }\n    verdict: never",
      "content: [sensitive, unsure] }\n    verdict: allowed",
    ); // laxer
    edit("policies/nao/1/rules.yaml", "facts: [device,", "facts: [devise,"); // typing error elsewhere
    const { status, result } = await check();
    expect(status).toBe(1);
    expect(ofPolicy(result, "nottingham")).toMatchObject({
      situations: 450,
      undecided: 84,
      brokenCitations: 1,
      laxer: 4,
    });
    expect(ofPolicy(result, "bromsgrove-redditch")).toMatchObject({ situations: 16200, undecided: 0 });
    const kinds = (kind: string) => result.faults.filter((fault) => fault.kind === kind);
    const gap = kinds("undecided").find(({ file }) => file === `${NOTTINGHAM}/rules.yaml`);
    expect(gap?.situation).toMatchObject({ audience: "child" });
    expect(kinds("broken-citation")).toMatchObject([
      { rule: "colleague-or-partner", situation: { audience: "colleague" } },
    ]);
    expect(kinds("laxer")[0]).toMatchObject({ rule: "citizen-forward-sensitive", situation: { purpose: "forward" } });
    expect(kinds("content")[0]).toMatchObject({
      file: "policies/nao/1/rules.yaml",
      message: expect.stringContaining('no fact "devise"') as string,
    });
  });

  it("finds a feature that no journey tests, a tag that no feature has, and goes without where there are no journeys", async () => {
    const journeys = mkdtempSync(path.join(tmpdir(), "with-care-journeys-"));
    const messages = async () => {
      const { stdout } = await run("policy-check", ["--json", "--journeys", journeys]);
      const { ok, faults } = JSON.parse(stdout) as Check;
      return { ok, found: faults.filter(({ kind }) => kind === "journey").map(({ message }) => message) };
    };
    cpSync("e2e", journeys, { recursive: true, filter: (file) => !file.includes("node_modules") });
    expect(await messages()).toEqual({ ok: true, found: [] });
    const file = path.join(journeys, "record.spec.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('"@feature:records"', '"@feature:recrods"'));
    expect(await messages()).toMatchObject({
      ok: false,
      found: [/"records" is named/, /no feature "recrods"/].map((one) => expect.stringMatching(one) as string),
    });
    rmSync(journeys, { recursive: true });
    expect(await messages()).toEqual({ ok: true, found: [] });
    expect((await run("policy-check", ["--journeys", journeys])).stdout).toContain("so they were not looked at");
  });

  it("finds what served-clauses.yaml says of clauses that are not there, and passes over policies that are not", async () => {
    edit("served-clauses.yaml", '"1.2": scope-box', '"99.1": scope-box');
    edit("served-clauses.yaml", /$/, 'nothing:\n  "1.1": groups\nnao:\n  "1.1": groups\n');
    const { result } = await check();
    const messages = result.faults.map(({ message }) => message).join("\n");
    expect(messages).toMatch(/a clause 99\.1[^]*"nao" has a source/);
    expect(messages).not.toContain("nothing");
    edit("served-clauses.yaml", '12.3": acknowledgement', '12.3": acknowledgment');
    const misspelt = (await check()).result.faults.map(({ message }) => message);
    expect(misspelt.join()).toContain("no such feature");
  });

  it("finds a statement that is on no list, and one that no source has", async () => {
    edit(`${NOTTINGHAM}/rules.yaml`, /\n {4}"S2\.33": banners/, "");
    edit(`${NOTTINGHAM}/policy.mdx`, 'from="S2.2"', 'from="S2.2 S2.99"');
    const result = await prove();
    expect(ofPolicy(result, "nottingham")?.sources).toMatchObject({ missing: 1, served: 12 });
    const messages = result.faults.filter(({ kind }) => kind === "source").map(({ message }) => message);
    expect(messages.join("\n")).toMatch(/S2\.33 is missing[^]*S2\.99 is no statement/);
  });

  it("finds published bytes that changed, with the recorded hash; a new answer in the shared questions changes nothing", async () => {
    edit("questions.yaml", "    child:\n", '    visitor:\n      label: "A visitor"\n    child:\n');
    expect((await check()).result.ok).toBe(true);
    edit(`${NOTTINGHAM}/policy.mdx`, "## 1 ", "## 1  ");
    const lock = JSON.parse(readFileSync("content/content.lock.json", "utf8")) as Record<
      string,
      Record<string, { files: Record<string, string> }>
    >;
    const { status, result } = await check();
    expect(status).toBe(1);
    expect(result.faults).toMatchObject([{ file: `${NOTTINGHAM}/policy.mdx`, kind: "lock" }]);
    expect(result.faults[0]?.message).toContain(lock.nottingham?.["1.1"]?.files["policy.mdx"]);
  });

  it.each([
    ["broken YAML", `${NOTTINGHAM}/rules.yaml`, "rules:", "rules: [", /A bracket \[ or \{ is not closed/],
    ["an unknown key", `${NOTTINGHAM}/rules.yaml`, "matrix:", "matriks: 1\nmatrix:", /matriks/],
    ["an unknown answer", `${NOTTINGHAM}/rules.yaml`, "audience: [child]", "audience: [baby]", /no answer "baby"/],
    ["an alias of nothing", `${NOTTINGHAM}/rules.yaml`, "facts:", "facts: *nothing\nfacts2:", /Write the value out/],
    ["an unknown verdict", `${NOTTINGHAM}/rules.yaml`, "verdict: never", "verdict: nevr", /verdict/],
    [
      "a day that does not exist",
      `${NOTTINGHAM}/policy.mdx`,
      "reviewDue: 2019-12-31",
      "reviewDue: 2019-02-31",
      /no such day/,
    ],
    ["a front matter key left out", `${NOTTINGHAM}/policy.mdx`, /\nowner: .*/, "", /front matter owner/],
    [
      "a version that disagrees with its folder",
      `${NOTTINGHAM}/policy.mdx`,
      'version: "1.1"',
      'version: "1.2"',
      /folder is named "1\.1"/,
    ],
    [
      "a body that is not there",
      `${NOTTINGHAM}/policy.mdx`,
      "body: nottingham",
      "body: sherwood",
      /no bodies\/sherwood\.yaml/,
    ],
    ["script in the text", `${NOTTINGHAM}/policy.mdx`, "## 1 ", "{process.exit()}\n\n## 1 ", /braces/],
    [
      "a wrong example",
      `${NOTTINGHAM}/rules.yaml`,
      /(examples:\n {2}- \{ name: [^}]*\}, verdict: )[a-z-]+/,
      "$1allowed",
      /expects allowed/,
    ],
  ])("names %s with its file", async (_, file, from, to, message) => {
    edit(file, from, to);
    const result = await prove();
    expect(result.ok).toBe(false);
    expect(result.faults.filter((fault) => fault.file === file && message.test(fault.message))).not.toEqual([]);
    expect(result.policies).toHaveLength(published());
  });

  it.each([`${NOTTINGHAM}/policy.mdx`, `${NOTTINGHAM}/rules.yaml`, "questions.yaml", "content.lock.json"])(
    "refuses %s in another encoding, and takes a byte order mark for nothing",
    async (file) => {
      const whole = path.join(content, file);
      const bytes = readFileSync(whole);
      writeFileSync(whole, Buffer.concat([bytes, Buffer.from("# £5\n", "latin1")]));
      const said = (await prove()).faults.filter((fault) => fault.file === file).map(({ message }) => message);
      expect(said).toContain("It is not written in UTF-8. Save it again with the encoding UTF-8.");
      writeFileSync(whole, Buffer.concat([Buffer.from("\uFEFF"), bytes]));
      const marked = (await prove()).faults.filter(({ kind }) => kind !== "lock");
      expect(marked).toEqual([]);
    },
  );

  it("goes on proving where a key is unknown, and blames nothing else", async () => {
    edit(`${NOTTINGHAM}/rules.yaml`, "    verdict: never", "    colour: red\n    verdict: never");
    const { faults } = await prove();
    expect(faults.filter(({ kind }) => kind !== "lock")).toMatchObject([{ kind: "content", rule: "child" }]);
  });

  it("takes no clause for missing where the text cannot be read", async () => {
    rmSync(path.join(content, NOTTINGHAM, "policy.mdx"));
    const { faults, policies } = await prove();
    expect([...new Set(faults.map(({ kind }) => kind))].sort()).toEqual(["lock"]);
    expect(policies).toHaveLength(published());
  });

  it.each<[string, (draft: string) => void, string, RegExp]>([
    [
      "questions.yaml",
      () => edit("questions.yaml", /^ {4}child:\n( {6}label: )/m, "    child:\n      lable: "),
      "questions.yaml",
      /answers\.child: There is no field "lable" here\. Write "label"\./,
    ],
    [
      "a colon in questions.yaml",
      () => edit("questions.yaml", /label: "?A child/, "label: Under 13: a child"),
      "questions.yaml",
      /second colon|Words stand after|quotation mark/,
    ],
    ["the lock", () => edit("content.lock.json", /[^]{99}$/, ""), "content.lock.json", /damaged from here on/],
    [
      "a hash in the lock",
      () => edit("content.lock.json", /("policy\.mdx": ")[0-9a-f]{4}/, "$10000"),
      "content.lock.json",
      /hashes of the files of policies/,
    ],
    [
      "answers that are each other",
      () => edit("questions.yaml", /( {4}sensitive:\n)/, "$1      as: unsure\n"),
      "questions.yaml",
      /sensitive as unsure as sensitive goes in a circle/,
    ],
    ["starts.yaml", () => edit("starts.yaml", /about: \w+/, "about: nothing"), "starts.yaml", /Choose one of/],
    [
      "a file of a published version",
      () => rmSync(path.join(content, NOTTINGHAM, "rules.yaml")),
      `${NOTTINGHAM}/rules.yaml`,
      /is gone after the version was published/,
    ],
  ])(
    "names one fault in %s once, with its place, and nothing that follows from it",
    async (_, plant, file, message) => {
      // A draft that uses the shared questions.
      cpSync(path.join(content, "policies/model/3.0"), path.join(content, "policies/model/9.0"), { recursive: true });
      rmSync(path.join(content, "policies/model/9.0/questions.yaml"));
      edit("policies/model/9.0/policy.mdx", 'version: "3.0"', 'version: "9.0"');
      edit("policies/model/9.0/policy.mdx", "status: in force", "status: draft");
      plant("policies/model/9.0");
      const { stdout, result } = await checkInWords();
      expect(result.faults).toMatchObject([{ file, message: expect.stringMatching(message) as string }]);
      expect(stdout.split("\n").filter((line) => message.test(line))).toHaveLength(1);
      expect(stdout).toMatch(/\n1 fault\./);
    },
  );

  it("finds a recorded hash that its files do not make", async () => {
    edit("content.lock.json", /"hash": "[0-9a-f]{4}/, '"hash": "0000');
    expect((await prove()).faults).toMatchObject([{ file: "content.lock.json", kind: "lock" }]);
  });

  it.each([
    ["a policy twice", /"nao": \{/, '"nottingham": {', /A name stands twice in it/],
    ["half of it", /[^]{99}$/, "", /It is damaged from here on/],
  ])("finds a lock with %s", async (_, from, to, message) => {
    edit("content.lock.json", from, to);
    const { faults } = await prove();
    expect(faults.find(({ file }) => file === "content.lock.json")?.message).toMatch(message);
  });

  it.each([
    ["copies of copies", "a: &a [1]\n", /^Write the value out/],
    ["a tag for code", "a: !!js/function 'x'\n", /^Remove the word/],
    ["a prototype", "__proto__: { ask: x }\n", /^"__proto__" is no field/],
    ["what nests without end", `a: ${"[".repeat(5000)}${"]".repeat(5000)}\n`, /^The values nest/],
  ])("refuses %s in any YAML file", async (_, line, message) => {
    const files = ["questions.yaml", "bodies/nao.yaml", "synonyms.yaml", `${NOTTINGHAM}/rules.yaml`];
    for (const file of files) edit(file, /^/, line);
    const { faults } = await prove();
    for (const file of files)
      expect(faults.find((fault) => fault.file === file && message.test(fault.message))?.place?.line).toBe(1);
    expect({}).not.toHaveProperty("ask");
  });

  it("reads no answer that is treated as what every object has", async () => {
    edit("questions.yaml", /as: [a-z-]+/, "as: toString");
    expect((await prove()).faults[0]?.message).toMatch(/there is no answer "toString"/);
  });

  it("refuses a policy in a folder whose name cannot be an address", async () => {
    for (const slug of ["compare", "constructor", "Model"])
      cpSync(path.join(content, "policies/nao"), path.join(content, "policies", slug), { recursive: true });
    const { faults } = await prove();
    expect(faults.map(({ file }) => file)).toEqual(["policies/Model", "policies/compare", "policies/constructor"]);
  });

  it.each(["policy-check", "policy-lock", "decide"])(
    "%s answers an unknown option with one sentence",
    async (script) => {
      const { status, stderr } = await run(script, ["--jsn"]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^Unknown option '--jsn'\. Use: npm run \S+ \[-- --content DIR\]\n$/);
    },
  );

  it("prints JSON for a folder that is not there", async () => {
    rmSync(path.join(content, "policies"), { recursive: true });
    const { status, result } = await check();
    expect([status, result.ok]).toEqual([1, false]);
    expect(result.faults.some(({ file }) => file === "policies")).toBe(true);
  });
});

describe("policy:lock", () => {
  it("locks a new version with its questions once, and leaves the locked ones alone", async () => {
    const before = readFileSync(path.join(content, "content.lock.json"), "utf8");
    expect(spawn("policy-lock", []).stdout).toBe("Every version is locked already.\n");
    cpSync(path.join(content, NOTTINGHAM), path.join(content, "policies/nottingham/1.2"), { recursive: true });
    rmSync(path.join(content, "policies/nottingham/1.2/questions.yaml"));
    edit("policies/nottingham/1.2/policy.mdx", 'version: "1.1"', 'version: "1.2"');
    // It was written before the shared questions had this answer.
    edit("questions.yaml", / {4}voice-note:\n(?: {6}.*\n)+/, "");
    edit("policies/nottingham/1.2/policy.mdx", "status: draft", "status: in force");
    const refused = await run("policy-lock", []);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("policies/nottingham/1.2/policy.mdx:9:1: The review date 2019-12-31 has passed");
    edit("policies/nottingham/1.2/policy.mdx", "status: in force", "status: draft");
    expect((await run("policy-lock", [])).stdout).toBe("Locked nottingham 1.2.\n");
    const lock = JSON.parse(readFileSync(path.join(content, "content.lock.json"), "utf8")) as Record<string, object>;
    expect(lock).toMatchObject(JSON.parse(before) as object);
    expect(Object.keys(lock.nottingham ?? {})).toEqual(["1.1", "1.1.1", "1.2"]);
    expect(readFileSync(path.join(content, "policies/nottingham/1.2/questions.yaml"), "utf8")).toContain(
      "alternative:",
    );
    expect((await check()).result.ok).toBe(true);
  });

  it("locks nothing while there are faults", async () => {
    edit(`${NOTTINGHAM}/rules.yaml`, 'because: ["1.3"]', 'because: ["99.1"]');
    const { status, stderr } = await run("policy-lock", []);
    expect(status).toBe(1);
    expect(stderr).toContain("Nothing was locked");
  });
});

describe("decide", () => {
  const decide = async (lines: string[], by: typeof run | typeof spawn = run) => {
    const { status, stdout } = await by("decide", [], `${lines.join("\n")}\n`);
    return {
      status,
      answers: stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  };

  it("answers whole and partial situations, each on its own line", async () => {
    const lines = [
      '{"policy":"nao","facts":{"device":"work"}}',
      '{"policy":"nottingham","facts":{"audience":"child","device":"work"}}',
      '{"policy":"nottingham","facts":{"audience":"citizen","purpose":"arrange-contact","content":"non-sensitive","alternative":"no"}}',
    ];
    const { status, answers } = await decide(lines, spawn);
    expect(status).toBe(0);
    expect(answers[0]).toEqual({
      policy: "nao",
      version: "1.1",
      verdict: null,
      rule: null,
      reasons: [],
      obligations: [],
      instead: [],
      needs: ["purpose", "content"],
    });
    expect(answers[1]).toMatchObject({ verdict: "never", rule: "child", needs: [] });
    expect(answers[2]).toMatchObject({
      policy: "nottingham",
      version: "1.1.1",
      verdict: "with-care",
      rule: "citizen-arrange-contact",
      reasons: [{ clause: "2.6", text: expect.any(String) as string }, { clause: "2.7" }, { clause: "2.4" }],
    });
    const [first] = answers[2]?.obligations as object[];
    expect(first).toEqual({
      id: "arrange-only",
      text: expect.any(String) as string,
      clause: expect.any(String) as string,
    });
  });

  it("gives no verdict from rules that could not all be read, and goes on with the other policies", async () => {
    edit("policies/nao/1.1/rules.yaml", "verdict: never", "verdict: nevr");
    const { status, answers } = await decide([
      '{"policy":"nao","facts":{"device":"personal","content":"sensitive"}}',
      '{"policy":"nottingham","facts":{"audience":"child"}}',
    ]);
    expect(status).toBe(1);
    expect(answers).toMatchObject([{ error: expect.stringContaining("policy:check") as string }, { verdict: "never" }]);
  });

  it("reads what other systems write: a byte order mark, carriage returns", async () => {
    const { status, answers } = await decide(['\uFEFF{"policy":"nottingham","facts":{"audience":"child"}}\r']);
    expect([status, answers[0]?.verdict]).toEqual([0, "never"]);
  });

  it("answers bad lines with an error, in their place, and ends with 1", async () => {
    const bad = [
      "not json",
      "[]",
      "null",
      '{"policy":"nao"}',
      '{"policy":"nowhere","facts":{}}',
      '{"policy":"__proto__","facts":{}}',
      '{"policy":"nao","facts":{"colour":"red"}}',
      '{"policy":"nao","facts":{"device":"fridge"}}',
      '{"policy":"nao","facts":{"device":["work"]}}',
      '{"policy":"nao","facts":{"constructor":"x"}}',
      '{"policy":"nottingham","facts":{"device":"fridge"}}',
      '{"policy":"nao","facts":{},"more":1}',
    ];
    const { status, answers } = await decide([...bad, '{"policy":"nao","facts":{}}']);
    expect(status).toBe(1);
    expect(answers).toHaveLength(bad.length + 1);
    for (const [at, answer] of answers.slice(0, -1).entries())
      expect(answer, bad[at]).toEqual({ error: expect.any(String) as string });
    expect(answers.at(-1)).toMatchObject({ verdict: null });
  });
});
