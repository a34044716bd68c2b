import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyContent } from "#server/testing/copy-content.ts";
import { checkContent } from "./check.ts";
import { readContent } from "./read.ts";

const FILE = "starts.yaml";

describe("content/starts.yaml", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "starts-"));
    copyContent(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const change = (from: string, to: string) => {
    const at = path.join(folder, FILE);
    const text = readFileSync(at, "utf8");
    expect(text).toContain(from);
    writeFileSync(at, text.replace(from, to));
  };
  const faults = async () => {
    const read = await readContent(folder);
    return checkContent(
      read,
      read.versions.filter(({ slug }) => slug === "nao"),
    ).faults.filter(({ file }) => file === FILE);
  };

  it("is right as it lies there, and can be left out", async () => {
    const read = await readContent(folder);
    const isOurs = ({ file }: { file: string }) => file === FILE;
    expect(checkContent(read).faults.filter(isOurs)).toEqual([]);
    rmSync(path.join(folder, FILE));
    expect(await readContent(folder)).toMatchObject({ starts: null, faults: [] });
  });

  it("names the field that leads to something that is not there", async () => {
    change(
      'title: "The Public Accounts Committee", clauses: ["4.2"], answers: { purpose: committee }',
      'title: "PAC", answers: { purpose: party }',
    );
    const named = (version: string): unknown =>
      expect.stringMatching(
        `^policies\\.nao\\.0\\.ways\\.\\d+ \\(“PAC”\\): "purpose" has no answer "party" in version ${version}\\.$`,
      );
    expect((await faults()).map(({ message }) => message)).toEqual([named("1"), named("1\\.1")]);
    change("page: /photos", "page: /nowhere");
    expect((await faults())[0]?.message).toContain("page");
  });
});
