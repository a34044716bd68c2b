import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { digitsOf, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { combinationsOf, type Combination } from "#domain/policy/decision/merge.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { situationsOver } from "#domain/policy/decision/situation-group.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { compareVersions } from "#domain/policy/policy/policy.ts";
import { checkContent } from "./check.ts";
import { filesOfMergedDraft } from "./merged-draft.ts";
import { readContent, wholeVersion } from "./read.ts";
import { filesOfNewVersion } from "./scaffold.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "with-care-merged-"));
  await cp("content", folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

const newest = async (slug: string) => {
  const { versions } = await readContent(folder);
  const [found] = versions
    .filter((one) => one.slug === slug && one.isPublished)
    .sort((a, b) => compareVersions(b.version, a.version));
  const version = found && wholeVersion(found);
  if (!version) throw new Error(`There is no ${slug}.`);
  return { read: found, version: versionOn(version, "2027-01-15") };
};

/** Writes the draft as the next version of a policy, and reads it. */
async function mergedDraft(
  slugs: readonly string[],
  chosen: (one: Combination, at: number) => number | null,
  nameOf = (slug: string) => slug,
) {
  const found = await Promise.all(slugs.map(newest));
  const [own] = found;
  const tables = found.map(({ version }) => version.table);
  const combinations = combinationsOf(tables);
  const { bodies } = await readContent(folder);
  const body = bodies.find(({ slug }) => slug === own?.version.frontMatter.body);
  if (!own || !combinations || !body) throw new Error("Too much to put together.");
  const order = new Map(combinations.combinations.map((one, at) => [one, chosen(one, at)]));
  const sources = found.map(({ version }) => ({ name: nameOf(version.slug), version }));
  const fresh = await filesOfNewVersion(folder, own.read, "99");
  const given = (one: Combination) => order.get(one) ?? null;
  const files = filesOfMergedDraft(fresh, sources, { combinations, chosen: given, body });
  const place = path.join(folder, "policies", own.version.slug, "99");
  await rm(place, { recursive: true, force: true });
  await mkdir(place);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(place, name), text);
  const content = await readContent(folder);
  const read = content.versions.find((one) => one.slug === own.version.slug && one.version === "99");
  if (!read) throw new Error("There is no draft.");
  const { faults } = checkContent(content, [read]);
  await rm(place, { recursive: true });
  return { combinations, given, tables, files, read, draft: wholeVersion(read), faults };
}

const ruleIn = (table: DecisionTable, situation: Answers) =>
  table.rules[table.diagrams.valueAt(table.winner, digitsOf(table, situation))] ?? null;
const holds = ({ when }: Combination, situation: Answers) =>
  Object.entries(when).every(([name, answers]) => answers.includes(situation[name] ?? ""));
/** The words of what a rule asks for. */
const duties = ({ obligations }: DecisionTable, ids: readonly string[]) =>
  ids.map((id) => obligations.get(id)?.text).sort();

it.each([
  [["nao", "nottingham"]],
  [["bromsgrove-redditch", "model"]],
  [["cleveland-opcc", "home-working-council", "nottingham"]],
  [["home-working-council", "cleveland-opcc", "nottingham", "bromsgrove-redditch"]],
])(
  "decides every situation of %j as it was chosen, policies in turn",
  async (slugs) => {
    const { combinations, given, tables, draft, faults } = await mergedDraft(slugs, ({ rules }, at) => {
      const covering = rules.flatMap((rule, place) => (rule ? [place] : []));
      return covering[at % covering.length] ?? null;
    });
    // Answers marked as stricter may be laxer where policies were taken in turn: that is for the author to settle.
    expect(faults.filter(({ kind }) => kind !== "laxer")).toEqual([]);
    if (!draft) throw new Error("The draft cannot be read.");
    let situations = 0;
    const compared = new Set<string>();
    for (const places of situationsOver(combinations.axes)) {
      const situation = Object.fromEntries(
        combinations.axes.map(({ name, answers }, at) => [name, answers[places[at] ?? 0] ?? ""]),
      );
      const own = combinations.combinations.find((one) => holds(one, situation));
      const from = own ? given(own) : null;
      const expected = from === null ? null : own?.rules[from];
      const decided = ruleIn(draft.table, situation);
      situations++;
      const pair = `${own?.key} ${decided?.id}`;
      if (compared.has(pair)) continue;
      compared.add(pair);
      expect(decided, JSON.stringify(situation)).toMatchObject({ verdict: expected?.verdict ?? "not-covered" });
      if (!decided || !expected || from === null) continue;
      expect(decided.says).toBe(expected.says);
      expect(duties(draft.table, decided.obligations)).toEqual(
        duties(tables[from] ?? draft.table, expected.obligations),
      );
    }
    expect(situations).toBe(combinations.situations);
  },
  120_000,
);

it("has the clauses of what was taken, each with its own number, and says where they come from", async () => {
  const { draft, files, read } = await mergedDraft(["nao", "nottingham"], ({ rules }, at) =>
    at % 2 > 0 && rules[1] ? 1 : 0,
  );
  const [first, second] = [await newest("nao"), await newest("nottingham")];
  const numbers = draft?.clauses.map(({ id }) => id) ?? [];
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toEqual([
    "1.1",
    "1.2",
    ...first.version.clauses.map(({ id }) => `2.${id}`),
    ...second.version.clauses.map(({ id }) => `3.${id}`),
  ]);
  expect(draft?.clauses[0]?.text).toContain(second.version.frontMatter.title);
  expect(read.frontMatter).toMatchObject({ version: "99", status: "draft", body: "nao", source: null, material: true });
  expect(files["policy.mdx"]).not.toMatch(/<Clause[^>]* from=/);
});

it("leaves a policy out that nothing is taken from", async () => {
  const { draft, faults } = await mergedDraft(["nottingham", "home-working-council"], ({ rules }) =>
    rules[1] ? 1 : 0,
  );
  expect(faults.filter(({ kind }) => kind !== "laxer")).toEqual([]);
  expect(draft?.sections.map(({ title }) => title).filter((title) => title.includes("From "))).toHaveLength(1);
});

it("takes names as words, whatever signs they have", async () => {
  const name = "R&D; <b>&lt; {x} *y* [z](https://z.example) `a` \\_ #1";
  const { draft, faults } = await mergedDraft(
    ["nao", "nottingham"],
    ({ rules }, at) => (at % 2 > 0 && rules[1] ? 1 : 0),
    () => name,
  );
  expect(faults.filter(({ kind }) => kind !== "laxer")).toEqual([]);
  expect(draft?.clauses[0]?.text).toContain(name);
  expect(draft?.sections.filter(({ title }) => title.includes(name))).toHaveLength(2);
});

it("says that rules of some days have lost their days", async () => {
  const { draft, faults } = await mergedDraft(["devolved-government", "nao"], ({ rules }) => (rules[0] ? 0 : 1));
  expect(faults.filter(({ kind }) => kind !== "laxer")).toEqual([]);
  expect(draft?.clauses[0]?.text).toContain("The rules of part 2 hold until 31 March 2027 where they come from.");
  expect(draft?.clauses[0]?.text).not.toContain("of part 3 hold");
});

it("has words that fit every verdict, those of a policy or the shared ones", async () => {
  const own = await newest("devolved-government");
  const { draft, faults } = await mergedDraft(["devolved-government", "nao"], ({ rules }, at) =>
    at % 2 > 0 && rules[1] ? 1 : 0,
  );
  expect(faults.filter(({ kind }) => kind !== "laxer")).toEqual([]);
  expect(own.version.words.question).not.toBe(draft?.words.question);
});

it("has what its clauses are about and what people come with, and says what of exceptions is to be added", async () => {
  const { version } = await newest("model");
  const { draft, faults, files } = await mergedDraft(["nottingham", "model"], ({ rules }, at) =>
    at % 2 > 0 && rules[1] ? 1 : 0,
  );
  expect(faults.filter(({ kind }) => kind !== "laxer")).toEqual([]);
  expect(Object.keys(version.about).length).toBeGreaterThan(0);
  expect(draft?.about).toEqual(
    Object.fromEntries(Object.entries(version.about).map(([id, answers]) => [`3.${id}`, answers])),
  );
  expect(draft?.starts?.map(({ title }) => title)).toEqual(version.starts?.map(({ title }) => title));
  const led = (draft?.starts ?? []).flatMap((way) => ("clauses" in way ? (way.clauses ?? []) : []));
  expect(led.length).toBeGreaterThan(0);
  expect(led.every((id) => id.startsWith("3."))).toBe(true);
  expect(files["rules.yaml"]).toMatch(/^# To add under "exceptions" if it is to hold here: in part 2 \(nottingham: /);
  expect(files["rules.yaml"]).toMatch(/^# .*Who decides: low risk: line-manager or governance-officer;/m);
  expect(files["rules.yaml"]).toMatch(/^# To add under "starts": what people come with to part 2,/m);
});
