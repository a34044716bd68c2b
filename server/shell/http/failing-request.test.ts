import { afterEach, beforeEach, expect, it } from "vitest";
import { shared } from "#server/base/process-shared.mjs";
import { makeFront } from "./front-handler.mjs";
import { secretKeeper, startLog } from "./log.mjs";
import { requests, workForLog } from "./request-context.mjs";

const { error, warn } = console;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const ENV = { appUrl: "https://portal.example", evaluation: true, trustedProxies: [], mostConnections: 100 };
interface Line {
  id?: string;
  path?: string;
  trace_id?: string;
  error?: { class: string; message: string };
}

let lines: Line[] = [];
let close = () => {};
beforeEach(() => void (lines = []));
afterEach(() => {
  Object.assign(console, { error, warn });
  close();
  delete shared.logFailure;
  delete shared.beginSpan;
});

/** The portal's server and log before a handler that fails as `fail` does; it stands in for Next. */
async function serve(fail: (sent: string) => unknown) {
  const env = { logLevel: "info", logFormat: "json", isLogLevelGiven: true } as const;
  const out = (line: string) => void lines.push(JSON.parse(line) as Line);
  const log = startLog(env, secretKeeper({}), { isTerminal: false, out, work: workForLog });
  const server = makeFront(
    async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      const request = requests.getStore();
      if (request) request.personId = "person-1";
      await fail(Buffer.concat(chunks).toString() + (req.url ?? ""));
      res.end("ok");
    },
    { env: ENV, log, origin: () => "http://127.0.0.1:1" },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

const form = new FormData();
form.append("reason", "Planted Person\r\nplanted reason");
form.append("file", new Blob(["Planted Person"]), "list.csv");

it.each<[string, string, RequestInit]>([
  [
    "a form",
    "/exceptions/new/send",
    { body: new URLSearchParams({ name: "Planted Person", reason: "planted reason" }) },
  ],
  ["a form with a file", "/exceptions/new/send", { body: form }],
  [
    "JSON",
    "/api/v1/x",
    {
      body: JSON.stringify({ a: [{ name: "Planted Person" }, "planted reason"] }),
      headers: { "content-type": "application/scim+json" },
    },
  ],
  [
    "JSON that is none",
    "/api/v1/x",
    { body: '{"name":"Planted Person"', headers: { "content-type": "application/json" } },
  ],
  ["a query", "/search?q=Planted+Person&w=planted%20reason", { method: "GET" }],
])("has one line for what fails with %s, who asked and the trace, and not what was sent", async (_, path, init) => {
  const origin = await serve((sent) => {
    throw new TypeError(
      `No such thing: ${decodeURIComponent(sent).replaceAll("+", " ")} for Planted, Person, “planted reason”`,
    );
  });
  const answer = await fetch(origin + path, {
    method: "POST",
    ...init,
    headers: { traceparent: TRACEPARENT, ...init.headers },
  });
  expect(answer.status).toBe(500);
  expect(answer.headers.get("traceresponse")).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  await expect.poll(() => lines.length).toBe(2);
  const [failure, request] = lines;
  const id = answer.headers.get("x-request-id");
  const about = { id, method: init.method ?? "POST", path: path.split("?")[0], trace_id: TRACE };
  expect(request).toMatchObject({ ...about, status: 500 });
  expect(failure).toMatchObject({ ...about, person: "person-1", error: { class: "TypeError" } });
  expect(failure?.error?.message).toMatch(/^No such thing: /);
  expect(JSON.stringify(lines)).not.toMatch(/planted|Person[^-"]/i);
});

it("belongs to no trace where none is named, and to one of its own where spans are sent", async () => {
  const origin = await serve(() => {});
  const plain = await fetch(`${origin}/policies`, { headers: { traceparent: "planted" } });
  expect(plain.headers.get("traceresponse")).toBeNull();
  const begun: unknown[] = [];
  shared.beginSpan = (span) => {
    begun.push(span);
    const trace = { traceId: TRACE, spanId: "b7ad6b7169203331", isSampled: true, state: null };
    return { trace, end: (how) => void begun.push(how) };
  };
  const traced = await fetch(`${origin}/groups/join/planted?q=planted`);
  expect(traced.headers.get("traceresponse")).toBe(`00-${TRACE}-b7ad6b7169203331-01`);
  await fetch(`${origin}/api/health/live`);
  await expect.poll(() => lines.filter(({ trace_id: trace }) => trace === TRACE).length).toBe(1);
  expect(begun).toEqual([
    {
      name: "GET",
      kind: "server",
      attributes: { "http.request.method": "GET", "url.path": "/groups/join/…" },
      parent: null,
    },
    { attributes: { "http.response.status_code": 200 }, hasFailed: false },
  ]);
  expect(lines[0]).not.toHaveProperty("trace_id");
});

it("leaves what Next prints of an error to the line that has the route", async () => {
  const { RouteModule } = (await import("next/dist/server/route-modules/route-module.js")) as unknown as {
    RouteModule: { prototype: { onRequestError(this: unknown, ...args: unknown[]): Promise<void> } };
  };
  const failure = new Error("It broke");
  await serve(() => {});
  const module = {
    instrumentationOnRequestError: async (...[, given]: unknown[]) =>
      Promise.resolve(shared.logFailure?.(given, { id: "7k3m", route: "/exceptions" })),
  };
  await RouteModule.prototype.onRequestError.call(module, {}, failure, {}, false);
  expect(lines).toMatchObject([{ id: "7k3m", route: "/exceptions", error: { message: "It broke" } }]);
});
