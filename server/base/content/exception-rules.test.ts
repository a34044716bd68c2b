import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyContent } from "#server/testing/copy-content.ts";
import { checkContent } from "./check.ts";
import { readContent, wholeVersion } from "./read.ts";

const FILE = "exception-rules.yaml";

describe("content/exception-rules.yaml", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "exception-rules-"));
    copyContent(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const change = (from: string, to: string, file = FILE) => {
    const at = path.join(folder, file);
    const text = readFileSync(at, "utf8");
    expect(text).toContain(from);
    writeFileSync(at, text.replaceAll(from, to));
  };
  const faults = async () =>
    checkContent(await readContent(folder)).faults.map(({ file, message }) => `${file}: ${message}`);
  const rulesOf = async (slug: string, version: string) => {
    const read = (await readContent(folder)).versions.find((one) => one.slug === slug && one.version === version);
    return read && wholeVersion(read)?.exceptionRules;
  };

  it("is right as it lies there, and says who decides, what is lifted, and what is the body's default", async () => {
    expect(await faults()).toEqual([]);
    expect(await rulesOf("model", "2.0")).toMatchObject({
      never: { "3.6": "10.2", "3.9": "10.2", "4.3": "10.2" },
      decide: { high: [["senior-information-risk-owner"]], because: ["10.4"] },
      longest: { months: 12, because: ["10.5"] },
    });
    const draft = await rulesOf("bromsgrove-redditch", "0.2");
    expect(draft?.decide).toMatchObject({ because: [], low: [["line-manager", "governance-officer"]] });
  });

  it("names the file, the version and what to do where it contradicts the text", async () => {
    change("months: 12", "months: 6");
    expect((await faults()).filter((fault) => fault.includes("model 2.0"))).toEqual([
      `${FILE}: model 2.0: exceptions.longest: clause 10.5 does not say 6 months. Correct the number, or name another clause.`,
    ]);
  });

  it("names the field that cannot be read", async () => {
    change("high: [senior-information-risk-owner]", "high: [mayor]");
    expect((await faults())[0]).toContain(`${FILE}: model.2.0.decide.high`);
  });

  it("notices a slip of the number, and not that a version was taken out", async () => {
    rmSync(path.join(folder, "policies/model/1.0"), { recursive: true });
    const lock = JSON.parse(readFileSync(path.join(folder, "content.lock.json"), "utf8")) as Record<string, object>;
    const { "1.0": _gone, ...others } = lock["model"] as Record<string, unknown>;
    writeFileSync(path.join(folder, "content.lock.json"), JSON.stringify({ ...lock, model: others }));
    expect(await faults()).toEqual([]);
    change('"2.0":', '"2.2":');
    expect(await faults()).toContain(
      `${FILE}: model: there is no version "2.2", and none stands here for version 2.0.`,
    );
  });

  it("takes the defaults of a body where neither the version nor this file says it", async () => {
    const more =
      "exceptions: { decide: { low: [governance-officer], medium: [governance-officer], high: [senior-information-risk-owner] }, longest: { months: 3 } }";
    change("appetite: null", `appetite: null\n${more}`, "bodies/nao.yaml");
    expect(await rulesOf("nao", "1")).toMatchObject({
      decide: { low: [["governance-officer"]], because: [] },
      longest: { months: 3, because: [] },
      target: { workingDays: 5 },
    });
  });
});
