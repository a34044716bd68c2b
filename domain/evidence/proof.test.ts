import { expect, it } from "vitest";
import { PROOF_SECTIONS, proofPage, proofParts } from "./proof.ts";

it("is the same in the portal and in the export, with every backtick in a pair", () => {
  const page = proofPage("https://care.example");
  const all = PROOF_SECTIONS.flatMap(({ paragraphs = [], points = [] }) => [...paragraphs, ...points]);
  for (const text of all) expect(proofParts(text).length % 2, text).toBe(1);
  expect(page.match(/<li>|<p>/g)).toHaveLength(all.length + 1);
  expect(page).toContain("<code>node verify.mjs --keys jwks.json</code>");
  expect(page).not.toContain("`");
});

it("names the portal, and runs nothing that stands in its address", () => {
  expect(proofPage('https://care.example/"><script>')).toContain("https://care.example/&quot;&gt;&lt;script&gt;");
});
