import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runCommand } from "#server/testing/command.ts";
import { putEmbedded } from "#server/testing/embedded.ts";

// The command, on a stopped portal's database.

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-grant-"));
  putEmbedded(dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const NEW = ["--body", "example-borough", "--name", "Ann Lee"];
const run = (...args: string[]) =>
  runCommand("scripts/people-grant.ts", args, "", {
    DATABASE_URL: "",
    INIT_CWD: dataDir,
    BODIES: "example-borough",
    DATA_DIR: dataDir,
    AUTH_SECRET: "s".repeat(40),
  });

it("gives the role to whom the address names, capital letters aside, and to nobody whom it would fit as a pattern", async () => {
  expect(await run("Emp@x.example", "administrator", ...NEW)).toMatchObject({
    status: 0,
    stdout: "Ann Lee (example-borough) was added, and has the role now: Administrator.\n",
  });
  const none = await run("e_p@x.example", "auditor");
  expect([none.status, none.stderr]).toEqual([
    1,
    expect.stringContaining("Nobody in the directory has the address e_p@"),
  ]);
  expect(await run("EMP@X.example", "auditor")).toMatchObject({
    status: 0,
    stdout: "Ann Lee (example-borough) has the role now: Auditor.\n",
  });
});

it("says which of its words is none, and writes nothing", async () => {
  for (const [args, words] of [
    [["mailto:a@x.example", "auditor", ...NEW], "The e-mail address: It begins with “mailto:”."],
    [
      ["a\u200eb@x.example", "auditor", ...NEW],
      "The e-mail address: It contains a character that cannot be seen (U+200E).",
    ],
    [["nobody", "auditor"], "The e-mail address: “nobody” is not an e-mail address."],
    [["a@x.example", "auditor", "--body", "example-borough", "--name", "=Ann"], "--name: “=Ann” begins like a formula"],
    [
      ["a@x.example", "auditor", "--body", "example-borough", "--name", "Ann\u202eLee"],
      "--name: It contains a character",
    ],
  ] as const)
    expect(await run(...args), words).toMatchObject({ status: 1, stderr: expect.stringContaining(words) as string });
  expect((await run("a@x.example", "auditor")).stderr).toContain("Nobody in the directory");
});
