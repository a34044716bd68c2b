import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { makeProblem } from "#domain/api/problem.ts";
import { front } from "./front.mjs";
import { refuseUnreadable, usualHeaders } from "./header.mjs";
import { requests } from "./request.mjs";
import type { Problem } from "./problem.mjs";

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;
interface Shared {
  withCareLimit?: (asked: { kind: string; address: string }) => Promise<number | null>;
  withCareRequestDone?: (done: { method: string; status: number; seconds: number }) => void;
  withCareProblems: ReadonlyMap<string, Problem>;
}
const shared = globalThis as unknown as Shared;
const ENV = { appUrl: "https://portal.example", evaluation: false, trustedProxies: [] as number | string[] };

let close = () => {};
afterEach(() => {
  close();
  delete shared.withCareLimit;
  delete shared.withCareRequestDone;
});

/** A server with the front before `handler`, which stands for Next: it also draws the page of problems. */
async function serve(handler: Handler, env: Partial<typeof ENV> = {}) {
  const lines: Record<string, unknown>[] = [];
  const server = createServer();
  server.on("clientError", refuseUnreadable(usualHeaders(ENV.appUrl)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const log = {
    hasRequests: true,
    write: (level: string, fields: Record<string, unknown>) => void lines.push({ level, ...fields }),
  };
  const drawProblem: Handler = (req, res) => {
    const problem = shared.withCareProblems.get(String(req.headers["x-with-care-problem"]));
    res.setHeader("content-type", "text/html").end(`<p>${JSON.stringify(problem)}</p>`);
  };
  const takeRequest = front((req, res) => (req.url === "/problem" ? drawProblem : handler)(req, res), {
    ...{ env: { ...ENV, ...env }, origin, log },
  });
  server.on("request", takeRequest);
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, port, lines };
}

const ok: Handler = (_, res) => res.setHeader("content-type", "text/html").end("<h1>Here</h1>");
const echo: Handler = async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  res.end(Buffer.concat(chunks));
};
const post = (origin: string, path: string, headers: Record<string, string> = {}, body: string | Buffer = "a=b") =>
  fetch(origin + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });

