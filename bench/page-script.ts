import { get as request } from "node:http";
import { gunzipSync } from "node:zlib";
import { attribute } from "./html.ts";

/** Bytes of script that come with one page. */
export interface PageScript {
  /** Files, in bytes transferred. */
  served: number;
  /** The same files, uncompressed. */
  raw: number;
  /** Inline in the page itself, uncompressed. */
  inline: number;
}

/**
 * The scripts that a current browser with an empty cache loads for a page: every file that a script tag or a preload
 * names, and the chunks named in Next's inline data, which its script loads as it reads them. Scripts for browsers
 * without modules are left out.
 * @throws Error if a file does not load
 */
export async function loadScript(origin: string, html: string): Promise<PageScript> {
  const files = new Set<string>();
  let inline = 0;
  for (const [, head = "", text = ""] of html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs)) {
    if (/\snomodule\b/i.test(head)) continue;
    const source = attribute(head, "src");
    if (source !== null) files.add(source);
    else inline += Buffer.byteLength(text);
    for (const [chunk] of text.matchAll(/\/_next\/static\/[\w./~-]+\.js/g)) files.add(chunk);
  }
  for (const [link] of html.matchAll(/<link\b[^>]*>/g)) {
    const href = attribute(link, "href");
    const isScript = attribute(link, "rel") === "modulepreload" || attribute(link, "as") === "script";
    if (isScript && href !== null) files.add(href);
  }
  const loaded = await Promise.all([...files].map((file) => load(new URL(file, origin))));
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  return { served: sum(loaded.map(({ served }) => served)), raw: sum(loaded.map(({ raw }) => raw)), inline };
}

function load(address: URL): Promise<{ served: number; raw: number }> {
  return new Promise((resolve, reject) => {
    request(address, { headers: { "accept-encoding": "gzip" } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks);
        const isCompressed = response.headers["content-encoding"] === "gzip";
        if (response.statusCode !== 200) reject(new Error(`${address.pathname} answers ${response.statusCode}.`));
        else resolve({ served: body.length, raw: isCompressed ? gunzipSync(body).length : body.length });
      });
    }).on("error", reject);
  });
}
