import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EnvironmentError, readEnvironment } from "#server/base/environment/environment.mjs";

/** OWASP ASVS 5.0.0: the level of each requirement of a section, in order. */
const LEVELS = `
  V1.1: 22, V1.2: 1111122223, V1.3: 112222222223, V1.4: 222, V1.5: 123
  V2.1: 122, V2.2: 112, V2.3: 12223, V2.4: 23
  V3.1: 3, V3.2: 113, V3.3: 12223, V3.4: 11222233, V3.5: 11122333, V3.6: 3, V3.7: 22333
  V4.1: 12233, V4.2: 23333, V4.3: 22, V4.4: 1222
  V5.1: 2, V5.2: 112333, V5.3: 113, V5.4: 222
  V6.1: 122, V6.2: 111111112222, V6.3: 11223333, V6.4: 112233, V6.5: 22222333, V6.6: 2223, V6.7: 33, V6.8: 2222
  V7.1: 222, V7.2: 1111, V7.3: 22, V7.4: 11222, V7.5: 223, V7.6: 22
  V8.1: 1233, V8.2: 1123, V8.3: 133, V8.4: 23
  V9.1: 111, V9.2: 1222
  V10.1: 22, V10.2: 223, V10.3: 22223, V10.4: 1111122222233333, V10.5: 22222, V10.6: 22, V10.7: 222
  V11.1: 2233, V11.2: 22233, V11.3: 11233, V11.4: 1222, V11.5: 23, V11.6: 23, V11.7: 33
  V12.1: 12233, V12.2: 11, V12.3: 22223
  V13.1: 2333, V13.2: 222223, V13.3: 2233, V13.4: 1222233
  V14.1: 22, V14.2: 12223333, V14.3: 122
  V15.1: 12233, V15.2: 12233, V15.3: 1222222, V15.4: 3333
  V16.1: 2, V16.2: 22222, V16.3: 2222, V16.4: 222, V16.5: 2223
  V17.1: 23, V17.2: 22223333, V17.3: 22
`;
const STATES = ["met", "operator", "n/a", "open"] as const;

interface Row {
  id: string;
  level: string;
  state: (typeof STATES)[number];
  asks: string;
  how: string;
  reason: string;
  where: string;
  setting: string;
  test: string;
}

const PROVIDER = { OIDC_ISSUER: "https://login.example", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b" };
/** Values with which the portal refuses to start, for each setting that a requirement depends on. */
const REFUSED: Record<string, Record<string, string>> = {
  APP_URL: { ...PROVIDER, APP_URL: "http://with-care.example" },
  AUTH_SECRET: { AUTH_SECRET: "short" },
  DATABASE_OWNER_URL: { ...PROVIDER, DATABASE_URL: "postgresql://a:b@h/d", DATABASE_OWNER_URL: "postgresql://a:b@h/d" },
  DATABASE_URL: { DATABASE_URL: "postgresql://a:b@h/d" },
  DATA_DIR: { DATA_DIR: "package.json" },
  HOST: { HOST: "not an address" },
  LOG_FORMAT: { LOG_FORMAT: "xml" },
  OIDC_REQUIRE: { ...PROVIDER, OIDC_REQUIRE: "two factors" },
  SESSION_HOURS: { SESSION_HOURS: "13" },
  SESSION_IDLE_MINUTES: { SESSION_IDLE_MINUTES: "1440" },
  TRUSTED_PROXIES: { TRUSTED_PROXIES: "everybody" },
};

const root = path.resolve(".");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const rows = readCsv(read("docs/asvs.csv")) as unknown as Row[];

/** Comma-separated cells, quoted if they contain a comma; a line for each row. */
function readCsv(text: string): Record<string, string>[] {
  const [head = [], ...lines] = text
    .trimEnd()
    .split("\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(
        ([, quoted, bare = ""]) => quoted?.replaceAll('""', '"') ?? bare,
      ),
    );
  return lines.map((cells) => {
    if (cells.length !== head.length) throw new Error(`${cells[0]}: ${cells.length} cells instead of ${head.length}.`);
    return Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""]));
  });
}

const listOf = (cell: string) => cell.split(" | ").filter(Boolean);
const named = (row: Row) => listOf(row.test).map((one) => [one.split(": ")[0] ?? "", one.slice(one.indexOf(": ") + 2)]);

