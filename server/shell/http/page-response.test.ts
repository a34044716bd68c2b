import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
