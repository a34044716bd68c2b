import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyContent } from "#server/testing/copy-content.ts";
import { checkContent } from "./check.ts";
import { LIBRARY, OF_PAGE, OF_POLICY, LINKABLE_SECTIONS } from "./lint-links.ts";
import { lintContent, type Finding } from "./lint.ts";
import { readContent } from "./read.ts";

// Faults planted in a new version of the model policy that claims to be in force.

const TODAY = "2026-12-08";
const FOLDER = "policies/model/3.1";

let content: string;
let text: string;
let rules: string;
beforeAll(() => {
  content = mkdtempSync(path.join(tmpdir(), "with-care-lint-"));
  copyContent(content);
  const before = path.join(content, "policies/model/3.0");
  mkdirSync(path.join(content, FOLDER));
  rules = readFileSync(path.join(before, "rules.yaml"), "utf8");
  text = replaced(readFileSync(path.join(before, "policy.mdx"), "utf8"), [
    ['version: "3.0"', 'version: "3.1"'],
    ["I have read version 3.0", "I have read version 3.1"],
    ['published: "2026-11-30"', 'published: "2026-12-15"'],
    ['effective: "2026-11-30"', 'effective: "2027-01-04"'],
    ["material: true", "material: false"],
  ]);
});
afterAll(() => rmSync(content, { recursive: true }));

type Plant = readonly (readonly [from: string | RegExp, to: string])[];

function replaced(source: string, plants: Plant): string {
  return plants.reduce((done, [from, to]) => {
    const after = done.replace(from, () => to);
    if (after === done) throw new Error(`There is no ${String(from)}.`);
    return after;
  }, source);
}

const write = (name: string, bytes: string) => writeFileSync(path.join(content, FOLDER, name), bytes);

async function lint(ofText: Plant = [], ofRules: Plant = []): Promise<Finding[]> {
  write("policy.mdx", replaced(text, ofText));
  write("rules.yaml", replaced(rules, ofRules));
  const read = await readContent(content);
  const findings = await lintContent(content, read, checkContent(read).faults, TODAY);
  expect(findings.every(({ file }) => file.startsWith(FOLDER))).toBe(true);
  return findings;
}

/** `policy.mdx:12: message` for whatever blocks the version. */
const stops = (findings: readonly Finding[]) =>
  findings
    .filter(({ blocks }) => blocks)
    .map(({ file, line, message }) => `${file.slice(FOLDER.length + 1)}:${line}: ${message}`);
const advice = (findings: readonly Finding[]) => findings.filter(({ level }) => level === "warning");

/** Adds words below the first heading, at line AT. */
const HEADING = "## 1 What this policy is for\n\n";
const say = (words: string): Plant => [[HEADING, `${HEADING}${words}\n\n`]];
let at: number;
beforeAll(() => {
  at = lineOf(text, HEADING) + 2;
});

function lineOf(source: string, marker: string): number {
  const offset = source.indexOf(marker);
  if (offset < 0) throw new Error(`There is no ${marker}.`);
  return source.slice(0, offset).split("\n").length;
}

