import { request as sendRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { EventEmitter } from "node:events";
import { connect, type AddressInfo, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import { makeProblem } from "#domain/answers/api/problem.ts";
import { shared } from "#server/base/process-shared.mjs";
import { PATIENCE } from "./request-body.mjs";
import { makeFront } from "./front-handler.mjs";
import { usualHeaders } from "./headers.mjs";
import { signInFirst } from "./sign-in-first.mjs";
import { requests } from "./request-context.mjs";

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;
const ENV = {
  appUrl: "https://portal.example",
  evaluation: false,
  trustedProxies: [] as number | string[],
  mostConnections: 100,
};

let close = () => {};
afterEach(() => {
  close();
  delete shared.limitRequest;
  delete shared.findVisitor;
  delete shared.requestDone;
});

/** A server with the front handler before `handler`, which stands in for Next: it also draws the page of problems. */
async function serve(handler: Handler, env: Partial<typeof ENV> = {}, patience: Partial<typeof PATIENCE> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = {
    hasRequests: true,
    write: (level: string, fields: Record<string, unknown>) => void lines.push({ level, ...fields }),
  };
  const drawProblem: Handler = (req, res) => {
    const problem = shared.problems?.get(String(req.headers["x-with-care-problem"]));
    res.setHeader("content-type", "text/html").end(`<p>${JSON.stringify(problem)}</p>`);
  };
  let origin = "";
  const server = makeFront((req, res) => (req.url === "/problem" ? drawProblem : handler)(req, res), {
    env: { ...ENV, evaluation: true, ...env },
    origin: () => origin,
    log,
    patience: { ...PATIENCE, ...patience },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  origin = `http://127.0.0.1:${port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, port, lines, server };
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
  expect(await sendRaw(port, "TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).toMatch(
    /^HTTP\/1\.1 405 [^]*x-frame-options: DENY/i,
  );
});

it.each([
  [403, { origin: "https://elsewhere.example" }],
  [403, { origin: "null" }],
  [403, { origin: "https://portal.example.evil.example" }],
  [403, { origin: "http://portal.example" }],
  [403, { origin: "https://portal.example", "sec-fetch-site": "cross-site" }],
  [403, { "sec-fetch-site": "same-site" }],
  [403, { referer: "https://elsewhere.example/page" }],
  [200, { origin: "https://portal.example" }],
  [200, { origin: "https://portal.example", "sec-fetch-site": "same-origin" }],
  [200, { referer: "https://portal.example/page" }],
  [200, {}],
])("answers %i to a post with %j", async (status, headers) => {
  const { origin } = await serve(ok, { evaluation: false });
  headers = { host: "portal.example", ...headers };
  const answer = await sendPost(origin, "/any/send", headers);
  expect(answer.status).toBe(status);
  expect(answer.text.includes('"kind":"foreign"')).toBe(status === 403);
  expect((await sendPost(origin, "/api/v1/x", headers)).status, "a program's").toBe(200);
  expect((await sendPost(origin, "/scim/v2/Users", headers)).status, "a program's").toBe(200);
});

it("asks nobody who they are where the intranet shows a page in a frame", async () => {
  const seen: unknown[] = [];
  shared.limitRequest = (asked) => {
    seen.push(asked.kind, asked.cookie);
    return Promise.resolve(null);
  };
  shared.findVisitor = () => {
    seen.push("visitor");
    return Promise.resolve({ personId: "p1", maySendLarge: false });
  };
  const { origin, lines } = await serve((req, res) => {
    seen.push(req.headers.cookie);
    res.writeHead(404, { "content-type": "text/html" }).end();
  });
  const headers = { cookie: "with-care.session_token=x.y" };
  const { status } = await fetch(`${origin}/embed/nao/nao/matrix`, { headers });
  // The page that says so is asked for without a cookie, too.
  expect([status, seen]).toEqual([404, ["embed", null, undefined, undefined]]);
  expect(lines.at(-1)).not.toHaveProperty("person");
});

it.each([
  ["/scim/v2/Users/", "/scim/v2/Users"],
  ["/scim/v2//Users/p1/?attributes=id/", "/scim/v2/Users/p1?attributes=id/"],
  ["/scim/v2/Users", "/scim/v2/Users"],
  ["/policies/", "/policies/"],
  ["/policies/nao.md?a=b", "/policies/nao/text.md?a=b"],
])("gives Next %s as %s, which it does not redirect", async (path, wanted) => {
  const { origin } = await serve((req, res) => res.end(req.url));
  expect(await (await fetch(origin + path)).text()).toBe(wanted);
});

it("takes an evaluation's forms by every name of this machine", async () => {
  const { origin } = await serve(ok, { evaluation: true });
  expect((await sendPost(origin, "/send", { origin: "http://pc.localhost", host: "PC.localhost." })).status).toBe(200);
  expect((await sendPost(origin, "/send", { origin: "http://evil.example", host: "pc.localhost" })).status).toBe(403);
});

it.each([
  [200, { host: "portal.example" }],
  [200, { host: "PORTAL.Example" }],
  [200, { host: "portal.example." }],
  [200, { host: "portal.example:443" }],
  [421, { host: "portal.example:80" }],
  [421, { host: "evil.example" }],
  [421, { host: "portal.example.evil.example" }],
  [421, { host: "user@portal.example" }],
  [421, { host: "portal.example, evil.example" }],
  [421, { host: "" }],
  [421, { host: "127.0.0.1:3000" }],
  [421, { host: "localhost" }],
  [421, { host: "evil.example", "x-forwarded-host": "portal.example" }],
  [200, { host: "10.0.0.1:3000", "x-forwarded-host": "portal.example" }, 1],
  [200, { host: "portal.example", "x-forwarded-host": "portal.example, inner.example" }, 1],
  [421, { host: "portal.example", "x-forwarded-host": "evil.example" }, 1],
  [421, { host: "evil.example" }, 1],
] as [number, Record<string, string>, number?][])(
  "answers %i for %j, which %s proxies in front may say",
  async (status, headers, trustedProxies = 0) => {
    let seen: IncomingMessage["headers"] = {};
    const { origin, lines } = await serve((req, res) => ((seen = req.headers), res.end("here")), {
      evaluation: false,
      trustedProxies,
    });
    const answer = await sendGet(origin, "/policies?a=b", headers);
    expect(answer.status).toBe(status);
    if (status === 200) expect([seen.host, seen["x-forwarded-host"]]).toEqual(["portal.example", undefined]);
    else expect(answer.text).toContain('<a href="https://portal.example">');
    for (const path of ["/api/health", "/api/health/ready", "/api/metrics"])
      expect((await sendGet(origin, path, headers)).status, path).toBe(200);
    for (const path of ["/api/healthy", "/api/health/../v1/policies", "/api/metrics/x"])
      expect((await sendGet(origin, path, headers)).status, path).toBe(status);
    await pause(20);
    expect(lines[0]).toMatchObject({ path: "/policies", status });
    expect("address" in (lines[0] ?? {})).toBe(status === 421);
  },
);

it("is asked by commands where it listens, and by an evaluation's people by any name of this machine", async () => {
  const live = await serve(ok, { evaluation: false });
  for (const path of [
    "/api/backup",
    "/api/people/import",
    "/api/evidence/verify",
    "/api/doctor",
    "/api/policies/publish",
    "/api/signing-keys",
  ])
    expect((await post(live.origin, path)).status, path).toBe(200);
  expect((await post(live.origin, "/api/v1/x")).status).toBe(421);
  close();
  const { origin, port } = await serve(ok, { appUrl: "http://pc.example:3000" });
  for (const host of [
    "pc.example:3000",
    "localhost",
    `localhost:${port}`,
    "a.b.localhost:1",
    "127.0.0.1",
    "127.9.9.9",
    "[::1]:3000",
    "LocalHost.:80",
  ])
    expect((await sendGet(origin, "/", { host })).status, host).toBe(200);
  for (const host of ["pc.example", "10.0.0.1", "localhost.example", "notlocalhost", "0.0.0.0", "[::2]", "1270.0.0.1"])
    expect((await sendGet(origin, "/", { host })).status, host).toBe(421);
});

it.each([
  ["GET http://portal.example/policies?q=1 HTTP/1.1\r\nhost: elsewhere.example", 200],
  ["GET https://portal.example/policies?q=1 HTTP/1.1\r\nhost: elsewhere.example", 200],
  ["GET HTTPS://portal.example./policies?q=1 HTTP/1.1\r\nhost: portal.example", 200],
  ["GET http://evil.example/policies HTTP/1.1\r\nhost: portal.example", 421],
  ["GET https://a:b@portal.example/policies HTTP/1.1\r\nhost: portal.example", 400],
  ["GET ftp://portal.example/ HTTP/1.1\r\nhost: portal.example", 400],
  ["GET * HTTP/1.1\r\nhost: portal.example", 400],
  ["OPTIONS * HTTP/1.1\r\nhost: portal.example", 400],
  ["GET portal.example:443 HTTP/1.1\r\nhost: portal.example", 400],
  ["CONNECT portal.example:443 HTTP/1.1\r\nhost: portal.example", 405],
  ["TRACE / HTTP/1.1\r\nhost: portal.example", 405],
  ["GET / HTTP/1.1", 400],
  ["GET / HTTP/1.1\r\nhost: portal.example\r\nhost: portal.example", 400],
  ["GET / HTTP/1.0\r\nhost: portal.example", 200],
  ["GET / HTTP/1.0", 421],
  ["GET /api/health HTTP/1.0", 200],
  ["GET //evil.example/x HTTP/1.1\r\nhost: portal.example", 200],
  ["GET /x HTTP/1.1\r\nhost: portal.example\r\nconnection: upgrade\r\nupgrade: websocket", 400],
  ["GET /x HTTP/1.1\r\nhost: portal.example\r\nconnection: upgrade\r\nupgrade: h2c", 200],
  ["GET /x HTTP/1.1\r\nhost: portal.example\r\nupgrade: h2c, websocket", 400],
  ["POST /x HTTP/1.1\r\nhost: portal.example\r\nconnection: upgrade\r\nupgrade: websocket\r\ncontent-length: 9", 400],
  ["GET /x HTTP/1.1\r\nhost: portal.example\r\nexpect: miracles", 417],
  ["GET /x HTTP/1.1\r\nhost: portal.example\r\ncontent-length: 1000000", 200],
  ["PRI * HTTP/2.0", 400],
  ["GET /x HTTP/1.1\r\nhost: portal.example\r\ntransfer-encoding: chunked\r\ncontent-length: 4", 400],
])("answers %j with %i in bounded time, closes, and has a line for it", async (head, status) => {
  const { port, lines } = await serve(ok, { evaluation: false }, { lingerMs: 100 });
  const close = /connection: /.test(head) || head.includes("HTTP/1.0") ? "" : "\r\nconnection: close";
  const answer = await sendRaw(port, `${head}${close}\r\n\r\n`);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*content-security-policy: `, "i"));
  await pause(20);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ status, ...(status !== 200 && { address: "127.0.0.1" }) });
  expect(JSON.stringify(lines)).not.toMatch(/q=1|a:b/);
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
    // @ts-expect-error -- missing from the declaration; a body that is a stream needs it
    duplex: "half",
  });
  expect(chunked.status).toBe(413);
  for (const [path, type] of [
    ["/api/v1/x", "application/problem+json"],
    ["/scim/v2/x", "application/scim+json"],
  ] as const) {
    const answer = await post(origin, path, {}, larger);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([413, type]);
    expect(await answer.json()).toMatchObject({ detail: makeProblem("body-too-large").detail });
  }
  const people = "/admin/people/import/send";
  expect((await post(origin, people, {}, larger)).status).toBe(401);
  const cookie = "__Host-with-care.session_token=a.b";
  shared.findVisitor = () => Promise.resolve({ personId: "p1", maySendLarge: true });
  expect((await (await post(origin, people, { cookie }, larger)).text()).length).toBe(1_000_001);
});

