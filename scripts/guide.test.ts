import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };

// What can be said of the guides without running them; scripts/testing/walk-guide.mjs runs the scripts of docs/operating.md.

const folder = mkdtempSync(path.join(tmpdir(), "with-care-guides-"));
afterAll(() => rmSync(folder, { recursive: true }));

const GUIDES = [
  "README.md",
  ...readdirSync("docs")
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];
const textOf = (file: string) => readFileSync(file, "utf8");
const blocks = GUIDES.flatMap((file) =>
  [...textOf(file).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    file,
    language,
    text: text ?? "",
  })),
);
const has = (program: string) => !spawnSync(program, ["--version"]).error;

it("writes scripts that a shell can read", () => {
  const scripts = blocks.filter(({ language }) => language === "sh");
  expect(scripts.length).toBeGreaterThan(20);
  const wrong = scripts.flatMap(({ file, text }) => {
    const { status, stderr } = spawnSync("sh", ["-n"], { input: text, encoding: "utf8" });
    return status === 0 ? [] : [`${file}: ${stderr}${text}`];
  });
  expect(wrong).toEqual([]);
});

it("names commands that there are", () => {
  const scripts = packageJson.scripts as Record<string, string>;
  const named = GUIDES.flatMap((file) =>
    [
      ...textOf(file).matchAll(
        /(?:npm run(?: --silent| -s)?|(?<=[`\s(])with-care) ([a-z]+(?::[a-z-]+)?)(?=[\s`;,]|$)/gm,
      ),
    ].map(([, name]) => `${file}: ${name}`),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((one) => !((one.split(": ")[1] ?? "") in scripts))).toEqual([]);
  // The program of the service finds a command by its name.
  for (const [name, line] of Object.entries(scripts))
    if (line.startsWith("node scripts/run.mjs scripts/"))
      expect(line).toContain(`scripts/${name.replaceAll(":", "-")}.ts`);
});

/** The first table below a heading, by its first column: name of a setting → its default. */
function settingsIn(file: string): Map<string, string> {
  const [, section = ""] = textOf(file).split("\n## Settings\n");
  const rows = section.split("\n## ")[0]?.match(/^\|.*\|$/gm) ?? [];
  return new Map(
    rows.flatMap((row) => {
      const [names = "", usual = ""] = row
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      return [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name]): [string, string] => [
        name ?? "",
        names.includes(",") ? "" : usual,
      ]);
    }),
  );
}

it("says the same of settings in both places, and knows each that the portal reads", () => {
  const [short, guide] = [settingsIn("README.md"), settingsIn("docs/operating.md")];
  expect(short.size).toBeGreaterThan(8);
  for (const [name, usual] of short)
    if (usual && guide.get(name)) expect(`${name}: ${usual}`).toBe(`${name}: ${guide.get(name)}`);
  const read = [...textOf("server/base/environment/environment.mjs").matchAll(/(?:given|number)\("([A-Z_]+)"/g)].map(
    ([, name]) => name ?? "",
  );
  const written = GUIDES.map(textOf).join("\n");
  expect(read.filter((name) => !written.includes(name))).toEqual([]);
});

it.runIf(has("systemd-analyze"))("has units that systemd takes", () => {
  const units = readdirSync("deploy").filter((file) => /\.(service|timer)$/.test(file));
  expect(units.length).toBe(3);
  const { status, stderr } = spawnSync(
    "systemd-analyze",
    ["verify", ...units.map((unit) => path.resolve("deploy", unit))],
    { encoding: "utf8" },
  );
  expect([status, stderr.split("\n").filter((line) => line.includes("with-care"))]).toEqual([0, []]);
});

it.runIf(has("nginx"))("has a configuration that nginx takes", () => {
  const site = blocks.find(({ language }) => language === "nginx")?.text ?? "";
  const key = [
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=x",
    "-keyout",
    path.join(folder, "key"),
    "-out",
    path.join(folder, "pem"),
  ];
  spawnSync("openssl", ["req", "-x509", ...key]);
  const local = site
    .replace(/\/etc\/ssl\/with-care\.(pem|key)/g, (_, kind) => path.join(folder, String(kind)))
    .replace("listen 443", "listen 18443");
  writeFileSync(
    path.join(folder, "nginx.conf"),
    `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${local} }`,
  );
  const { status, stderr } = spawnSync("nginx", ["-t", "-p", folder, "-c", path.join(folder, "nginx.conf")], {
    encoding: "utf8",
  });
  expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
});
