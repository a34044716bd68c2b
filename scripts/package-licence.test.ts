import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { licenceProblems, noticesOf, readLicences } from "./package-licence.mjs";

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "with-care-licence-"))));
afterEach(() => rmSync(root, { recursive: true }));

/** A package as it is installed, with the files given. */
function install(name: string, manifest: object, files: Record<string, string> = {}) {
  const folder = path.posix.join("node_modules", name);
  const all = { "package.json": JSON.stringify({ name, version: "1.0.0", ...manifest }), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(root, folder, file)), { recursive: true });
    writeFileSync(path.join(root, folder, file), text);
  }
  return readLicences(folder, root);
}

describe("what is packed", () => {
  it.each([
    ["MIT"],
    ["(MIT OR GPL-3.0-only)"],
    ["(ISC AND CC-BY-3.0)"],
    [{ type: "MIT", url: "https://x.test" }],
    [[{ type: "GPL-2.0" }, { type: "Apache-2.0" }]],
  ])("may have the licence %j", (license) => {
    const key = Array.isArray(license) ? "licenses" : "license";
    expect(licenceProblems([install("a", { [key]: license }).whole])).toEqual([]);
  });

  it.each([
    [undefined, /names no licence/],
    ["", /names no licence/],
    ["UNLICENSED", /UNLICENSED/],
    ["SEE LICENSE IN LICENSE.md", /SEE LICENSE/],
    ["AGPL-3.0-only", /AGPL-3\.0-only, which is not on the list/],
    ["(MIT AND GPL-3.0-only)", /GPL/],
    ["(MIT AND (GPL-3.0-only OR SSPL-1.0))", /GPL/],
    ["mit-like", /mit-like/],
  ])("may not have the licence %j", (license, words) => {
    expect(licenceProblems([install("a", { license }).whole])).toEqual([expect.stringMatching(words)]);
  });

  it("may hold no part under another licence either; a part that names none is under that of the whole", () => {
    const { whole, parts } = install(
      "a",
      { license: "MIT" },
      {
        "dist/compiled/b/package.json": JSON.stringify({ name: "b", license: "SSPL-1.0" }),
        "dist/compiled/c/package.json": JSON.stringify({ name: "c" }),
        "dist/esm/package.json": JSON.stringify({ type: "module" }),
        "node_modules/d/package.json": JSON.stringify({ name: "d", license: "SSPL-1.0" }),
      },
    );
    expect(parts.map(({ name }) => name)).toEqual(["b", "c"]);
    expect(licenceProblems([whole], parts)).toEqual([expect.stringMatching(/compiled\/b has the licence SSPL-1\.0/)]);
  });
});

it("writes every licence in full, those of parts too, and of a package without a text what it says", () => {
  const { whole, parts } = install(
    "a",
    { license: "MIT" },
    { LICENSE: "Words of a.", "NOTICE.txt": "A notice.", "vendor/b/license": "Words of b.", "license.js": "no()" },
  );
  const without = install("c", { license: "ISC", author: { name: "Ann Author", email: "a@x.test" } }).whole;
  const text = noticesOf([whole, ...parts, without]);
  for (const words of ["a 1.0.0 (MIT)", "Words of a.\n\nA notice.", "Words of b.", "c 1.0.0 (ISC)", "by Ann Author"])
    expect(text).toContain(words);
  expect(text).not.toContain("no()");
});
