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

/** Broken citations, and where they are. Tests plant some. */
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

it("names files that are there where it leads newcomers", () => {
  const guides = [
    "CONTRIBUTING.md",
    ...execFileSync("git", ["ls-files", "server/*/README.md"], { cwd: root, encoding: "utf8" }).trim().split("\n"),
  ];
  const named = guides.flatMap((guide) => {
    const text = readFileSync(path.join(root, guide), "utf8");
    return [...text.matchAll(/`((?:app|server|domain|scripts)\/[^`]+\.(?:tsx?|mjs))`/g)].map(([, file = ""]) => file);
  });
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

it("lists each decision, with its status and its date", () => {
  const index = readFileSync(path.join(root, "docs/decisions/README.md"), "utf8");
  const records = sources.filter(({ file }) => /^docs\/decisions\/\d/.test(file));
  expect(records.length).toBeGreaterThan(40);
  for (const { file, text } of records) {
    expect(index).toContain(`](${path.basename(file)})`);
    expect(text).toMatch(/^# \d{3} .+\n\n\*\*Status\.\*\* .+, \d{4}-\d\d-\d\d\.\n/);
  }
});