const IMPORT = "/admin/people/import/send";
const sendLarge = (headers: string, ...body: (string | number)[]) =>
  [`POST ${IMPORT} HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n\r\n`, ...body] as const;

it("reads more than usual only from who may send it, and asks that before", async () => {
  const seen: number[] = [];
  const { port, lines } = await serve(
    async (req, res) => {
      let size = 0;
      for await (const chunk of req) size += (chunk as Buffer).length;
      seen.push(size);
      res.setHeader("connection", "close").end("taken");
    },
    {},
    { lingerMs: 100, knownLingerMs: 100 },
  );
  shared.findVisitor = ({ cookie }) =>
    Promise.resolve({ personId: cookie === "invented" ? null : cookie, maySendLarge: cookie === "administrator" });
  const declared = "content-length: 40000000";
  const chunked = "transfer-encoding: chunked";
  const million = `${(1_000_001).toString(16)}\r\n${"a".repeat(1_000_001)}\r\n`;
  for (const [who, status] of [
    ["invented", 401],
    ["employee", 403],
  ] as const) {
    const started = performance.now();
    expect(await sendRaw(port, ...sendLarge(`cookie: ${who}\r\n${declared}`))).toMatch(
      new RegExp(`^HTTP/1.1 ${status} `),
    );
    expect(await sendRaw(port, ...sendLarge(`cookie: ${who}\r\n${declared}\r\nexpect: 100-continue`))).toMatch(
      new RegExp(`^HTTP/1.1 ${status} `),
    );
    expect(await sendRaw(port, ...sendLarge(`cookie: ${who}\r\n${chunked}`, million))).toMatch(
      new RegExp(`^HTTP/1.1 ${status} `),
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  }
  expect(seen).toEqual([]);
  expect(await sendRaw(port, ...sendLarge(`cookie: administrator\r\n${chunked}`, million, "0\r\n\r\n"))).toMatch(
    /^HTTP\/1.1 200 /,
  );
  expect(
    await sendRaw(port, ...sendLarge("cookie: administrator\r\nexpect: 100-continue\r\ncontent-length: 2", "ab")),
  ).toMatch(/^HTTP\/1.1 100 [^]*HTTP\/1.1 200 /);
  expect(await sendRaw(port, ...sendLarge("cookie: administrator\r\ncontent-length: 41000001"))).toMatch(
    /^HTTP\/1.1 413 [^]*"mostBytes":41000000/,
  );
  expect(seen).toEqual([1_000_001, 2]);
  await pause(20);
  expect(lines.filter(({ status }) => status === 401).every((line) => !("person" in line))).toBe(true);
  expect(lines.filter(({ status }) => status === 403).map(({ person }) => person)).toEqual(Array(3).fill("employee"));
}, 60_000);

it("reads two large bodies at once, and gives the place of one back when it is answered or gone", async () => {
  const { port } = await serve(echo, {}, { knownLingerMs: 50 });
  shared.findVisitor = () => Promise.resolve({ personId: "administrator", maySendLarge: true });
  const open = () => connect(port, "127.0.0.1").on("error", () => {});
  const [head] = sendLarge("cookie: c\r\ncontent-length: 2000000");
  const [first, second] = [open(), open()];
  for (const socket of [first, second]) socket.write(head);
  await pause(100);
  expect(await sendRaw(port, head)).toMatch(/^HTTP\/1.1 429 [^]*retry-after: 60[^]*"kind":"busy"/);
  first.destroy();
  await pause(100);
  expect(
    await sendRaw(port, head.replace("cookie: c", "cookie: c\r\nconnection: close"), "a".repeat(2_000_000)),
  ).toMatch(/^HTTP\/1.1 200 /);
  second.destroy();
});

it("says that the records are away where it cannot be known who sends much", async () => {
  const { port } = await serve(ok);
  shared.findVisitor = () => Promise.reject(new Error("away"));
  const [head] = sendLarge("cookie: c\r\ncontent-length: 2000000");
  expect(await sendRaw(port, head)).toMatch(/^HTTP\/1.1 503 [^]*"kind":"away"/);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status, "it goes on").toBe(200);
});