describe("docs/asvs.csv", () => {
  it("has every requirement of levels 1 and 2 once, in their order, and no other", () => {
    const sections = LEVELS.trim()
      .split(/,?\s+(?=V)/)
      .map((section) => section.split(": "));
    const expected = sections.flatMap(([section, levels = ""]) =>
      [...levels].flatMap((level, index) => (level === "3" ? [] : [`${section}.${index + 1} ${level}`])),
    );
    expect(expected).toHaveLength(253);
    expect(rows.map(({ id, level }) => `${id} ${level}`)).toEqual(expected);
  });

  it.each(rows.map((row) => [row.id, row] as const))(
    "%s says its state, where, and by which test it is seen",
    (_, row) => {
      expect(STATES).toContain(row.state);
      expect(row.asks.length).toBeGreaterThan(10);
      const isDone = row.state === "met" || row.state === "operator";
      expect([row.how !== "", row.where !== "", row.test !== ""], "how, where, test").toEqual(
        row.state === "n/a"
          ? [false, false, false]
          : row.state === "open"
            ? [row.how !== "", row.where !== "", true]
            : [true, true, true],
      );
      // Requirements that are not met or do not apply need a reason.
      expect(row.reason.length > 15).toBe(!isDone);
      expect(row.setting !== "").toBe(row.state === "operator");
      expect(listOf(row.where).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
      const isThere = ([file = "", title = ""]: readonly string[]) => {
        if (!/\.(test|spec)\.tsx?$/.test(file) || !existsSync(path.join(root, file))) return false;
        const after = read(file).split(title).slice(1);
        // The whole title; if it is composed at run time, the part before that.
        return title !== "" && after.some((rest) => /^(["'`]|\s*(\$\{|%))/.test(rest));
      };
      expect(named(row).filter((test) => !isThere(test))).toEqual([]);
    },
  );

  it("names settings that are explained, and that the portal refuses when they are wrong", () => {
    const settings = [...new Set(rows.map(({ setting }) => setting).filter(Boolean))].sort();
    expect(settings).toEqual(Object.keys(REFUSED).sort());
    const explained = read("docs/operating.md") + read("docs/sign-in.md");
    expect(settings.filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
    for (const name of settings) {
      const start = () => readEnvironment(REFUSED[name] ?? {}, root);
      expect(start, name).toThrow(EnvironmentError);
      expect(start, name).toThrow(name);
    }
    // It also needs a test of its own that says so: the settings' test file knows each.
    const tests = read("server/base/environment/environment.test.ts");
    expect(settings.filter((name) => !tests.includes(name))).toEqual([]);
  });
});

describe("docs/security.md", () => {
  const text = read("docs/security.md");

  it("counts what docs/asvs.csv says, by chapter and in all", () => {
    const chapters = [...new Set(rows.map(({ id }) => id.split(".")[0] ?? ""))];
    const countsOf = (some: Row[]) => STATES.map((state) => some.filter((row) => row.state === state).length);
    const lines = text.split("\n").filter((line) => /^\| (V\d+ |all )/.test(line));
    const shown = lines.map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
    const expected = [
      ...chapters.map((chapter) => [chapter, ...countsOf(rows.filter(({ id }) => id.startsWith(`${chapter}.`)))]),
      ["all", ...countsOf(rows)],
    ];
    expect(shown.map(([name = "", ...counts]) => [name.split(" ")[0], ...counts.map(Number)])).toEqual(expected);
  });

  it("has what the standard asks to be written down", () => {
    const asked = ["Sessions", "Keys", "Levels of protection", "Packages of others"];
    const written = asked.map((title) => text.split(`\n### ${title}\n`)[1]?.split(/\n##+ /)[0] ?? "");
    expect(written.map((words) => words.trim().split(/\s+/).length > 60)).toEqual(asked.map(() => true));
  });

  it("names all that is open", () => {
    const open = rows.filter(({ state }) => state === "open").map(({ id }) => id);
    const section = text.split("### What is open")[1]?.split("\n## ")[0] ?? "";
    expect([...section.matchAll(/^- \*\*(V[\d.]+)\*\*/gm)].map(([, id]) => id)).toEqual(open);
  });

  it("names tests that are there for what was tried", () => {
    const section = text.split("## What was tried")[1]?.split("\n## ")[0] ?? "";
    const files = [...section.matchAll(/`([\w./-]+\.(?:test|spec)\.tsx?)`/g)].map(([, file = ""]) => file);
    expect(files.length).toBeGreaterThan(16);
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});
