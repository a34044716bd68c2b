import { get as request } from "node:http";
import { gunzipSync } from "node:zlib";
import { startEmptyApp } from "./empty-app.ts";
import { lineOf, type Part } from "./line.ts";
import { startPortalCopy } from "./portal-copy.ts";
import { ADDRESSES, attribute, BODY, get } from "./portal-page.ts";
import { signIn } from "./sample-session.ts";

const MEASURES = { gzip: "served", raw: "raw", inline: "inline" } as const satisfies Record<string, keyof PageScript>;

/** Bytes of script that each page makes a browser load, against an empty page of the framework. */
export const benchJavaScript: Part = async (print, say) => {
  say("javascript: building and starting an empty app of the framework");
  const emptyApp = await startEmptyApp();
  const peer = await fetch(emptyApp.origin)
    .then(async (response) => loadScript(emptyApp.origin, await response.text()))
    .finally(() => emptyApp.stop());
  say("javascript: building and starting a copy of the portal");
  const portal = await startPortalCopy();
  try {
    const cookie = await signIn(portal.origin, BODY);
    for (const [page, path] of Object.entries(ADDRESSES)) {
      const script = await loadScript(portal.origin, await get(portal.origin + path, cookie));
      for (const [measure, key] of Object.entries(MEASURES))
        print(
          lineOf({
            name: `javascript/${page}/${measure}`,
            value: script[key],
            unit: "bytes",
            peer: "empty app",
            peerValue: peer[key],
          }),
        );
    }
  } finally {
    await portal.stop();
  }
};

/** Bytes of script that come with one page. */
interface PageScript {
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
async function loadScript(origin: string, html: string): Promise<PageScript> {
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
