import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide } from "#domain/policy/decision/decide.ts";
import { situationAt } from "#domain/policy/decision/decision-table.ts";
import { compareTables } from "#domain/policy/decision/difference.ts";
import { viewMatrix } from "#domain/policy/decision/matrix.ts";
import { readState } from "#domain/policy/decision/matrix-state.ts";
import { stepFor } from "#domain/policy/decision/wizard.ts";
import { ownTable } from "#domain/policy/exception/coverage.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { materialReason } from "#domain/policy/policy/material.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { checkContent } from "./check.ts";
import { preparePublication, publishVersions } from "./publish.ts";
import { readContent, wholeVersion } from "./read.ts";

// A policy that has nothing to do with messages, with facts of its own: content only; no code knows about it.

const FIXTURE = "server/testing/other-subject";
const TODAY = "2026-11-20";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "other-subject-"));
  await cp(FIXTURE, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function versionOf(directory: string, version: string): Promise<PolicyVersion> {
  const { versions } = await readContent(directory);
  const read = versions.find((one) => one.slug === "ai-tools" && one.version === version);
  const whole = read && wholeVersion(read);
  if (!whole) throw new Error(`ai-tools ${version} could not be read.`);
  return whole;
}

/** Every path of the wizard: the questions asked, and the rule at its end. */
function pathsFrom(version: PolicyVersion, answers: Answers = {}): { asked: readonly string[]; rule: string }[] {
  const step = stepFor(version.table, { answers, ask: null, change: null });
  if (step.kind === "result") return [{ asked: step.path, rule: step.rule.id }];
  const { answers: offered } = questionFor(version, step.fact);
  return offered.flatMap(({ answer }) => pathsFrom(version, { ...answers, [step.fact]: answer }));
}

describe("a policy on another subject", () => {
  it("is read and proven without a fault", async () => {
    const { ok, policies, faults } = checkContent(await readContent(FIXTURE));
    expect(faults).toEqual([]);
    expect(ok).toBe(true);
    expect(policies).toMatchObject([
      { slug: "ai-tools", version: "1.0", situations: 64 },
      { slug: "ai-tools", version: "2.0", situations: 64 },
    ]);
  });

  it("asks in the words of its own files alone", async () => {
    const version = await versionOf(FIXTURE, "2.0");
    expect(version.table.facts.map(({ name }) => name)).toEqual(["use", "material", "tool", "exception"]);
    expect(questionFor(version, "tool").ask).toBe("Which tool do you want to use?");
    const internal = questionFor(version, "material").answers.find(({ answer }) => answer === "internal");
    expect(internal).toMatchObject({ label: "Internal papers of the archive", hint: "Minutes, plans and figures." });
    const files = ["questions.yaml", "policies/ai-tools/2.0/rules.yaml", "policies/ai-tools/1.0/questions.yaml"];
    const written = (await Promise.all(files.map((file) => readFile(path.join(FIXTURE, file), "utf8")))).join("\n");
    for (const { name } of version.table.facts) {
      const { ask, help, answers } = questionFor(version, name);
      for (const words of [ask, help, ...answers.flatMap(({ label, hint, when }) => [label, hint, when])])
        if (words !== null) expect(written).toContain(words);
    }
  });

  it("decides every situation, and every path of the wizard ends where the table does", async () => {
    const version = await versionOf(FIXTURE, "1.0");
    const decided = Array.from({ length: version.table.situations }, (_, at) =>
      decide(version.table, situationAt(version.table, at)),
    );
    expect(decided.every(({ settled }) => settled)).toBe(true);
    const paths = pathsFrom(version);
    expect(new Set(paths.map(({ rule }) => rule))).toEqual(new Set(version.table.rules.map(({ id }) => id)));
    // What the tool is for is asked first, and a decision needs no other question.
    expect(paths.filter(({ asked }) => asked.length === 1)).toEqual([{ asked: ["use"], rule: "decisions" }]);
  });

  it("has a matrix, which follows what is assumed", async () => {
    const { table, matrix } = await versionOf(FIXTURE, "1.0");
    const verdictsOf = (chosen: Answers) =>
      viewMatrix(table, readState(table, matrix, chosen)).cells.map((row) => row.map(({ rule }) => rule.verdict));
    expect(verdictsOf({})).toEqual([
      ["exception-only", "exception-only", "with-care", "with-care"],
      ["exception-only", "exception-only", "with-care", "allowed"],
      ["exception-only", "exception-only", "via-communications", "via-communications"],
      ["never", "never", "never", "never"],
    ]);
    expect(verdictsOf({ tool: "other" })[0]).toEqual(["never", "never", "never", "discouraged"]);
  });

  it("lets an approved exception change the answer", async () => {
    const version = await versionOf(FIXTURE, "1.0");
    const situation = { use: "draft", material: "personal", tool: "approved" };
    const granted = {
      reference: "EX-1",
      policy: "ai-tools",
      clauses: ["3.1"],
      situation,
      conditions: [],
      startsAt: new Date("2026-01-01T00:00:00Z"),
      endsAt: new Date("2027-01-01T00:00:00Z"),
    };
    const verdictWith = (exceptions: (typeof granted)[]) => {
      const decision = decide(ownTable(version, exceptions).table, situation);
      return decision.settled ? decision.rule.verdict : null;
    };
    expect(verdictWith([])).toBe("exception-only");
    expect(verdictWith([granted])).toBe("with-care");
  });

  it("is published with its questions, and then compared with the version before", async () => {
    const file = path.join(folder, "policies/ai-tools/2.0/policy.mdx");
    await writeFile(file, (await readFile(file, "utf8")).replace("status: draft", "status: in force"));
    const publication = await preparePublication(folder, ({ version }) => version === "2.0", TODAY);
    expect(publication.problems).toEqual([]);
    await publishVersions(folder, publication);

    expect(checkContent(await readContent(folder)).faults).toEqual([]);
    const [before, after] = [await versionOf(folder, "1.0"), await versionOf(folder, "2.0")];
    expect(after.isPublished).toBe(true);
    expect(await readFile(path.join(folder, "policies/ai-tools/2.0/questions.yaml"), "utf8")).toContain(
      "Which tool do you want to use?",
    );
    // A tool that is not approved, published material: a draft, a summary, a picture; with an exception and without.
    const { situations, changed, verdicts } = compareTables(before.table, after.table);
    expect({ situations, changed }).toEqual({ situations: 64, changed: 6 });
    expect(verdicts).toMatchObject([
      { from: "discouraged", to: "never", situations: 4 },
      { from: "via-communications", to: "never", situations: 2 },
    ]);
    expect(materialReason(after, before)).not.toBeNull();
  });
});
