import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const files = readdirSync("server", { recursive: true, encoding: "utf8" }).map((file) =>
  path.posix.join("server", file),
);

/** Without a test beside them yet: others reach them. Whoever writes one takes its line away; nobody adds one. */
const NOT_YET = [
  "server/answers/api/queries.ts",
  "server/answers/known-answer/queries.ts",
  "server/people/directory/command-service.ts",
  "server/people/scim/group-queries.ts",
  "server/people/scim/group-service.ts",
  "server/people/scim/own-queries.ts",
  "server/people/scim/user-queries.ts",
  "server/people/scim/user-service.ts",
  "server/policy/acknowledgement/decline-queries.ts",
  "server/policy/acknowledgement/task-queries.ts",
  "server/policy/exception/clause-queries.ts",
  "server/policy/policy/change-queries.ts",
  "server/policy/policy/fault-queries.ts",
  "server/registers/group/view-queries.ts",
  "server/registers/hold/deletion-queries.ts",
];

/** What pages, forms and timed work call: a test beside each begins there, not at what lies behind it. */
const called = files.filter((file) => /\/(.+-)?(service|queries|job)\.ts$/.test(file) && file !== "server/base/job.ts"); // a type alone

function hasTest(file: string): boolean {
  const folder = path.posix.dirname(file);
  const tests = files.filter((one) => path.posix.dirname(one) === folder && one.endsWith(".test.ts"));
  const names = [`from "./${path.posix.basename(file)}"`, `from "#${file}"`];
  return tests.some((test) => names.some((name) => readFileSync(test, "utf8").includes(name)));
}

it("has a test beside every service, every file of queries and every job, but for those named", () => {
  expect(called.length).toBeGreaterThan(100);
  expect(called.filter((file) => !hasTest(file) && !NOT_YET.includes(file))).toEqual([]);
});

it("names none that has one by now, or is gone", () => {
  expect(NOT_YET.filter((file) => !called.includes(file) || hasTest(file))).toEqual([]);
});
