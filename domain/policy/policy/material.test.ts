import { describe, expect, it } from "vitest";
import { rule } from "#domain/testing/generated-table.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import type { FrontMatter } from "./front-matter.ts";
import { materialProblem, materialReason, predecessorOf } from "./material.ts";
import type { PolicyVersion } from "./policy.ts";

function version(number: string, verdict: Verdict, front: Partial<FrontMatter> = {}): PolicyVersion {
  const answers = {
    yes: { label: "Yes", hint: null, when: null, as: null },
    no: { label: "No", hint: null, when: null, as: null },
  };
  const table = buildTable(
    [["f", { ask: "?", short: "?", help: null, ordered: false, answers }]],
    [rule("r", {}, verdict)],
    [],
  );
  const frontMatter = { status: "in force", material: false, materialReason: null, ...front };
  return { version: number, table, rulesHash: verdict, frontMatter, days: [] } as unknown as PolicyVersion;
}

describe("materialReason", () => {
  it.each([
    ["nothing before it", version("1", "never"), null, "first"],
    ["another verdict", version("2", "allowed"), version("1", "never"), "outcome"],
    [
      "another verdict, though its author says minor",
      version("2", "allowed", { material: false }),
      version("1", "never"),
      "outcome",
    ],
    ["the same outcome", version("1.1", "never"), version("1", "never"), null],
    [
      "the same outcome, raised by its author",
      version("1.1", "never", { material: true }),
      version("1", "never"),
      "raised",
    ],
  ])("with %s", (_, one, before, expected) => {
    expect(materialReason(one, before)).toBe(expected);
  });
});

describe("materialProblem", () => {
  it.each([
    [version("1", "never", { material: true }), null, null],
    [version("1", "never"), null, /first version/],
    [version("2", "allowed", { material: true }), version("1", "never"), null],
    [version("2", "allowed"), version("1", "never"), /differ from version 1.*Write true/],
    [version("1.1", "never"), version("1", "never"), null],
    [version("1.1", "never", { material: true }), version("1", "never"), /^materialReason: .*Say why/],
    [version("1.1", "never", { material: true, status: "draft" }), version("1", "never", { status: "draft" }), null],
    [version("1.1", "never", { material: true, materialReason: "So that all read it." }), version("1", "never"), null],
  ])("never lets it be lowered, and wants a reason where it is raised", (one, before, expected) => {
    const problem = materialProblem(one, before);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});

describe("predecessorOf", () => {
  const all = [
    version("1.0", "never"),
    version("1.9", "never"),
    version("1.10", "never"),
    version("1.11", "never", { status: "draft" }),
    version("0.9", "never", { status: "draft" }),
    version("2", "never", { status: "withdrawn" }),
    version("3", "never"),
  ];
  it.each([
    ["1.0", null],
    ["1.10", "1.9"],
    ["1.11", "0.9"],
    ["0.9", null],
    ["3", "1.10"],
  ])("of %s is %s", (number, expected) => {
    const one = all.find((candidate) => candidate.version === number);
    expect(one && (predecessorOf(all, one)?.version ?? null)).toBe(expected);
  });
});
