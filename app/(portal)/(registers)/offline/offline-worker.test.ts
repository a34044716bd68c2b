import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it, vi } from "vitest";

const SOURCE = readFileSync("public/offline-worker.js", "utf8");
const ORIGIN = "http://portal.invalid";
const absolute = (url: string) => new URL(url, ORIGIN).href;
const card = (words: string, style: string) =>
  `<head><link rel="preload" href="/font.woff2" as="font"/><link rel="stylesheet" href="${style}" data-precedence="x"/>` +
  `<link rel="manifest" href="/manifest.webmanifest"/></head><p>${words}</p><script type="module" src="/x.js"></script>`;

/** A browser's cache, by address. */
class FakeCache {
  readonly kept = new Map<string, Response>();
  match = (request: string | { url: string }) =>
    Promise.resolve(this.kept.get(absolute(typeof request === "string" ? request : request.url))?.clone());
  put = (url: string, response: Response) => Promise.resolve(void this.kept.set(absolute(url), response));
  delete = ({ url }: { url: string }) => Promise.resolve(this.kept.delete(url));
  keys = () => Promise.resolve([...this.kept.keys()].map((url) => ({ url })));
  constructor(private readonly fetch: (url: string) => Promise<Response>) {}
  addAll = async (urls: string[]) => {
    for (const url of urls) this.kept.set(absolute(url), await this.fetch(url));
  };
}

describe("the worker of the offline card", () => {
  /** What the portal answers, by path; nothing is there while there is no connection. */
  let answers: Record<string, Response>;
  let isOnline: boolean;
  let cache: FakeCache;
  let listeners: Record<string, (event: object) => void>;

  beforeEach(() => {
    isOnline = true;
    listeners = {};
    const fetch = (request: string | { url: string }) => {
      const { pathname } = new URL(absolute(typeof request === "string" ? request : request.url));
      const answer = answers[pathname];
      return isOnline && answer ? Promise.resolve(answer.clone()) : Promise.reject(new TypeError("Failed to fetch"));
    };
    cache = new FakeCache(fetch);
    const self = {
      addEventListener: (name: string, listener: (event: object) => void) => (listeners[name] = listener),
      skipWaiting: vi.fn(),
      clients: { claim: vi.fn() },
    };
    const caches = { open: (name: string) => Promise.resolve(name === "offline-card" ? cache : new FakeCache(fetch)) };
    runInNewContext(SOURCE, { self, caches, fetch, Response, URL, Error });
    answers = { "/offline": page("First", "/a.css"), "/a.css": new Response("a"), "/b.css": new Response("b") };
  });

  const page = (words: string, style: string) =>
    new Response(card(words, style), {
      headers: { "content-type": "text/html", "content-security-policy": "default-src 'none'", "x-other": "1" },
    });

  async function dispatch(name: string, request: object = {}): Promise<Response | undefined> {
    const waiting: Promise<unknown>[] = [];
    let answer: Promise<Response> | undefined;
    listeners[name]?.({
      request,
      waitUntil: (work: Promise<unknown>) => void waiting.push(work),
      respondWith: (response: Promise<Response>) => (answer = response),
    });
    const response = await answer;
    await Promise.all(waiting);
    return response;
  }

  const open = (path: string, mode = "navigate") =>
    dispatch("fetch", { method: "GET", mode, url: absolute(path), headers: new Headers() });
  const keptPaths = () => [...cache.kept.keys()].map((url) => new URL(url).pathname).sort();

  it("keeps the card and its style when it is installed, and shows them without a connection", async () => {
    await dispatch("install");
    expect(keptPaths()).toEqual(["/a.css", "/offline"]);
    isOnline = false;
    const shown = await open("/offline");
    expect(shown?.headers.get("content-security-policy")).toBe("default-src 'none'");
    expect(shown?.headers.get("x-other")).toBeNull();
    const text = (await shown?.text()) ?? "";
    expect(text).toContain("<p>First</p>");
    expect(text).not.toMatch(/<script|manifest|font\.woff2/);
    expect(await (await open("/a.css", "no-cors"))?.text()).toBe("a");
  });

  it("shows and keeps the newer card once there is a connection, and drops the style of the older", async () => {
    await dispatch("install");
    answers["/offline"] = page("Second", "/b.css");
    expect(await (await open("/offline"))?.text()).toContain("Second");
    expect(keptPaths()).toEqual(["/b.css", "/offline"]);
    isOnline = false;
    expect(await (await open("/offline"))?.text()).toContain("Second");
  });

  it("leaves the card as it was where what comes is no card, or its style does not come", async () => {
    await dispatch("install");
    for (const other of [new Response(card("Busy", "/b.css"), { status: 503 }), page("Broken", "/missing.css")]) {
      answers["/offline"] = other;
      await open("/offline");
      isOnline = false;
      expect(await (await open("/offline"))?.text()).toContain("First");
      isOnline = true;
    }
  });

  it("is not installed while somebody is signed out", async () => {
    const redirected = page("Sign in", "/a.css");
    Object.defineProperty(redirected, "redirected", { value: true });
    redirected.clone = () => redirected;
    answers["/offline"] = redirected;
    await expect(dispatch("install")).rejects.toThrow("no card");
    expect(keptPaths()).toEqual([]);
  });

  it("keeps nothing else, answers nothing else, and fails plainly without a card", async () => {
    answers["/me"] = new Response("Somebody's name");
    expect(await (await open("/me"))?.text()).toBe("Somebody's name");
    expect(keptPaths()).toEqual([]);
    expect(await dispatch("fetch", { method: "POST", mode: "navigate", url: absolute("/offline") })).toBeUndefined();
    isOnline = false;
    expect((await open("/offline"))?.type).toBe("error");
    expect((await open("/font.woff2", "cors"))?.status).toBe(204);
  });
});
