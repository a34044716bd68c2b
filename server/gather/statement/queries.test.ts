import { afterEach, expect, it } from "vitest";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import {
  getBrand,
  getBrandingFile,
  getHomeWords,
  getOwnStatement,
  getSignInWords,
  listBodiesToAsk,
} from "./queries.ts";

it.each(["privacy", "accessibility"] as const)(
  "names for %s at most two roles of each body that is served",
  async (about) => {
    const { bodies } = await loadContent();
    const listed = await listBodiesToAsk(about);
    expect(listed.map(({ slug }) => slug).sort()).toEqual([...getEnv().bodies].sort());
    for (const { slug, contacts } of listed) {
      expect(contacts.length, slug).toBeLessThan(3);
      const known = bodies.find((body) => body.slug === slug)?.contacts ?? [];
      for (const contact of contacts) expect(known).toContainEqual(contact);
      expect(contacts.length === 0).toBe(known.length === 0);
    }
  },
);

const OWN = await loadContent();
afterEach(() => useContent(OWN));
const brandWith = (branding: Partial<typeof OWN.branding>) =>
  useContent({ ...OWN, branding: { ...OWN.branding, ...branding } });

it("has its own name and look where the body gives it none", async () => {
  expect(await getBrand()).toEqual({ name: "With Care", styles: null, logo: null, logoInDark: null });
  for (const name of ["logo", "styles", "logo-dark", "name", "constructor", ""])
    expect([name, await getBrandingFile(name)]).toEqual([name, null]);
  expect(await getOwnStatement("privacy")).toBeNull();
  expect((await getSignInWords()).words).toBeNull();
});

it("has the body's name, words, statement and files, each at an address that names its hash", async () => {
  const logo = { bytes: Buffer.from("<svg/>"), type: "image/svg+xml", hash: "0123456789abcdef" } as const;
  const privacy = { text: "## Why\n\nWe *must* know [who](/me).\n", hash: "h" };
  brandWith({
    name: "Northtown",
    signIn: "Use your account.",
    logoInDark: logo,
    statements: { privacy, accessibility: null },
  });
  expect(await getBrand()).toMatchObject({
    name: "Northtown",
    logo: null,
    logoInDark: "/look/logo-dark?v=0123456789abcdef",
  });
  expect(await getBrandingFile("logo-dark")).toBe(logo);
  expect(await getBrandingFile("logoInDark")).toBeNull();
  expect(await getOwnStatement("privacy")).toBe('<h2>Why</h2>\n<p>We <em>must</em> know <a href="/me">who</a>.</p>');
  const { words, bodies } = await getSignInWords();
  expect([words, bodies.length]).toEqual(["Use your account.", getEnv().bodies.length]);
});

it("has words of the body at the top of the start page", async () => {
  expect(await getHomeWords()).toEqual({});
  brandWith({ home: { heading: "Before you send it" } });
  expect(await getHomeWords()).toEqual({ heading: "Before you send it" });
});
