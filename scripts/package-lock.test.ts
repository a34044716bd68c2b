import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> };
const entries = Object.entries(lock.packages).filter(([folder]) => folder !== "");

/** What is wrong with a package's lock entry; null if nothing is. */
function problemOf([folder, { version, resolved, integrity, link }]: [string, Entry]): string | null {
  const [, algorithm, hash = ""] = /^(sha512)-([A-Za-z0-9+/]{86}==)$/.exec(integrity ?? "") ?? [];
  if (link) return `${folder} leads to another folder.`;
  if (!algorithm || Buffer.from(hash, "base64").length !== 64) return `${folder} has no integrity hash (sha512).`;
  if (!/^\d+\.\d+\.\d+/.test(version ?? "")) return `${folder} has the version ${version}, which is none.`;
  // Where it comes from is npm's own setting, by a path that every registry has; never an address of a file or of git.
  const name = folder.replace(/^.*node_modules\//, "");
  const path = resolved && URL.canParse(resolved) ? new URL(resolved).pathname : "";
  if (resolved && !(resolved.startsWith("https://") && path.endsWith(`/-/${name.split("/").pop()}-${version}.tgz`)))
    return `${folder} comes from ${resolved}, which is no path of a registry.`;
  return null;
}

describe("package-lock.json", () => {
  it("has an integrity hash for every package", () => {
    expect(entries.length).toBeGreaterThan(500);
    expect(entries.map(problemOf).filter(Boolean)).toEqual([]);
  });

  it("is read by a test that sees what is wrong", () => {
    const good = { version: "1.2.3", integrity: `sha512-${Buffer.alloc(64).toString("base64")}` };
    expect(problemOf(["node_modules/a", good])).toBeNull();
    expect(problemOf(["node_modules/@a/b", { ...good, resolved: "https://r.invalid/@a/b/-/b-1.2.3.tgz" }])).toBeNull();
    const wrong: Entry[] = [
      { version: "1.2.3" },
      { ...good, integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
      { ...good, integrity: "sha512-AAAA" },
      { ...good, link: true },
      { ...good, version: "git+ssh://x" },
      { ...good, resolved: "git+ssh://git@example.com/a/b.git#0" },
      { ...good, resolved: "https://example.com/a.tgz" },
      { ...good, resolved: "http://r.invalid/a/-/a-1.2.3.tgz" },
      { ...good, resolved: "https://r.invalid/b/-/b-1.2.3.tgz" },
      { ...good, resolved: "file:../a" },
    ];
    expect(wrong.map((entry) => problemOf(["node_modules/a", entry])).filter((problem) => problem === null)).toEqual(
      [],
    );
  });
});