it.each([
  ["application/x-www-form-urlencoded", "a=&".repeat(333_000)],
  ["Application/X-WWW-Form-Urlencoded; charset=utf-8", "&".repeat(2_000)],
  ["text/plain, application/x-www-form-urlencoded", "a=&".repeat(2_001)],
  [
    "multipart/form-data; boundary=x-1",
    `--x-1\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n`.repeat(2_001) + "--x-1--",
  ],
  ['multipart/form-data; charset=utf-8; BOUNDARY="x-1"', "--x-1".repeat(2_100)],
])("refuses a form of more than 2,000 fields before it is taken apart: %s", async (type, body) => {
  let isTaken = false;
  const { origin, lines } = await serve((_, res) => ((isTaken = true), res.end()));
  const started = process.cpuUsage();
  for (const path of ["/tasks", "/api/v1/x", "/sign-in/send"])
    expect((await post(origin, path, { "content-type": type }, body)).status).toBe(413);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 3_000, "milliseconds each, the sending among them").toBeLessThan(200);
  expect(isTaken).toBe(false);
  await pause(20);
  expect(lines.map(({ status }) => status)).toEqual([413, 413, 413]);
});

it("takes a form of 2,000 fields", async () => {
  const { origin } = await serve(echo);
  const fields = Array.from({ length: 2_000 }, (_, at) => `f${at}=v`).join("&");
  expect((await post(origin, "/send", {}, fields)).status).toBe(200);
  const form = new FormData();
  for (let at = 0; at < 2_000; at++) form.append(`f${at}`, "a=b&".repeat(20));
  expect((await fetch(`${origin}/send`, { method: "POST", body: form })).status).toBe(200);
});