describe("the lint of a version that is not published", () => {
  it("finds no error in the model policy", async () => {
    expect(stops(await lint())).toEqual([]);
  });

  it.each([
    ["TODO: say who."],
    ["Ask XX about it."],
    ["Ask XXXX about it."],
    ["The date is TBC."],
    ["Lorem ipsum dolor."],
    ["The date is tbc."],
    ["Ask [insert role]."],
    ["It binds [council name]."],
    ["It holds from [date]."],
    ["Ask [name of\nthe manager]."],
    ["The date is to be confirmed."],
  ])("finds the placeholder in %j", async (words) => {
    expect(stops(await lint(say(words)))).toEqual([
      expect.stringMatching(new RegExp(`^policy\\.mdx:${at}: ".*" is a placeholder\\. Write what belongs there\\.$`)),
    ]);
  });

  it("finds placeholders in front matter and in rules", async () => {
    const ofRules: Plant = [[/says: ".*"/, 'says: "TBC"']];
    const line = lineOf(replaced(rules, ofRules), "TBC");
    expect(stops(await lint([["Information Governance Manager", "TBA"]], ofRules))).toEqual([
      `policy.mdx:${lineOf(text, "owner:")}: "TBA" is a placeholder. Write what belongs there.`,
      `rules.yaml:${line}: "TBC" is a placeholder. Write what belongs there.`,
    ]);
  });

  it("finds a day before the version that holds did, and advises against one that has passed", async () => {
    const from = (effective: string): Plant => [
      ['effective: "2027-01-04"', `effective: "${effective}"`],
      ['published: "2026-12-15"', `published: "${effective}"`],
    ];
    expect(stops(await lint(from("2026-11-29")))).toEqual([
      `policy.mdx:${lineOf(text, "effective:")}: It takes effect on 2026-11-29, before version 3.0 did. Write a later day: what held on a past day may not change.`,
    ]);
    const passed = await lint(from("2026-12-01"));
    expect(stops(passed)).toEqual([]);
    expect(advice(passed).map(({ message }) => message)).toContainEqual(
      expect.stringContaining("It takes effect on 2026-12-01, which has passed."),
    );
  });

  it("finds two clauses with one number", async () => {
    const found = stops(await lint([['<Clause id="1.2"', '<Clause id="1.1"']]));
    expect(found).toContainEqual(
      `policy.mdx:${lineOf(text, '<Clause id="1.2"')}: clause 1.1 stands twice. Give each clause its own number.`,
    );
  });

  it("finds a clause without strength", async () => {
    const found = stops(await lint([['<Clause id="1.1" strength="information">', '<Clause id="1.1">']]));
    expect(found).toContainEqual(
      `policy.mdx:${at}: clause 1.1 needs a strength: must, must-not, should, may, information.`,
    );
  });

  it("finds version numbers that disagree: folder, front matter, statement, text", async () => {
    const says = (number: string) => `It says "${number}", but this is version 3.1. Correct the number.`;
    expect(stops(await lint([['version: "3.1"', 'version: "3.2"']]))).toContainEqual(
      `policy.mdx:${lineOf(text, "version:")}: front matter version: it says "3.2", but the folder is named "3.1".`,
    );
    expect(stops(await lint([["read version 3.1", "read version 2.0"]]))).toEqual([
      `policy.mdx:${lineOf(text, "acknowledgement:")}: ${says("version 2.0")}`,
    ]);
    expect(stops(await lint(say("Words go on\nand on. This is version 2.0.")))).toEqual([
      `policy.mdx:${at + 1}: ${says("version 2.0")}`,
    ]);
    expect(stops(await lint(say("Version 3.0 of this policy binds you.")))).toEqual([
      `policy.mdx:${at}: ${says("Version 3.0")}`,
    ]);
  });

  it.each([
    ["reviewDue", 'reviewDue: "2027-11-30"', "null", "There is no review date. Write when it is looked at again."],
    [
      "reviewDue",
      'reviewDue: "2027-11-30"',
      '"2026-12-07"',
      "It is to be reviewed by 2026-12-07, before it takes effect on 2027-01-04. Correct one of the dates.",
    ],
    [
      "reviewDue",
      'reviewDue: "2027-11-30"',
      '"2026-11"',
      "It is to be reviewed by 2026-11, before it takes effect on 2027-01-04. Correct one of the dates.",
    ],
    [
      "owner",
      'owner: "Information Governance Manager"',
      "null",
      "There is no owner. Name the role that answers for the policy.",
    ],
    [
      "approver",
      'approver: "Senior Information Risk Owner"',
      "null",
      "There is no approver. Name the role that approved it.",
    ],
    [
      "effective",
      'effective: "2027-01-04"',
      '"2026-12-14"',
      "It takes effect on 2026-12-14, before it is published on 2026-12-15. Correct one of the dates.",
    ],
    ["effective", 'effective: "2027-01-04"', "null", 'It is in force, but has no date for "effective". Write it.'],
    ["published", 'published: "2026-12-15"', "null", 'It is in force, but has no date for "published". Write it.'],
    [
      "reviewed",
      /reviewed: .*/,
      '"2026-12-09"',
      "It was reviewed on 2026-12-09, which lies ahead. Write the day of the last review.",
    ],
    [
      "interimUntil",
      "status: in force",
      "status: interim",
      "It is interim, but does not say until when. Write the date.",
    ],
  ])("finds what is wrong with %s (%s, %s)", async (field, from, to, message) => {
    const found = stops(await lint([[from, to.startsWith("status") ? to : `${field}: ${to}`]]));
    expect(found).toEqual([`policy.mdx:${lineOf(text, `${field}:`)}: ${message}`]);
  });

  /** In force since 1 December. */
  const SINCE_THE_FIRST: Plant = [
    ['effective: "2027-01-04"', 'effective: "2026-12-01"'],
    ['published: "2026-12-15"', 'published: "2026-12-01"'],
  ];

  it.each(["2026-12-07", "2026-12-01"])("finds a review that was due on %s", async (day) => {
    expect(stops(await lint([...SINCE_THE_FIRST, [/reviewDue: .*/, `reviewDue: "${day}"`]]))).toEqual([
      `policy.mdx:${lineOf(text, "reviewDue:")}: The review date ${day} has passed. Review the text and write the next date.`,
    ]);
  });

  it("finds an interim version whose promised end has passed", async () => {
    const until = (day: string): Plant => [
      ...SINCE_THE_FIRST,
      ["status: in force", "status: interim"],
      [/interimUntil: .*/, `interimUntil: "${day}"`],
    ];
    expect(stops(await lint(until("2026-12-07")))).toEqual([
      `policy.mdx:${lineOf(text, "interimUntil:")}: It is interim until 2026-12-07, which has passed. Write a later date.`,
    ]);
    expect(stops(await lint(until("2026-12-08")))).toEqual([]);
    expect(stops(await lint(until("2026-12")))).toEqual([]);
  });

  it("lets a withdrawal say why and since when, and asks it for nothing else", async () => {
    const withdrawn: Plant = [
      ["status: in force", "status: withdrawn"],
      [/owner: .*/, "owner: null"],
      [/approver: .*/, "approver: null"],
      [/reviewDue: .*/, "reviewDue: null"],
    ];
    expect(stops(await lint(withdrawn))).toEqual([]);
    const wrong = await lint([
      ...withdrawn,
      [/published: .*/, "published: null"],
      [/effective: .*/, "effective: null"],
      [/changeNote: .*/, "changeNote: null"],
    ]);
    expect(stops(wrong)).toEqual([
      `policy.mdx:${lineOf(text, "published:")}: It is withdrawn, but has no date for "published". Write it.`,
      `policy.mdx:${lineOf(text, "effective:")}: It is withdrawn, but has no date for "effective". Write it.`,
      `policy.mdx:${lineOf(text, "changeNote:")}: It is withdrawn, but does not say why. Write it.`,
    ]);
    const early = await lint([
      ...withdrawn,
      [/published: .*/, 'published: "2026-03-01"'],
      [/effective: .*/, 'effective: "2026-03-01"'],
    ]);
    expect(stops(early)).toEqual([expect.stringContaining("before version 3.0 did")]);
  });

  const dead: [href: string, message: RegExp][] = [
    ["#clause-9.9", /There is no "#clause-9\.9" in this text/],
    ["#section-99", /There is no "#section-99" in this text/],
    ["#", /There is no "#" in this text/],
    ["/policies/nowhere", /There is no policy "nowhere"/],
    ["/policies/model#clause-9.9", /There is no "#clause-9\.9" in the policy "model"/],
    ["/policies/model/versions/9.9", /The policy "model" has no version "9\.9"/],
    ["/policies/model/versions/1.0#clause-9.9", /no "#clause-9\.9" in version 1\.0 of "model"/],
    ["/policies/model/nothing", /A policy has no page "nothing"/],
    ["/nowhere", /The portal has no page "\/nowhere"/],
    ["other.md", /"other\.md" is not an address: the portal shows no other files/],
    ["rules.yaml", /"rules\.yaml" is not an address/],
    ["../../nao/1/policy.mdx#clause-1.1", /"\.\.\/\.\.\/nao\/1\/policy\.mdx" is not an address/],
    ["https://", /"https:\/\/" is not an address/],
    ["https://nowhere", /"https:\/\/nowhere" is not an address/],
    ["mailto:nobody", /is not an e-mail address/],
    ["tel:one-two", /is not a phone number/],
  ];
  it.each(dead)("finds the dead link %s in the text", async (href, message) => {
    const found = stops(await lint(say(`Words go on.\n\nSee [this](${href}).`)));
    expect(found).toEqual([expect.stringMatching(new RegExp(`^policy\\.mdx:${at + 2}: .*${message.source}`))]);
  });

  it("finds a dead link in a clause, in a definition, and one without an address", async () => {
    const clause = await lint([["A messaging app can help", "A [messaging app](#clause-9.9) can help"]]);
    expect(stops(clause)).toEqual([expect.stringMatching(`^policy\\.mdx:${at}: There is no "#clause-9.9"`)]);
    const definition = await lint(say("See [this][a].\n\n[a]: /nowhere"));
    expect(stops(definition)).toEqual([expect.stringMatching(`^policy\\.mdx:${at + 2}: The portal has no page`)]);
    expect(stops(await lint(say("See [this]().")))).toEqual([
      `policy.mdx:${at}: The link has no address. Write one or take the link out.`,
    ]);
  });

  it("finds dead links among the related policies", async () => {
    const found = stops(await lint([["/policies/nottingham", "/policies/sherwood"]]));
    expect(found).toEqual([
      `policy.mdx:${lineOf(text, "/policies/nottingham")}: Related policy "WhatsApp with citizens (Nottingham)": There is no policy "sherwood". Correct the link.`,
    ]);
  });

  it("finds two rules with the same when, whatever the order and with every answer named", async () => {
    const [, alternatives] = /^alternative:[^]*?answers:\n((?: {4}.*\n)+)/m.exec(
      readFileSync("content/questions.yaml", "utf8"),
    ) ?? [null, ""];
    const names = [...alternatives.matchAll(/^ {4}"?([a-z-]+)"?:/gm)].map(([, name]) => `"${name ?? ""}"`);
    const twice = (when: string, other: string): Plant => [
      [
        "\nrules:\n",
        `\nrules:\n  - { id: aa, when: ${when}, verdict: never, because: ["1.1"] }\n  - { id: bb, when: ${other}, verdict: never, because: ["1.1"] }\n`,
      ],
    ];
    const line = lineOf(rules, "\nrules:\n") + 3;
    const message = 'Rule "bb" has the same "when" as "aa" above it, and never decides. Join them or change one.';
    const [, first = ""] = /^facts: \[(.*)\]/m.exec(rules) ?? [];
    expect(first.split(", ")).toEqual(expect.arrayContaining(["audience", "content"]));
    for (const [one, other] of [
      ["{ audience: [child], content: [sensitive, unsure] }", "{ content: [unsure, sensitive], audience: [child] }"],
      ...(first.includes("alternative")
        ? [["{ audience: [child] }", `{ audience: [child], alternative: [${names.join(", ")}] }`]]
        : []),
    ] as const)
      expect(stops(await lint([], twice(one ?? "", other ?? "")))).toContainEqual(`rules.yaml:${line}: ${message}`);
  });

  it("finds examples that disagree with the table", async () => {
    const [example = "", name = ""] =
      [...rules.matchAll(/ {2}- name: "([^"]*)"\n.*\n {4}verdict: allowed\n/g)].at(-1) ?? [];
    const found = stops(await lint([], [[example, example.replace("verdict: allowed", "verdict: never")]]));
    expect(found).toEqual([
      expect.stringContaining(
        `rules.yaml:${lineOf(rules, example)}: The example "${name}" expects never, but the rule`,
      ),
    ]);
  });

  it("finds gaps in the body's own text; in one that carries over another's they are advice", async () => {
    const gap = "<Gap>the number of years</Gap>";
    expect(stops(await lint(say(`Keep it for ${gap}.`)))).toEqual([
      `policy.mdx:${at}: Fill the gap: "the number of years"`,
    ]);
    const empty = `policy.mdx:${at}: The gap is empty. Say what is missing, or remove it.`;
    expect(stops(await lint(say("Keep it for <Gap></Gap>.")))).toEqual([empty]);
    const source: Plant = [["source: null", 'source: { id: "S9", title: "x", statements: 1 }']];
    const carried = await lint([...say(`Keep it for ${gap}.`), ...source]);
    expect(carried).toContainEqual(expect.objectContaining({ line: at, rule: "gap", level: "warning", blocks: false }));
  });

  it("lets a restated document lack what its source lacks, with advice; not the day that it takes over from another", async () => {
    const blank: Plant = ["published", "reviewed", "reviewDue", "owner", "approver", "audience", "classification"].map(
      (field) => [new RegExp(`^${field}: .*`, "m"), `${field}: null`] as const,
    );
    const source: Plant = [["source: null", 'source: { id: "S9", title: "x", statements: 1 }']];
    const found = await lint([...blank, ...source]);
    expect(stops(found).filter((one) => !one.includes("rules.yaml"))).toEqual([]);
    expect(advice(found).map(({ message }) => message)).toEqual(
      expect.arrayContaining(
        ["published", "reviewDue", "owner", "approver"].map(
          (field) => `The document gives nothing for "${field}", and readers see the gap.`,
        ),
      ),
    );
    expect(stops(await lint([...source, [/effective: .*/, "effective: null"]]))).toContainEqual(
      expect.stringMatching(/It is in force, but has no date for "effective"/),
    );
  });

  it.each<[string, Plant, Plant, RegExp]>([
    ["rules", [], [[/^/, `a: ${"[".repeat(5000)}${"]".repeat(5000)}\n`]], /^rules\.yaml:1: The values nest/],
    [
      "front matter",
      [[/^---\n/, `---\na: ${"[x, ".repeat(90)}\n`]],
      [],
      /^policy\.mdx:2: front matter: The values nest/,
    ],
  ])("names the line of %s that nest without end", async (_, ofText, ofRules, message) => {
    expect(stops(await lint(ofText, ofRules))).toContainEqual(expect.stringMatching(message));
  });

  it("advises on a reading age over 14 and on headings that skip, and stops nothing for them", async () => {
    const hard =
      "Notwithstanding organisational considerations regarding the proportionality of communicative instrumentalities, " +
      "accountable representatives necessarily undertake comprehensive documentation of interdepartmental deliberations " +
      "whenever circumstances necessitate instantaneous communication with geographically distributed practitioners.";
    const section = "## 90 Hard words\n\n";
    const findings = await lint([[HEADING, `${section}#### Skipped\n\n${hard} ${hard}\n\n${HEADING}`]]);
    expect(stops(findings)).toEqual([]);
    expect(advice(findings)).toContainEqual(
      expect.objectContaining({ file: `${FOLDER}/policy.mdx`, line: at - 2, rule: "reading-age" }),
    );
    const age = advice(findings).find(({ rule, line }) => rule === "reading-age" && line === at - 2);
    expect(age?.message).toMatch(
      /^The section "90 Hard words" asks for a reading age of \d\d; aim for 14\. Split its longest sentences: line \d+, \d+ words/,
    );
    expect(advice(findings)).toContainEqual({
      file: `${FOLDER}/policy.mdx`,
      line: at,
      column: 1,
      level: "warning",
      rule: "heading",
      blocks: false,
      message: "The heading goes from level 2 to 4. Begin it with ###.",
    });
  });

  it("finds nothing wrong with what is right", async () => {
    const places = [
      ...OF_PAGE.map((anchor) => `#${anchor}`),
      "#clause-1.1",
      "#section-1",
      "/",
      "/questions",
      "/search?q=photos%20of%20people",
      "/check",
      "/policies",
      "/policies/model",
      "/policies/model#clause-1.1",
      "/policies/model#in-short",
      "/policies/compare?policy=model",
      "/policies/model/on/2026-03-03",
      "/policies/model/versions/1.0",
      "/policies/model/versions/1.0#clause-1.1",
      "/policies/model/changes?from=1.0&to=2.0",
      "/policies/model/card",
      "/policies/reviews.ics",
      "mailto:governance@example.org",
      "tel:+441614960000",
      "https://www.legislation.gov.uk/ukpga/2018/12",
      "https://ico.org.uk/about#section-9",
    ];
    const words = [
      ...places.map((href) => `See [this](${href}).`),
      "[Add it to the\nrecord](/questions), or [enter your request][a].\n\n[a]: /search",
      "It replaces version 2.0. Since version 1.1 of this policy you need a form. Version 17 of the app will do.",
      "The day is to be confirmed by e-mail. Order size XL. Your manager decides.",
    ];
    expect(stops(await lint(say(words.join("\n\n"))))).toEqual([]);
  });

  it("stops an interim version as one in force; a draft is advised only", async () => {
    const plant: Plant = [["Information Governance Manager", "TBC"]];
    const interim = await lint([
      ...plant,
      ["status: in force", "status: interim"],
      ["interimUntil: null", 'interimUntil: "2027-06-30"'],
    ]);
    expect(stops(interim)).toHaveLength(1);
    const draft = await lint([...plant, ["status: in force", "status: draft"], ["material: false", "material: true"]]);
    expect(stops(draft)).toEqual([]);
    expect(draft).toContainEqual(expect.objectContaining({ level: "error", rule: "placeholder", blocks: false }));
  });

  it("says nothing of a published version", async () => {
    await lint();
    rmSync(path.join(content, FOLDER), { recursive: true });
    try {
      const read = await readContent(content);
      // Long after their review dates.
      expect(await lintContent(content, read, checkContent(read).faults, "2099-01-01")).toEqual([]);
    } finally {
      mkdirSync(path.join(content, FOLDER));
    }
  });
});

