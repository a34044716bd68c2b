import { expect, it } from "vitest";
import { PROOF_SECTIONS, proofPage, proofParts } from "./proof.ts";

it("is the same in the portal and in the export, with every backtick in a pair", () => {
  const page = proofPage("https://care.example");
  const all = PROOF_SECTIONS.flatMap(({ paragraphs = [], points = [] }) => [...paragraphs, ...points]);
  for (const text of all) expect(proofParts(text).length % 2, text).toBe(1);
  expect(page.match(/<li>|<p>/g)).toHaveLength(all.length + 1);
  expect(page).toContain("<code>node verify.mjs --key-of</code>");
  expect(page).not.toContain("`");
});

it("begins with the ways to a key that did not come with the export, and names no key of its own", () => {
  const page = proofPage("https://care.example");
  expect(PROOF_SECTIONS[0]?.heading).toBe("First, get the key from elsewhere");
  expect(page.indexOf("--key-of")).toBeLessThan(page.indexOf("What it proves"));
  expect(page).not.toMatch(/--keys jwks\.json|https:\/\/care\.example\/\.well-known/);
});

it("names the portal, and runs nothing that stands in its address", () => {
  expect(proofPage('https://care.example/"><script>')).toContain("https://care.example/&quot;&gt;&lt;script&gt;");
});