it.each([
  [413, "[".repeat(500_000)],
  [413, `${'{"a":'.repeat(33)}1${"}".repeat(33)}`],
  [413, `[${"0,".repeat(400_000)}0]`],
  [200, `${"[".repeat(32)}${"]".repeat(32)}`],
  [200, JSON.stringify({ text: `${"[{,".repeat(50_000)}\\"[`, list: Array(50_000).fill(1) })],
])("answers %i to JSON by its depth and its number of values", async (status, body) => {
  const { origin } = await serve(ok);
  for (const type of ["application/json", "application/scim+json"])
    expect((await post(origin, "/scim/v2/Users", { "content-type": type }, body)).status).toBe(status);
});

it("gives up heads and bodies that come too slowly, and says so", async () => {
  const patience = { headersMs: 400, bodyGraceMs: 300, bytesPerSecond: 10_000, bodyMs: 2_000, lingerMs: 100 };
  const { port, lines } = await serve(echo, {}, patience);
  const head = "POST /send HTTP/1.1\r\nhost: localhost\r\ncontent-length: 900000\r\n\r\n";
  const drops = Array.from({ length: 40 }, () => ["a", 100] as const).flat();
  const stream = Array.from({ length: 40 }, () => ["a".repeat(2_000), 100] as const).flat();
  const timed = async (...parts: (string | number)[]) => {
    const started = performance.now();
    return [await sendRaw(port, ...parts), performance.now() - started] as const;
  };
  const [silent, slowHead, slowBody, longBody, noBody] = await Promise.all([
    timed(),
    timed("GET / HTTP/1.1\r\n", ...drops.map((part) => (part === "a" ? "x: y\r\n" : part))),
    timed(head, ...drops),
    timed(head, ...stream),
    timed(head),
  ]);
  expect(silent[0]).toBe("");
  for (const [answer] of [slowHead, slowBody, longBody, noBody]) expect(answer).toMatch(/^HTTP\/1.1 408 /);
  for (const [, ms] of [silent, slowHead, slowBody, noBody]) expect(ms).toBeLessThan(1_900);
  expect(longBody[1]).toBeLessThan(3_500);
  expect(lines.map(({ status, address }) => [status, address])).toEqual(Array(4).fill([408, "127.0.0.1"]));
});

