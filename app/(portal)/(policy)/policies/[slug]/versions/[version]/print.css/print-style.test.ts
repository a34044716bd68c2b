import { expect, it } from "vitest";
import { loadContent } from "#server/base/content/store.ts";
import { printedIdentification, printStyle } from "./print-style.ts";

async function policyOf(slug: string) {
  const { policies, bodies } = await loadContent();
  const version = policies.find((policy) => policy.slug === slug)?.versions[0];
  const body = bodies.find((one) => one.slug === version?.frontMatter.body);
  if (!version || !body) throw new Error(`There is no policy ${slug}.`);
  return { version, body, isPublished: true };
}

it("puts body, title, number and fingerprint at the foot of every sheet, with the page's number", async () => {
  const policy = await policyOf("nao");
  const style = printStyle(policy, "https://portal.example.gov.uk");
  expect(style).toContain('"National Audit Office · WhatsApp at work · version 1" "\\A" ');
  expect(style).toContain(`"SHA-256 ${policy.version.hash}"`);
  expect(style).toContain('counter(page) " of " counter(pages)');
  expect(style).toContain('"(" "https://portal.example.gov.uk" attr(href) ")"');
});

it("says that a draft is one, and shows no fingerprint of what can still change", async () => {
  const policy = await policyOf("nottingham");
  expect(printedIdentification(policy)[0]).toMatch(/version 1\.1, draft$/);
  expect(printedIdentification({ ...policy, isPublished: false })[1]).toBe("Not published yet");
});

it("says of a correction whose it is, and of which version", async () => {
  const { policies, bodies } = await loadContent();
  const version = policies.find(({ slug }) => slug === "nao")?.versions.find((one) => one.version === "1.1");
  const body = bodies.find(({ slug }) => slug === "nao");
  if (!version || !body) throw new Error("There is no correction.");
  expect(printedIdentification({ version, body, isPublished: true })[0]).toMatch(
    /version 1\.1, our correction of the source's version 1$/,
  );
});

it("lets no title out of its string", async () => {
  const { version, ...rest } = await policyOf("nao");
  const frontMatter = { ...version.frontMatter, title: 'a"; } body { display: none } \\ \n</style>' };
  const style = printStyle({ ...rest, version: { ...version, frontMatter } }, "https://x");
  expect(style).toContain("a\\22 ; } body { display: none } \\5c  \\a \\3c /style>");
});
