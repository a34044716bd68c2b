import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const files = readdirSync("server", { recursive: true, encoding: "utf8" }).map((file) =>
  path.posix.join("server", file),
);

/** What pages, forms and scheduled jobs call: a test beside each starts there, not at what is behind it. */
const called = files.filter((file) => /\/(.+-)?(service|queries|job)\.ts$/.test(file) && file !== "server/base/job.ts"); // a type alone

function hasTest(file: string): boolean {
  const folder = path.posix.dirname(file);
  const tests = files.filter((one) => path.posix.dirname(one) === folder && one.endsWith(".test.ts"));
  const names = [`from "./${path.posix.basename(file)}"`, `from "#${file}"`];
  return tests.some((test) => names.some((name) => readFileSync(test, "utf8").includes(name)));
}

it("has a test beside every service, every file of queries and every job", () => {
  expect(called.length).toBeGreaterThan(100);
  expect(called.filter((file) => !hasTest(file))).toEqual([]);
});
