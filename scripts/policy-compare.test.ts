import { expect, it } from "vitest";
import { runCommand } from "#server/testing/command.ts";

const run = (...args: string[]) => runCommand("scripts/policy-compare.ts", args);

it("proves that a policy is at least as strict as itself", async () => {
  const { status, stdout } = await run("nao@1.1", "nao@1.1");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^nao 1\.1 is at least as strict as nao 1\.1 in all [\d,]+ situations/);
});

it("shows the smallest counterexample in words and in JSON, each with both answers", async () => {
  const { status, stdout } = await run("model@2.1", "model@3.0", "--json");
  expect(status).toBe(1);
  const shown = JSON.parse(stdout) as {
    words: string;
    counterexample: { answers: object; reference: { verdict: string }; candidate: { verdict: string } };
  };
  expect(shown).toMatchObject({
    strictness: "refuted",
    reference: { policy: "model", version: "2.1" },
    candidate: { policy: "model", version: "3.0" },
    unmatched: expect.arrayContaining([{ fact: "app", answer: null, of: "candidate" }]) as object,
  });
  const words = await run("model@2.1", "model@3.0");
  expect(words.stdout.split("\n")[0]).toBe(shown.words);
  for (const [fact, answer] of Object.entries(shown.counterexample.answers))
    expect(words.stdout).toContain(`${fact}=${answer as string}`);
});

it("lists apart what only one of two policies covers", async () => {
  const { stdout } = await run("nao", "nottingham");
  expect(stdout).toMatch(/^Only nao \S+ covers [\d,]+ situations:$/m);
  expect(stdout).toContain("Only nao 1.1 has “");
});

it.each([
  [["nao"], "Name two."],
  [["nao", "nowhere"], 'There is no "nowhere".'],
  [["nao@9", "nao"], 'There is no "nao@9".'],
  [["nao", "nao@1", "--on", "tomorrow"], "is no day"],
  [["nao", "nao@1", "--strict"], "--strict"],
])("%j: says what is wrong, and ends with 2", async (args, words) => {
  const { status, stderr } = await run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(words);
});
