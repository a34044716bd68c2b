import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addHeaders, usualHeaders } from "./headers.mjs";
import { finishPage } from "./page-response.mjs";

const TEXT = "What is “kept” as bytes – once for all. ".repeat(50);
const context = {
  page: "<main><kept-bytes>1</kept-bytes><p>between</p><kept-bytes>0</kept-bytes></main>",
  kept: [Buffer.from(TEXT), Buffer.from("$& <kept-bytes>0</kept-bytes>")],
};
const DRAWN = `<body><main>$& <kept-bytes>0</kept-bytes><p>between</p>${TEXT}</main></body>`;

describe("a page as it is sent", () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((_, res) => {
      finishPage(res, { path: "/", isDevelopment: false, context });
      res.setHeader("content-type", "text/html; charset=utf-8");
      res.end("<body><portal-page></portal-page><script>framework()</script></body>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => void server.close());

  const ask = (encodings: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers: { "accept-encoding": encodings } });

  it("has what the portal drew in its place, with what was kept as bytes where its marks stand", async () => {
    expect(await (await ask("identity")).text()).toBe(DRAWN);
  });

  it.each([
    ["gzip, deflate", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["gzip;q=0", null],
    ["identity", null],
  ])("is compressed for %s as %s", async (accepted, encoding) => {
    const response = await ask(accepted);
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(await response.text()).toBe(DRAWN);
  });
});

it.each([
  ["/policies/nao?a=b", {}, "'none'", "DENY", '</policies/nao.md?a=b>; rel="alternate"; type="text/markdown"'],
  ["/tasks", {}, "'none'", "DENY", null],
  [
    "/embed/nao/nao/matrix",
    { framedBy: ["https://a.example", "https://b.example:8443"] },
    "https://a.example https://b.example:8443",
    null,
    null,
  ],
])("%s says who may frame it, and where it is as Markdown", async (address, more, framing, options, link) => {
  const server = createServer((req, res) => {
    addHeaders(res, usualHeaders("http://127.0.0.1"));
    finishPage(res, { path: address.split("?")[0] ?? "", isDevelopment: false, context: { ...context, ...more } });
    res.setHeader("content-type", "text/html; charset=utf-8");
    res.end("<body><portal-page></portal-page></body>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${address}`);
  server.close();
  expect(headers.get("content-security-policy")).toMatch(new RegExp(`frame-ancestors ${framing}$`));
  expect(headers.get("x-frame-options")).toBe(options);
  expect(headers.get("cache-control")).toBe(options ? "private, no-store" : "public, max-age=300");
  expect(headers.get("cross-origin-resource-policy")).toBe(options ? "same-origin" : "cross-origin");
  expect(headers.get("link")).toBe(link);
  expect(headers.get("vary")).toBe(link && "Accept");
});

describe("a file that never changes", () => {
  const STYLES = ".a { color: #123456 } .b { color: #654321 }\n".repeat(40);

  it.each([
    ["/_next/static/chunks/a.css", 200, "br"],
    ["/_next/static/chunks/a.css", 206, null],
    ["/styles.css", 200, null],
  ])("%s with status %i is compressed here as %s", async (path, status, encoding) => {
    const server = createServer((_, res) => {
      finishPage(res, { path, isDevelopment: false, context: {} });
      res.statusCode = status;
      res.setHeader("content-type", "text/css");
      res.end(STYLES);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    for (let asked = 1; asked <= 2; asked++) {
      const response = await fetch(address, { headers: { "accept-encoding": "gzip, deflate, br, zstd" } });
      expect(response.headers.get("content-encoding")).toBe(encoding);
      expect(response.headers.get("content-security-policy")).toBeNull(); // that of a page does not apply
      expect(await response.text()).toBe(STYLES);
    }
    server.close();
  });
});
