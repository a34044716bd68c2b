import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readAuthSecret } from "./auth-secret.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "with-care-secret-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it("is made once, and readable to this account only", () => {
  const secret = readAuthSecret({ authSecret: null, dataDir });
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(readAuthSecret({ authSecret: null, dataDir })).toBe(secret);
  expect(readdirSync(dataDir)).toEqual(["auth-secret"]);
  expect(statSync(path.join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);
});

it("is the one that is given", () => {
  expect(readAuthSecret({ authSecret: "given", dataDir })).toBe("given");
  expect(readdirSync(dataDir)).toEqual([]);
});

it("is refused when the file was damaged", () => {
  writeFileSync(path.join(dataDir, "auth-secret"), "short");
  expect(() => readAuthSecret({ authSecret: null, dataDir })).toThrow(/too short: remove the file/);
});
