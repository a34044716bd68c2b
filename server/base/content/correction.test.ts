import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyContent } from "#server/testing/copy-content.ts";
import { checkContent } from "./check.ts";
import { readContent } from "./read.ts";

describe("a correction that is not published yet", () => {
  const folder = "policies/nottingham/1.1.2";
  let content: string;
  beforeEach(() => {
    content = mkdtempSync(path.join(tmpdir(), "with-care-correction-"));
    copyContent(content);
    cpSync(path.join(content, "policies/nottingham/1.1.1"), path.join(content, folder), { recursive: true });
    edit('version: "1.1.1"', 'version: "1.1.2"');
    // The shared questions may have answers by now that this policy was not written with.
    const questions = path.join(content, folder, "questions.yaml");
    writeFileSync(questions, readFileSync(questions, "utf8").replace(/^#.*\n/, ""));
  });
  afterEach(() => rmSync(content, { recursive: true }));

  const edit = (from: string | RegExp, to: string) => {
    const file = path.join(content, folder, "policy.mdx");
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(from);
    writeFileSync(file, text.replace(from, to));
  };
  const faults = async () => checkContent(await readContent(content)).faults.map(({ message }) => message);

  it("may be the second of one version", async () => {
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['of: "1.1"', 'of: "1"', "has its number and one part more"],
    ['of: "1.1"', 'of: "2.1"', "has its number and one part more"],
    ['of: "1.1"', "of: 1.1", "write the version in quotation marks"],
    [/source:\n(?: {2}.*\n)+/, "source: null\n", "only a version that restates a document"],
    [/ {2}because:\n(?: {4}- .*\n)+/, "", "because"],
  ])("is refused with %s as %s", async (from, to, message) => {
    edit(from, to);
    expect(await faults()).toContainEqual(expect.stringContaining(message));
  });

  it("is refused where the version that it corrects is not there, or restates another document", async () => {
    edit("id: S2", "id: S3");
    expect(await faults()).toContainEqual(expect.stringContaining("version 1.1 restates another document"));
    edit("id: S3", "id: S2");
    edit('of: "1.1"', 'of: "3.1"');
    edit('version: "1.1.2"', 'version: "3.1.1"');
    cpSync(path.join(content, folder), path.join(content, "policies/nottingham/3.1.1"), { recursive: true });
    rmSync(path.join(content, folder), { recursive: true });
    expect(await faults()).toContainEqual(expect.stringContaining("there is no version 3.1 to correct"));
  });
});