describe("what readers would stumble over", () => {
  const CLAUSE = '<Clause id="90.1" strength="must">You must.</Clause>';

  it("is found in clauses and lists too, and only advised of where it may be meant", async () => {
    const inClause: Plant = [["A messaging app can help", "A messaging** app** can help"]];
    const more = [
      "- one\n- • two",
      "Sign here: ______",
      "Error! Reference source not found.",
      "[a](https:/x.org) [b](www.x.org)",
    ];
    expect(stops(await lint([...inClause, ...say(more.join("\n\n"))]))).toEqual([
      expect.stringMatching(/not shown as a list/),
      expect.stringMatching(/is a placeholder/),
      expect.stringMatching(/is a placeholder/),
      expect.stringMatching(/"https:\/x\.org" is not an address/),
      expect.stringMatching(/"www\.x\.org" is not an address/),
      expect.stringMatching(/^policy\.mdx:\d+: the sign \*\* stays/),
    ]);
    const advised = await lint(say("It ends on 31 March.\n\n**91 A title**\n\n# Title"));
    expect(stops(advised)).toEqual([]);
    expect(advice(advised).map(({ message }) => message)).toEqual(
      expect.arrayContaining(
        [/has no year/, /a bold line is no heading/, /begin sections with ##/].map(
          (one) => expect.stringMatching(one) as string,
        ),
      ),
    );
  });

  it("says once that a day in a field does not exist", async () => {
    const found = stops(await lint([['effective: "2027-01-04"', 'effective: "2027-02-30"']]));
    expect(found).toEqual([`policy.mdx:${lineOf(text, "effective:")}: front matter effective: there is no such day`]);
  });

  it("names marks in words that are shown as they stand, and what a sign cuts off", async () => {
    const found = stops(
      await lint(
        [
          [/title: .*/, "title: WhatsApp #1 policy"],
          [/summary:\n {2}- .*\n.*/, 'summary:\n  - "You **must** ask."\n  - "By 31 June 2027."'],
        ],
        [[/says: ".*"/, 'says: "See [this](https://www.gov.uk)."']],
      ),
    );
    const line = lineOf(text, "summary:");
    expect(found).toEqual([
      `policy.mdx:${lineOf(text, "title:")}: it ends with "WhatsApp": what follows the sign # is not read. Put all of it into quotation marks.`,
      `policy.mdx:${line + 1}: "**" stays on the page: these words are shown as they stand. Write plain words.`,
      `policy.mdx:${line + 2}: there is no 31 June 2027. Correct the day.`,
      expect.stringMatching(/^rules\.yaml:\d+: "\]\(https:\/\/www\.gov\.uk\)" stays on the page/),
    ]);
  });

  it.each<[string, Plant, RegExp]>([
    [
      "a review before the start",
      [[/reviewDue: .*/, 'reviewDue: "2026-12-31"']],
      /to be reviewed by 2026-12-31, before it takes effect/,
    ],
    [
      "a review long ago",
      [[/reviewDue: .*/, 'reviewDue: "2026-01-31"']],
      /to be reviewed by 2026-01-31, before it takes effect/,
    ],
    [
      "an end before the start",
      [
        ["status: in force", "status: interim"],
        [/interimUntil: .*/, 'interimUntil: "2026-12-31"'],
      ],
      /interim until 2026-12-31, before it takes effect/,
    ],
    ["a day that does not exist", [[/reviewDue: .*/, 'reviewDue: "2027-02-30"']], /reviewDue: there is no such day/],
    ["a day without a year", [[/reviewDue: .*/, 'reviewDue: "31 March"']], /reviewDue: write a date as 2026-11-22/],
  ])("finds %s, once", async (_, plant, message) => {
    expect(stops(await lint(plant))).toEqual([expect.stringMatching(message)]);
  });

  it("finds a fact that decides nothing", async () => {
    const unused: Plant = [
      ["facts: [", "facts: [device, "],
      ["assume: {", "assume: { device: work,"],
    ];
    expect(stops(await lint([], unused))).toEqual([
      `rules.yaml:${lineOf(rules, "facts:")}: The fact "device" decides nothing: every verdict and duty is the same whatever its answer. Use it in a rule, or take it out.`,
    ]);
  });

  it("names each slip of a text that cannot be read, in words, where it is", async () => {
    const found = stops(
      await lint(
        say(
          [
            "Fill in {Form A} first.",
            "Keep it if <20 people read it.",
            "export your chat to a file\nand keep it.",
            "Two lines.<br>And <b>one\n\nmore</b>.",
            "<https://www.gov.uk> and <me@example.org>",
            "<!-- ask Legal -->",
            "You** must **do it.",
          ].join("\n\n"),
        ),
      ),
    );
    expect(found.map((one) => one.replace("policy.mdx:", ""))).toEqual(
      [
        [0, /^braces \{ \} are not read as text/],
        [2, /^the sign < is not read as text\. Write "less than"/],
        [4, /^a paragraph may not begin with the small word "export"/],
        [7, /^<br> is not among what policy text may use: .*Use Markdown instead of HTML/],
        [7, /^<b> is not among/],
        [11, /^Write an address as a link/],
        [11, /^Write an address as a link/],
        [13, /^A note among authors is written/],
        [15, /^the sign \*\* stays/],
      ].map(
        ([line, message]) =>
          expect.stringMatching(new RegExp(`^${at + Number(line)}: ${(message as RegExp).source.slice(1)}`)) as string,
      ),
    );
    for (const one of found)
      expect(one.replace("policy.mdx", "")).not.toMatch(/acorn|micromark|MDX|YAML|zod|parse|expression|JSX/i);
  });

  it.each<[string, Plant, number, RegExp]>([
    [
      "curly quotation marks",
      [[HEADING, `${HEADING}<Clause id=“90.1” strength=“must”>You must.</Clause>\n\n`]],
      2,
      /are curly/,
    ],
    [
      "an attribute without marks",
      [[HEADING, `${HEADING}<Clause id=90.1 strength="must">You must.</Clause>\n\n`]],
      2,
      /attributes are written name="value"/,
    ],
    [
      "a clause that is not closed",
      [[HEADING, `${HEADING}<Clause id="90.1" strength="must">You must.\n\n`]],
      2,
      /^<Clause> is opened here and not closed|opened in one paragraph/,
    ],
    ["a closing tag too many", [[HEADING, `${HEADING}${CLAUSE}</Clause>\n\n`]], 2, /closes nothing/],
    ["no opening dashes", [[/^---\n/, ""]], -Infinity, /there is no front matter\. Begin the file/],
    ["a colon in a title", [[/title: .*/, "title: WhatsApp: the rules"]], NaN, /second colon in this line/],
    [
      "a colon in a list",
      [[/summary:\n.*/, "summary:\n  - Remember: tell everybody"]],
      NaN,
      /The colon in it makes a field/,
    ],
    ["wrong indentation", [["\nversion:", "\n  version:"]], NaN, /indentation does not fit/],
    [
      "a mark that is not closed",
      [[/title: .*/, 'title: "WhatsApp']],
      NaN,
      /A quotation mark is opened here and not closed/,
    ],
    ["a tab", [[/summary:\n {2}- /, "summary:\n\t- "]], NaN, /begins with a tab|indentation/],
    ["a field twice", [["\nversion:", '\ntitle: "Again"\nversion:']], NaN, /This field stands twice/],
    ["no blank after the colon", [[/title: .*/, "title:WhatsApp"]], NaN, /Write a blank after the colon/],
    [
      "an asterisk before words",
      [[/title: .*/, "title: *WhatsApp*"]],
      NaN,
      /Put words that begin with one of them into quotation marks/,
    ],
    ["a bracket before words", [[/title: .*/, "title: [WhatsApp] at work"]], NaN, /./],
    ["an at sign before words", [[/title: .*/, "title: @work"]], NaN, /Put all of them into quotation marks/],
    [
      "words after the marks",
      [[/title: .*/, 'title: "WhatsApp" at work']],
      NaN,
      /Words stand after the closing quotation mark/,
    ],
  ])("names %s once, without the words of programs", async (_, plant, line, message) => {
    const found = stops(await lint(plant));
    expect(found).toHaveLength(1);
    const [, place = "", said = ""] = /^policy\.mdx:(\d+): (.*)$/.exec(found[0] ?? "") ?? [];
    expect(said.replace("front matter: ", "")).toMatch(message);
    expect(said).not.toMatch(/acorn|micromark|MDX|YAML|zod|token|scalar|mapping|implicit|JSX/i);
    if (line > 0) expect(Number(place)).toBe(at - 2 + line);
    else if (line === -Infinity) expect(place).toBe("1");
  });

  it("says nothing of what follows from a rule, a clause or a question that cannot be read", async () => {
    expect(stops(await lint([['<Clause id="1.2" strength="', '<Clause id="1.2" strenght="']]))).toEqual([
      expect.stringMatching(/has no attribute "strenght"/),
    ]);
    expect(stops(await lint([["\napprover:", "\naprover:"]]))).toEqual([
      expect.stringMatching(/There is no field "aprover" here\. Write "approver"\.$/),
    ]);
    expect(stops(await lint([], [["verdict: never", "verdict: nevr"]]))).toEqual([
      expect.stringMatching(/verdict: Choose one of/),
    ]);
    const [, fact = ""] = /^facts: \[([a-z]+)/m.exec(rules) ?? [];
    expect(stops(await lint([], [[`facts: [${fact}`, `facts: [${fact}x`]]))).toEqual([
      expect.stringMatching(new RegExp(`facts: there is no fact "${fact}x"`)),
    ]);
  });
});

describe("the addresses that a text may name", () => {
  /** Without the folder itself and its route groups, which are not part of an address. */
  const folders = (place: string): string[] => {
    const found = readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^[[_]/.test(entry.name))
      .flatMap(({ name }) => (name.startsWith("(") ? folders(path.join(place, name)) : name));
    return [...new Set(found)];
  };

  it("are the portal's pages", () => {
    expect(LINKABLE_SECTIONS).toEqual(expect.arrayContaining(folders("app/(portal)")));
    expect(folders("app")).toEqual(expect.arrayContaining([...LINKABLE_SECTIONS]));
    expect(folders("app/(portal)/(policy)/policies")).toEqual([...LIBRARY]);
    expect(folders("app/(portal)/(policy)/policies/[slug]")).toEqual([...OF_POLICY, "versions"].sort());
  });

  it("are the anchors that a policy's page has besides its text", () => {
    const folder = "app/(portal)/(policy)/policies/[slug]";
    const pages = ["policy-view", "about-document"];
    const sources = pages.map((name) => readFileSync(path.join(folder, `${name}.tsx`), "utf8")).join("\n");
    const anchors = [...sources.matchAll(/<(?:PageSection|span)\b[^>]*? id="([a-z-]+)"/g)].map(([, anchor]) => anchor);
    expect([...OF_PAGE]).toEqual(anchors.sort());
  });
});
