import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { TraceContext } from "#server/base/request/context.ts";
import { requests } from "./request-context.mjs";
import { continueTrace, passTraceOn, readTraceContext, traceparentOf } from "./trace-context.mjs";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const read = (traceparent: string, tracestate?: string) =>
  readTraceContext({ traceparent, ...(tracestate !== undefined && { tracestate }) });

it("takes up what the standard allows", () => {
  expect(read(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled: true, state: null });
  expect(read(`00-${TRACE}-${SPAN}-00`, "vendor=1")).toMatchObject({ isSampled: false, state: "vendor=1" });
  expect(read(`cc-${TRACE}-${SPAN}-01-what-comes-later`)).toMatchObject({ traceId: TRACE });
  expect(read(`00-${TRACE}-${SPAN}-01`, "x".repeat(513))).toMatchObject({ state: null });
});

it.each([
  "",
  "planted",
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${"0".repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${"0".repeat(16)}-01`,
  `00-${TRACE}-${SPAN}`,
  `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
])("takes up nothing else: %j", (traceparent) => {
  expect(read(traceparent)).toBeNull();
});

it("continues it as a place of its own", () => {
  const parent = { traceId: TRACE, spanId: SPAN, isSampled: true, state: "vendor=1" };
  const own = continueTrace(parent);
  expect(own).toEqual({ ...parent, spanId: own.spanId });
  expect(own.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(own.spanId).not.toBe(SPAN);
  expect(readTraceContext({ traceparent: traceparentOf(own), tracestate: "vendor=1" })).toEqual(own);
});

const asked: IncomingHttpHeaders[] = [];
const other = createServer((req, res) => void (asked.push(req.headers), res.end("ok")));
let address = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const at = other.address();
  address = `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}/token?code=planted`;
  passTraceOn();
});
afterAll(() => other.close());
beforeEach(() => void (asked.length = 0));

const within = (trace: TraceContext | null) =>
  requests.run(
    {
      id: "x",
      address: "/",
      startedAt: 0,
      slowAfterMs: 0,
      calls: new Set(),
      hasDatabaseFailed: false,
      isCommitting: false,
      trace,
    },
    () => fetch(address, { method: "POST" }),
  );

it("passes it on to whom a request asks, and nothing where there is none", async () => {
  await within({ traceId: TRACE, spanId: SPAN, isSampled: true, state: "vendor=1" });
  await within(null);
  await fetch(address);
  expect(asked.map(({ traceparent }) => traceparent)).toEqual([
    expect.stringMatching(new RegExp(`^00-${TRACE}-(?!${SPAN})[0-9a-f]{16}-01$`)),
    undefined,
    undefined,
  ]);
  expect(asked[0]?.["tracestate"]).toBe("vendor=1");
});