it("keeps a connection longer than a head may take, for the next request", async () => {
  const { port, server } = await serve(ok, {}, { headersMs: 300 });
  expect(server.keepAliveTimeout).toBe(75_000);
  const get = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
  const answers = await sendRaw(port, get, 900, get, 900, get.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
  expect(answers.match(/HTTP\/1.1 200/g)).toHaveLength(3);
});

it("closes a connection on which requests come without waiting for answers", async () => {
  let taken = 0;
  const { port, lines } = await serve((_, res) => (taken++, setTimeout(() => res.end("late"), 200)));
  const get = "GET /x HTTP/1.1\r\nhost: localhost\r\n\r\n";
  expect(await sendRaw(port, get.repeat(15) + get.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"))).toMatch(
    /(late[^]*){16}/,
  );
  taken = 0;
  lines.length = 0;
  expect(await sendRaw(port, get.repeat(1_000))).toBe("");
  await pause(20);
  expect(taken).toBeLessThanOrEqual(16);
  expect(lines.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(lines).toHaveLength(17);
});

it("keeps so many connections from one place, and closes the others with words", async () => {
  const { port, origin, lines } = await serve(ok, { mostConnections: 10 });
  const sockets = Array.from({ length: 10 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  await pause(100);
  const refused = await Promise.all(
    Array.from({ length: 5 }, () => sendRaw(port, "GET / HTTP/1.1\r\nhost: x\r\n\r\n")),
  );
  for (const answer of refused) expect(answer).toMatch(/^HTTP\/1.1 429 [^]*Too many connections/);
  await pause(20);
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatchObject({ status: 429, address: "127.0.0.1" });
  sockets[0]?.destroy();
  await pause(50);
  expect((await fetch(origin)).status).toBe(200);
  for (const socket of sockets) socket.destroy();
});

it("counts whom a trusted proxy names, by requests under way", async () => {
  const held: ServerResponse[] = [];
  const { origin, lines } = await serve((_, res) => void held.push(res), { mostConnections: 8, trustedProxies: 1 });
  const ask = (client: string) => fetch(`${origin}/x`, { headers: { "x-forwarded-for": client } });
  const first = Array.from({ length: 8 }, (_, at) => ask(`2001:db8:1:2::${at}`));
  await pause(150);
  expect((await ask("2001:db8:1:2::ffff")).status).toBe(429);
  const others = [ask("2001:db8:1:3::1"), ask("10.0.0.1")];
  await pause(100);
  for (const res of held.splice(0)) res.end("x");
  for (const answer of await Promise.all([...first, ...others])) expect(answer.status).toBe(200);
  const again = ask("2001:db8:1:2::ffff");
  await pause(100);
  for (const res of held.splice(0)) res.end("x");
  expect((await again).status).toBe(200);
  expect(lines.find(({ status }) => status === 429)).toMatchObject({ address: "2001:db8:1:2::ffff" });
});

it("gives requests for another protocol to the development server alone, and only its own", async () => {
  const upgrades = new EventEmitter();
  upgrades.on("upgrade", (_req, socket: Socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
  const log = { hasRequests: true, write: () => {} };
  const env = { ...ENV, evaluation: true };
  const server = makeFront(ok, { env, log, upgrades, origin: () => "http://127.0.0.1:1" });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  const { port } = server.address() as AddressInfo;
  const ask = (host: string) =>
    sendRaw(port, `GET /_next/hmr HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`);
  expect(await ask("localhost:3000")).toMatch(/^HTTP\/1.1 101/);
  expect(await ask("evil.example")).toBe("");
});

it("names who was refused by their id, in the log alone", async () => {
  const { origin, lines } = await serve((req, res) => void res.writeHead(Number(req.url?.slice(1))).end());
  shared.findVisitor = ({ cookie }) =>
    Promise.resolve({ personId: cookie === "known" ? "p7" : null, maySendLarge: false });
  for (const cookie of ["known", "invented"])
    for (const status of [200, 303, 401, 403, 404, 413, 421, 429])
      await fetch(`${origin}/${status}`, { headers: { cookie }, redirect: "manual" });
  await pause(30);
  for (const { status, ...line } of lines) {
    const isRefused = Number(status) >= 400;
    expect("address" in line, String(status)).toBe(isRefused);
    if (!isRefused) expect("person" in line).toBe(false);
  }
  const named = (person: string) =>
    new Set(lines.filter((line) => line["person"] === person).map(({ status }) => status));
  expect([...named("p7")]).toEqual([401, 403, 404, 413, 421, 429]);
  expect(lines.filter((line) => "person" in line && line["person"] !== "p7")).toEqual([]);
});

// Whatever is sent: an answer or none, the connection closed, and the server carries on.
it("outlives whatever is sent to it", async () => {
  const { port, origin } = await serve(
    echo,
    {},
    { headersMs: 250, bodyGraceMs: 200, bytesPerSecond: 1_000_000, lingerMs: 50 },
  );
  const line = fc.constantFrom(
    "host: localhost",
    "host: evil.example",
    "host:",
    "content-length: 5",
    "content-length: -1",
    "content-length: 99999999999",
    "transfer-encoding: chunked",
    "transfer-encoding: gzip",
    "expect: 100-continue",
    "connection: upgrade",
    "upgrade: websocket",
    "connection: keep-alive",
    "content-type: application/json",
    "content-type: multipart/form-data; boundary=a",
    "x-forwarded-host: a,,",
    "cookie: \u00ff",
    ": x",
    "no colon",
  );
  const method = fc.constantFrom("GET", "POST", "OPTIONS", "CONNECT", "PUT", "HEAD", "get", "PROPFIND", "X Y", "");
  const target = fc.oneof(
    fc.constantFrom(
      "/",
      "*",
      "//",
      "http://",
      "http://[::1",
      "/%",
      "/%00",
      "/\u00e4",
      "/..",
      "ws://localhost/",
      IMPORT,
      "/api/health",
    ),
    fc.string({ maxLength: 12 }),
  );
  const version = fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "");
  const body = fc.oneof(
    fc.constantFrom("", "hello", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "--a--", "[".repeat(99)),
    fc.string({ maxLength: 40 }),
  );
  const raw = fc
    .tuple(method, target, version, fc.array(line, { maxLength: 5 }), body)
    .map(([m, t, v, lines, b]) => `${m} ${t} ${v}\r\n${lines.join("\r\n")}\r\n\r\n${b}`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(raw, fc.string({ maxLength: 80 })), { minLength: 1, maxLength: 3 }),
      async (parts) => {
        const socket = sendRaw(port, ...parts, 20, END);
        const late = pause(4_000, "late", { ref: false });
        expect(await Promise.race([socket, late])).not.toBe("late");
      },
    ),
    { numRuns: 150 },
  );
  expect((await fetch(origin)).status).toBe(200);
}, 120_000);

it("says how long to wait, and keeps what was typed", async () => {
  const asked: unknown[] = [];
  shared.limitRequest = (request) => (asked.push(request), Promise.resolve(17));
  const { origin, lines } = await serve(ok);
  const answer = await post(origin, "/sign-in/send", {}, "words=A+%3Cb%3E&again=1&again=2");
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "17"]);
  const fields = [
    { name: "words", value: "A <b>" },
    { name: "again", value: "1" },
    { name: "again", value: "2" },
  ];
  expect(await answer.text()).toContain(JSON.stringify({ action: "/sign-in/send", fields, hasFile: false }));
  const forPrograms = await fetch(`${origin}/api/v1/policies`, { headers: { authorization: "Bearer wc_x" } });
  expect(await forPrograms.json()).toEqual(makeProblem("too-many-requests"));
  expect(forPrograms.headers.get("retry-after")).toBe("17");
  expect((await (await fetch(`${origin}/scim/v2/Users`)).json()) as object).toMatchObject({ status: "429" });
  expect((await fetch(`${origin}/search?q=a`)).status).toBe(429);
  for (const path of [
    "/policies/nao/rules.dmn",
    "/policies/nao/rules%2edmn",
    "/%73earch?q=a",
    "/x/../search?q=a",
    "/x/%2e%2E/search?q=%C3%A4",
  ])
    expect((await fetch(origin + path)).status, path).toBe(429);
  for (const free of ["/search", "/policies", "/sign-in", "/api/health", "/_next/static/a.json", "/icon.svg"])
    expect((await fetch(origin + free)).status, free).toBe(200);
  expect(asked).toContainEqual({ kind: "api", network: "127.0.0.1", cookie: null, authorization: "Bearer wc_x" });
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
  const { origin, lines } = await serve((req, res) => ((seen = req.headers), (res.statusCode = 401), res.end()), {
    trustedProxies,
  });
  const headers = { "x-forwarded-for": said, "x-forwarded-proto": "https", "x-request-id": "from-the-proxy-1" };
  const id = (await fetch(`${origin}/api/v1/x`, { headers })).headers.get("x-request-id");
  await pause(20);
  expect(lines[0]).toMatchObject({ address, id });
  const isTrusted = address !== "127.0.0.1";
  expect(id === "from-the-proxy-1").toBe(isTrusted);
  expect(seen["x-forwarded-proto"] === undefined).toBe(!isTrusted);
});

it("takes no request id that is not one, also from a proxy", async () => {
  const { origin } = await serve(ok, { trustedProxies: 1 });
  for (const id of ["short", "with spaces in it", "<script>alert(1)</script>", "x".repeat(65)])
    expect((await fetch(origin, { headers: { "x-request-id": id } })).headers.get("x-request-id")).not.toBe(id);
});

it("writes one line for each request, without query, secret address or client, and tells the metrics", async () => {
  const done: object[] = [];
  shared.requestDone = (request) => void done.push(request);
  const { origin, lines } = await serve(ok);
  for (const path of [
    "/search?q=secret+words",
    "/check?policy=nao&say=secret+words",
    "/tasks/feed/secret-words",
    "/groups/join/secret-words/send",
    "/api/health",
  ])
    await fetch(origin + path);
  await pause(20);
  expect(lines.map(({ level, path, status }) => [level, path, status])).toEqual([
    ["info", "/search", 200],
    ["info", "/check", 200],
    ["info", "/tasks/feed/…", 200],
    ["info", "/groups/join/…/send", 200],
    ["debug", "/api/health", 200],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/secret|address/);
  expect(done).toHaveLength(5);
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
    if (req.url === "/slow") return void setTimeout(() => res.end("late"), 4_500); // and its database is fine
    const request = requests.getStore();
    await new Promise<void>((resolve) => {
      const call = {
        since: performance.now(),
        abort: () => ((isAborted = true), request?.calls.delete(call), resolve()),
      };
      request?.calls.add(call);
    });
    await pause(10_000); // a handler that does not end by itself is answered for
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

function send(method: string, address: string, headers: Record<string, string>, body: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = sendRequest(address, { method, headers }, (res) => {
      let text = "";
      res.on("data", (chunk: Buffer) => (text += chunk.toString()));
      res.on("end", () => resolve({ status: res.statusCode ?? 0, text }));
    });
    sent.on("error", reject).end(body);
  });
}
const sendPost = (origin: string, path: string, headers: Record<string, string>) =>
  send("POST", origin + path, headers, "a=b");
const sendGet = (origin: string, path: string, headers: Record<string, string>) =>
  send("GET", origin + path, headers, "");

/** Instead of a part: nothing more is sent. */
const END = -1;
/** Sends texts, with pauses in ms; returns everything received until the connection is closed. */
function sendRaw(port: number, ...parts: (string | number)[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => void sendAll());
    const sendAll = async () => {
      for (const part of parts) {
        if (part === END) socket.end();
        else if (typeof part === "number") await pause(part);
        else if (socket.writable) socket.write(part);
      }
    };
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

it("finishes a page: what the portal drew in its place, without the framework's scripts", async () => {
  const { origin } = await serve((req, res) => {
    const context = requests.getStore();
    if (context) context.page = "<main>Ours $& <script type=module src=/x.js></script></main>";
    res.setHeader("content-type", req.url === "/file.txt" ? "text/plain" : "text/html; charset=utf-8");
    res.write('<link rel="preload" as="script" href="/a.js"/><link rel="preload" as="font" href="/f"/>');
    res.write("<script>self.__next_f</scr");
    res.end("ipt><portal-page></portal-page>");
  });
  const cookie = "__Host-with-care.session_token=x.y";
  const page = await fetch(`${origin}/tasks`, { headers: { cookie } });
  expect(await page.text()).toBe(
    '<link rel="preload" as="font" href="/f"/><main>Ours $& <script type=module src=/x.js></script></main>',
  );
  expect(page.headers.get("content-security-policy")).toMatch(/script-src 'none'/);
  expect(page.headers.get("speculation-rules")).toBe('"/speculation-rules.json"');
  const scripted = await fetch(`${origin}/matrix`, { headers: { cookie } });
  expect(scripted.headers.get("content-security-policy")).toMatch(/script-src 'self'.*worker-src 'none'/);
  const card = await fetch(`${origin}/offline`, { headers: { cookie } });
  expect(card.headers.get("content-security-policy")).toMatch(/script-src 'self'.*worker-src 'self'/);
  const head = await fetch(`${origin}/tasks`, { method: "HEAD", headers: { cookie } });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect(await (await fetch(`${origin}/file.txt`, { headers: { cookie } })).text()).toContain("<portal-page>");
  const rules = await fetch(`${origin}/speculation-rules.json`, { headers: { cookie } });
  expect(rules.headers.get("content-type")).toBe("application/speculationrules+json");
  expect(await rules.json()).toHaveProperty("prefetch");
});

it("says by itself that it lives, to whoever asks, and leaves other methods to the handler", async () => {
  const { origin } = await serve((_, res) => res.writeHead(405).end());
  const live = await fetch(`${origin}/api/health/live`);
  expect([live.status, live.headers.get("cache-control"), await live.json()]).toEqual([
    200,
    "no-store",
    { status: "ok" },
  ]);
  const head = await fetch(`${origin}/api/health/live`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await fetch(`${origin}/api/health/live`, { method: "POST" })).status).toBe(405);
});

it("sends whoever has no session to sign in, and back afterwards", async () => {
  const { origin } = await serve(signInFirst(ok, ENV));
  const to = async (path: string) => {
    const { status, headers } = await fetch(origin + path, { redirect: "manual" });
    return status === 303 ? headers.get("location") : status;
  };
  expect(await to("/")).toBe("/sign-in");
  expect(await to("/policies?a=b")).toBe("/sign-in?returnTo=%2Fpolicies%3Fa%3Db");
  for (const open of ["/sign-in", "/privacy", "/icon.svg", "/api/v1/policies"]) expect(await to(open)).toBe(200);
});
