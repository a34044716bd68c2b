import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bindsBody } from "#domain/policy/policy/outside-rule.ts";
import { copyContent } from "#server/testing/copy-content.ts";
import { readContent } from "./read.ts";

const FILE = "outside-rules.yaml";
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "with-care-outside-"));
  copyContent(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string) => writeFile(path.join(folder, FILE), text);

it("has no rules where the file is missing, which is no fault", async () => {
  await rm(path.join(folder, FILE));
  expect(await readContent(folder)).toMatchObject({ outsideRules: [], faults: [] });
});

it("names the field that is wrong", async () => {
  await write(
    '- { id: one, title: "One", state: in-force, since: null, means: "Do.", binds: { types: ["A school"] }, because: "x", notBecause: "y", href: null }',
  );
  const { outsideRules, faults } = await readContent(folder);
  expect(outsideRules).toEqual([]);
  expect(faults).toMatchObject([{ file: FILE, kind: "content" }]);
  expect(faults[0]?.message).toMatch(/0\.binds\.types\.0: /);
});

it("names a clause that is not there", async () => {
  await write(
    '- { id: one, title: "One", state: coming, since: null, means: "Do.", binds: {}, because: "x", notBecause: null, href: null, clauses: { model: ["8.3", "99.1"] } }',
  );
  const { faults } = await readContent(folder);
  expect(faults).toMatchObject([{ file: FILE }]);
  expect(faults[0]?.message).toMatch(/0\.clauses\.model: .*"99\.1"/);
});

it.each([["- {"], ["a: *b"], ["just words"]])("finds a fault in %j and does not throw", async (text) => {
  await write(text);
  expect((await readContent(folder)).faults).not.toEqual([]);
});

it("knows of each body what binds it", async () => {
  const { outsideRules: rules } = await readContent("content");
  const binding = (type: string, nation: "england" | "scotland" | "uk") =>
    rules.filter((rule) => bindsBody(rule, { type, nation })).map(({ id }) => id);
  expect(binding("central-government", "uk")).toContain("non-corporate-channels");
  expect(binding("parliament", "uk")).not.toContain("non-corporate-channels");
  expect(binding("parliament", "uk")).toContain("foia-deletion");
  expect(binding("council", "england")).toEqual([
    "foia-held",
    "foia-deletion",
    "foia-records-code",
    "uk-gdpr-breach",
    "accessibility-regulations",
    "data-protection-complaints",
    "accountability-bill",
  ]);
  // A type that no rule names: what is not limited by type binds it.
  expect(binding("lighthouse-board", "england")).toEqual(binding("council", "england"));
  expect(binding("council", "scotland")).toEqual([
    "foisa",
    "foisa-records-code",
    "uk-gdpr-breach",
    "accessibility-regulations",
    "data-protection-complaints",
    "accountability-bill",
  ]);
});
