import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readContent } from "./read.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "read-"));
  for (const name of ["bodies", "questions.yaml", "policies/nao/1"])
    cpSync(path.join("content", name), path.join(folder, name), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

it("keeps what it has parsed, however much typing is checked", async () => {
  const real = (await readContent(folder)).versions[0];
  const kept = real?.text;
  expect(kept?.clauses).not.toEqual([]);
  const drafts = Array.from({ length: 501 }, (_, at) => `policies/draft/${at + 1}`);
  for (const draft of drafts) mkdirSync(path.join(folder, draft), { recursive: true });
  const typed = drafts.map((draft) => [`${draft}/policy.mdx`, Buffer.from(`---\ntitle: ${draft}\n---\n`)] as const);
  const { versions } = await readContent(folder, new Map(typed));
  const texts = versions.filter(({ slug }) => slug === "draft").map(({ text }) => text);
  expect(new Set(texts).size).toBe(501);
  expect(versions.at(0)?.text).toBe(texts[0]); // of one reading it is parsed once
  expect(real?.text).toBe(kept);
}, 30_000);
