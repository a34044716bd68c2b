import { afterEach, expect, it } from "vitest";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { GET } from "./[file]/route.ts";

const content = await loadContent();
afterEach(() => useContent(content));

const get = (file: string, query = "") =>
  GET(new Request(`http://127.0.0.1/look/${file}${query}`), { params: Promise.resolve({ file }) });

it("serves a logo with a policy that forbids everything, and for long only at the address of its hash", async () => {
  expect((await get("logo")).status).toBe(404);
  const logo = { bytes: Buffer.from("<svg/>"), type: "image/svg+xml", hash: "0123456789abcdef" } as const;
  useContent({ ...content, branding: { ...content.branding, logo } });
  const answer = await get("logo", "?v=0123456789abcdef");
  expect(await answer.text()).toBe("<svg/>");
  expect(Object.fromEntries(answer.headers)).toEqual({
    "content-type": "image/svg+xml",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=31536000, immutable",
  });
  for (const query of ["", "?v=", "?v=0123"])
    expect((await get("logo", query)).headers.get("cache-control")).toBe("no-store");
});

it("gives the portal's name to the home screen of a phone", async () => {
  useContent({ ...content, branding: { ...content.branding, name: "Northtown" } });
  const answer = await get("manifest");
  expect(answer.headers.get("content-type")).toBe("application/manifest+json");
  expect(await answer.json()).toMatchObject({ name: "Northtown", short_name: "Northtown", start_url: "/" });
});
