import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const listed = execFileSync("git", ["ls-files", "app", "domain", "server", "scripts", "bench"], {
  cwd: root,
  encoding: "utf8",
});
const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|interface|type|class|enum) (\w+)/gm;
/** The exports that Next.js looks for by name in routes and pages, and what each form.tsx has (docs/forms.md). */
const CONVENTION =
  /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|metadata|generateMetadata|viewport|generateViewport|dynamic|revalidate|runtime|main|page|form)$/;

it("gives no exported name to two things", () => {
  const filesOf = new Map<string, Set<string>>();
  for (const file of listed.trim().split("\n")) {
    if (!/\.(tsx?|mjs)$/.test(file) || /\.test\.|\/testing\//.test(file) || !existsSync(path.join(root, file)))
      continue;
    for (const [, name = ""] of readFileSync(path.join(root, file), "utf8").matchAll(EXPORTED))
      if (!CONVENTION.test(name)) filesOf.set(name, (filesOf.get(name) ?? new Set()).add(file));
  }
  expect(filesOf.size).toBeGreaterThan(1000);
  const twice = [...filesOf].filter(([, files]) => files.size > 1);
  expect(twice.map(([name, files]) => `${name}: ${[...files].join(", ")}`)).toEqual([]);
});
