import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const listed = execFileSync("git", ["ls-files", "app", "domain", "server", "scripts", "e2e", "prisma", "docs"], {
  cwd: root,
  encoding: "utf8",
});
const sources = listed
  .trim()
  .split("\n")
  .filter((file) => /\.(tsx?|mjs|md|prisma|css)$/.test(file) && existsSync(path.join(root, file)))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));

/** What is cited, and where, as far as it leads nowhere. Tests plant what is not there. */
function lost(pattern: RegExp, isThere: (cited: RegExpMatchArray) => boolean): string[] {
  return sources
    .filter(({ file }) => !/\.test\.tsx?$/.test(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(pattern)].filter((cited) => !isThere(cited)).map(([cited]) => `${file}: ${cited}`),
    );
}

it("cites documents and parts of them that are there", () => {
  const partsOf = (file: string) => readFileSync(path.join(root, file), "utf8");
  const isThere = ([, file = "", part]: RegExpMatchArray) =>
    existsSync(path.join(root, file)) &&
    (part === undefined || new RegExp(`^(#+ |- \\*\\*)${part}(\\*\\*|,|$)`, "m").test(partsOf(file)));
  expect(sources.length).toBeGreaterThan(500);
  expect(lost(/\b(docs\/[\w/-]+\.md)(?:, "([^"]+)")?/g, isThere)).toEqual([]);
});

it("cites statements of the sources that are written down", () => {
  const statements = readFileSync(path.join(root, "docs/source-statements.md"), "utf8");
  const isThere = ([cited]: RegExpMatchArray) => statements.includes(`| ${cited} `);
  expect(lost(/\bS[1-5]\.\d{1,2}\b/g, isThere)).toEqual([]);
});