it("gives every answer its headers, and leaves a page its own", async () => {
  const { origin, port } = await serve((req, res) => {
    if (req.url === "/own") res.setHeader("content-security-policy", "script-src 'self'");
    if (req.url === "/file") res.setHeader("cache-control", "public");
    res.setHeader("x-powered-by", "something");
    if (req.url === "/broken") throw new Error("broken");
    res.statusCode = req.url === "/nothing" ? 404 : 200;
    res.end("x");
  });
  for (const path of ["/own", "/file", "/nothing", "/broken", "/%E0%A4%A", "/_next/static/x.js", "/api/v1/x"]) {
    const { headers } = await fetch(origin + path);
    const policy = headers.get("content-security-policy");
    expect(policy, path).toMatch(
      path === "/own" ? /^script-src 'self'$/ : /^default-src 'none'.*frame-ancestors 'none'$/,
    );
    expect(headers.get("cache-control"), path).toBe(path === "/file" ? "public" : "private, no-store");
    expect(headers.get("strict-transport-security"), path).toMatch(/^max-age=31536000/);
    for (const name of ["cross-origin-opener-policy", "cross-origin-resource-policy", "x-content-type-options"])
      expect(headers.get(name), `${name} of ${path}`).toBeTruthy();
    expect(headers.get("x-powered-by"), path).toBeNull();
    expect(headers.get("x-request-id"), path).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  }
  expect(usualHeaders("http://portal.example")["strict-transport-security"]).toBeUndefined();
  expect(await sendRaw(port, "NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 [^]*content-security-policy: default-src/);
  expect(await sendRaw(port, "TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 405 [^]*x-frame-options: DENY/i); // prettier-ignore
});

it.each([
  [403, { origin: "https://elsewhere.example" }],
  [403, { origin: "null" }],
  [403, { origin: "https://portal.example.evil.example" }],
  [403, { origin: "http://portal.example" }],
  [403, { origin: "https://portal.example", "sec-fetch-site": "cross-site" }],
  [403, { "sec-fetch-site": "same-site" }],
  [403, { referer: "https://elsewhere.example/page" }],
  [403, { origin: "https://host.example", host: "host.example" }],
  [200, { origin: "https://portal.example" }],
  [200, { origin: "https://portal.example", "sec-fetch-site": "same-origin" }],
  [200, { referer: "https://portal.example/page" }],
  [200, {}],
])("answers %i to a post with %j", async (status, headers) => {
  const { origin } = await serve(ok);
  const answer = await sendPost(origin, "/any/send", headers);
  expect(answer.status).toBe(status);
  expect(answer.text.includes('"kind":"foreign"')).toBe(status === 403);
  expect((await sendPost(origin, "/api/v1/x", headers)).status, "a program's").toBe(200);
  expect((await sendPost(origin, "/scim/v2/Users", headers)).status, "a program's").toBe(200);
});

it("takes an evaluation's forms at whatever address leads to it", async () => {
  const { origin } = await serve(ok, { evaluation: true });
  expect((await sendPost(origin, "/send", { origin: "http://pc.example", host: "pc.example" })).status).toBe(200);
  expect((await sendPost(origin, "/send", { origin: "http://evil.example", host: "pc.example" })).status).toBe(403);
});

it("hands a body on as it came, and refuses a larger one with a page, however it is sent", async () => {
  const { origin } = await serve(echo);
  const most = Buffer.alloc(1_000_000, "a");
  expect((await (await post(origin, "/send", {}, most)).text()).length).toBe(1_000_000);
  const larger = Buffer.alloc(1_000_001, "a");
  const refused = await post(origin, "/send", {}, larger);
  expect(refused.status).toBe(413);
  expect(await refused.text()).toContain('"mostBytes":1000000');
  const chunked = await fetch(`${origin}/send`, {
    method: "POST",
    body: new Blob([larger]).stream(),
    ...{ duplex: "half" },
  });
  expect(chunked.status).toBe(413);
  for (const [path, type] of [["/api/v1/x", "application/problem+json"], ["/scim/v2/x", "application/scim+json"]] as const) {
    const answer = await post(origin, path, {}, larger);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([413, type]);
    expect(await answer.json()).toMatchObject({ detail: makeProblem("body-too-large").detail });
  } // prettier-ignore
  const people = "/admin/people/import/send";
  expect((await post(origin, people, {}, larger)).status).toBe(413);
  const cookie = "__Host-with-care.session_token=a.b";
  expect((await (await post(origin, people, { cookie }, larger)).text()).length).toBe(1_000_001);
});

it("says how long to wait, and keeps what was typed", async () => {
  const asked: unknown[] = [];
  shared.withCareLimit = (request) => (asked.push(request), Promise.resolve(17));
  const { origin, lines } = await serve(ok);
  const answer = await post(origin, "/sign-in/send", {}, "words=A+%3Cb%3E&again=1&again=2");
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "17"]);
  const fields = [{ name: "words", value: "A <b>" }, { name: "again", value: "1" }, { name: "again", value: "2" }]; // prettier-ignore
  expect(await answer.text()).toContain(JSON.stringify({ action: "/sign-in/send", fields, hasFile: false }));
  const forPrograms = await fetch(`${origin}/api/v1/policies`, { headers: { authorization: "Bearer wc_x" } });
  expect(await forPrograms.json()).toEqual(makeProblem("too-many-requests"));
  expect(forPrograms.headers.get("retry-after")).toBe("17");
  expect((await (await fetch(`${origin}/scim/v2/Users`)).json()) as object).toMatchObject({ status: "429" });
  expect((await fetch(`${origin}/search?q=a`)).status).toBe(429);
  expect((await fetch(`${origin}/policies/nao/rules.dmn`)).status).toBe(429);
  for (const free of ["/search", "/policies", "/sign-in", "/api/health", "/_next/static/a.json", "/icon.svg"])
    expect((await fetch(origin + free)).status, free).toBe(200);
  expect(asked).toContainEqual({ kind: "api", address: "127.0.0.1", cookie: null, authorization: "Bearer wc_x" });
  await pause(20);
  expect(lines.find(({ path }) => path === "/search")).toMatchObject({ status: 429, address: "127.0.0.1" });
});

it.each([
  [[], "10.1.1.1", "127.0.0.1"],
  [["127.0.0.1"], "10.1.1.1", "10.1.1.1"],
  [["127.0.0.1"], "8.8.8.8, 10.1.1.1", "10.1.1.1"],
  [["127.0.0.0/8", "10.0.0.0/8"], "8.8.8.8, 10.1.1.1", "8.8.8.8"],
  [1, "8.8.8.8, 10.1.1.1", "10.1.1.1"],
  [2, "8.8.8.8, 10.1.1.1", "8.8.8.8"],
  [9, "8.8.8.8, 10.1.1.1", "8.8.8.8"],
  [2, "not an address, 10.1.1.1", "10.1.1.1"],
])("with the proxies %j, a request said to be from %s is from %s", async (trustedProxies, said, address) => {
  let seen: IncomingMessage["headers"] = {};
  const { origin, lines } = await serve((req, res) => ((seen = req.headers), (res.statusCode = 401), res.end()), { trustedProxies }); // prettier-ignore
  const headers = { "x-forwarded-for": said, "x-forwarded-host": "evil.example", "x-request-id": "from-the-proxy-1" };
  const id = (await fetch(`${origin}/api/v1/x`, { headers })).headers.get("x-request-id");
  await pause(20);
  expect(lines[0]).toMatchObject({ address, id });
  const isTrusted = address !== "127.0.0.1";
  expect(id === "from-the-proxy-1").toBe(isTrusted);
  expect(seen["x-forwarded-host"] === undefined).toBe(!isTrusted);
});

it("takes no request id that is not one, also from a proxy", async () => {
  const { origin } = await serve(ok, { trustedProxies: 1 });
  for (const id of ["short", "with spaces in it", "<script>alert(1)</script>", "x".repeat(65)])
    expect((await fetch(origin, { headers: { "x-request-id": id } })).headers.get("x-request-id")).not.toBe(id);
});

it("writes one line for each request, without query, secret address or client, and tells the metrics", async () => {
  const done: object[] = [];
  shared.withCareRequestDone = (request) => void done.push(request);
  const { origin, lines } = await serve(ok);
  for (const path of ["/search?q=secret+words", "/tasks/feed/secret-words", "/groups/join/secret-words/send", "/api/health"])
    await fetch(origin + path); // prettier-ignore
  await pause(20);
  expect(lines.map(({ level, path, status }) => [level, path, status])).toEqual([
    ["info", "/search", 200],
    ["info", "/tasks/feed/…", 200],
    ["info", "/groups/join/…/send", 200],
    ["debug", "/api/health", 200],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/secret|address/);
  expect(done).toHaveLength(4);
  expect(Object.keys(done[0] ?? {})).toEqual(["method", "status", "seconds"]);
});

it("puts a page that can be read in the place of one that failed, with the number that the log has", async () => {
  const { origin, lines } = await serve((req, res) => {
    res.statusCode = req.url === "/nothing" ? 404 : 500;
    res.setHeader("content-type", "text/html").end("");
  });
  const failed = await fetch(`${origin}/page`);
  const id = failed.headers.get("x-request-id") ?? "none";
  expect([failed.status, await failed.text()]).toEqual([500, expect.stringContaining(`"requestId":"${id}"`)]);
  await pause(20);
  expect(lines[0]).toMatchObject({ id, level: "error", status: 500 });
  expect((await fetch(`${origin}/page`, { method: "HEAD" })).status).toBe(500);
});

it("answers 503 when the database fails, in the words of who asks", async () => {
  const { origin } = await serve((req, res) => {
    const request = requests.getStore();
    if (request) request.hasDatabaseFailed = true;
    res.statusCode = req.url === "/sign-out" ? 303 : 500;
    res.setHeader("set-cookie", "session=").end();
  });
  const signOut = await post(origin, "/sign-out");
  expect([signOut.status, signOut.headers.get("set-cookie")], "a library may pass over it").toEqual([503, null]);
  const page = await post(origin, "/policies/nao/ask/send", {}, "question=What+now");
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await page.text()).toContain('{"name":"question","value":"What now"}');
  expect(await (await fetch(`${origin}/api/v1/policies`)).json()).toEqual(makeProblem("unavailable"));
  expect((await fetch(`${origin}/scim/v2/Users`)).status).toBe(503);
  expect((await fetch(`${origin}/api/health`)).status, "health speaks for itself").toBe(500);
});

it("gives up a database call that goes on for too long, in under five seconds, and says nothing was saved", async () => {
  let isAborted = false;
  const { origin } = await serve(async (req, res) => {
    if (req.url === "/slow") return void setTimeout(() => res.end("late"), 4_500); // and its database is well
    const request = requests.getStore();
    await new Promise<void>((resolve) => {
      const call = { since: performance.now(), abort: () => ((isAborted = true), request?.calls.delete(call), resolve()) };
      request?.calls.add(call);
    }); // prettier-ignore
    await pause(10_000); // whoever does not end by itself is answered for
    res.end();
  });
  const started = performance.now();
  const slow = fetch(`${origin}/slow`).then((answer) => answer.text());
  const answer = await post(origin, "/send", {}, "words=typed");
  expect(performance.now() - started).toBeLessThan(5_000);
  expect([answer.status, isAborted]).toEqual([503, true]);
  expect(await answer.text()).toContain('"value":"typed"');
  expect(await slow).toBe("late");
});

function sendPost(origin: string, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = sendRequest(origin + path, { method: "POST", headers }, (res) => {
      let text = "";
      res.on("data", (chunk: Buffer) => (text += chunk.toString()));
      res.on("end", () => resolve({ status: res.statusCode ?? 0, text }));
    });
    sent.on("error", reject).end("a=b");
  });
}

function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("close", () => resolve(answer));
  });
}
