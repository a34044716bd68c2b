import { expect, test } from "./fixture.ts";

test("what systems ask a site for is served as it is, without signing in", async ({ request }) => {
  const types = {
    "/apple-touch-icon.png": "image/png",
    "/favicon.ico": "image/svg+xml",
    "/icon-192.png": "image/png",
    "/icon-512.png": "image/png",
    "/icon-maskable-512.png": "image/png",
    "/icon.svg": "image/svg+xml",
    "/manifest.webmanifest": "application/manifest+json",
    "/offline-worker.js": "javascript",
    "/robots.txt": "text/plain",
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(200);
    expect(response.headers()["content-type"], path).toContain(type);
  }
  const manifest = (await (await request.get("/manifest.webmanifest")).json()) as { icons: { src: string }[] };
  for (const { src } of manifest.icons) expect(Object.keys(types)).toContain(src);
  expect(await (await request.get("/robots.txt")).text()).toBe("User-agent: *\nDisallow: /\n");
});

test("a page names its icons and its manifest", async ({ page }) => {
  await page.goto("/sign-in");
  const hrefOf = (rel: string) => page.locator(`link[rel="${rel}"]`).first().getAttribute("href");
  expect(await hrefOf("manifest")).toBe("/manifest.webmanifest");
  expect(await hrefOf("icon")).toMatch(/^\/icon\.svg/);
  expect(await hrefOf("apple-touch-icon")).toBe("/apple-touch-icon.png");
});
