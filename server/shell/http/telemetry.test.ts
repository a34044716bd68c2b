import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { build } from "esbuild";
import { Counter, Histogram, Registry } from "prom-client";
import { readEnvironment } from "#server/base/environment/environment.mjs";
import { shared } from "#server/base/process-shared.mjs";
import { requests } from "./request-context.mjs";
import { startTelemetry } from "./telemetry.mjs";
import { passTraceOn } from "./trace-context.mjs";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const received: { path: string; text: string; hex: string; authorization: string | undefined }[] = [];
async function take(req: IncomingMessage, res: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const body = req.headers["content-encoding"] === "gzip" ? gunzipSync(whole) : whole;
  const { authorization } = req.headers;
  received.push({ path: req.url ?? "", text: body.toString("latin1"), hex: body.toString("hex"), authorization });
  res.end();
}
const collector = createServer((req, res) => void take(req, res));
let endpoint = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const at = collector.address();
  endpoint = `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`;
  passTraceOn();
});
afterAll(() => collector.close());
beforeEach(() => {
  received.length = 0;
  vi.unstubAllEnvs();
});

const settings = (given: Record<string, string>) => readEnvironment(given, process.cwd()).telemetry;
/** Starts what these variables ask for, as scripts/start.mjs does. */
function start(given: Record<string, string>) {
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  const wanted = settings(given);
  return wanted && startTelemetry(wanted, "1.2.3");
}

const parent = { traceId: TRACE, spanId: "00f067aa0ba902b7", isSampled: true, state: null };
const doSomething = () => {
  const span = shared.beginSpan?.({ name: "GET", kind: "server", attributes: { "url.path": "/policies" }, parent });
  const inner = shared.beginSpan?.({ name: "postgresql query", kind: "client", parent: span?.trace ?? null });
  inner?.end({ hasFailed: true });
  span?.end({ attributes: { "http.response.status_code": 200 } });
  return span;
};

it("sends spans and metrics to whom the standard variables name", async () => {
  const registry = new Registry();
  new Counter({
    name: "with_care_requests_total",
    help: "Requests",
    labelNames: ["method"],
    registers: [registry],
  }).inc({ method: "GET" }, 3);
  new Histogram({
    name: "with_care_request_duration_seconds",
    help: "Time",
    buckets: [0.1, 1],
    registers: [registry],
  }).observe(0.5);
  shared.listMetrics = () => registry.getMetricsAsJSON();
  const stop = start({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20collector",
    OTEL_SERVICE_NAME: "portal-of-borough",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=pilot",
  });
  expect(doSomething()?.trace).toMatchObject({ traceId: TRACE, isSampled: true });
  await stop?.();
  delete shared.listMetrics;
  expect(shared.beginSpan).toBeUndefined();
  const [spans, metrics] = ["/v1/traces", "/v1/metrics"].map((path) => received.find((one) => one.path === path));
  for (const part of ["portal-of-borough", "1.2.3", "pilot", "url.path", "/policies", "postgresql query"])
    expect(spans?.text).toContain(part);
  expect(spans?.hex).toContain(TRACE);
  expect(spans?.hex).toContain(parent.spanId);
  expect(spans?.authorization).toBe("Bearer collector");
  for (const part of [
    "portal-of-borough",
    "with_care_requests_total",
    "method",
    "GET",
    "with_care_request_duration_seconds",
  ])
    expect(metrics?.text).toContain(part);
});

it("has the spans of what a request asks of others, without address and query", async () => {
  const stop = start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/v1/traces` });
  const trace = doSomething()?.trace ?? null;
  await requests.run(
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
    () => fetch(`${endpoint}/planted/token?code=planted`, { method: "POST" }),
  );
  await stop?.();
  const sent = received
    .filter(({ path }) => path === "/v1/traces")
    .map(({ text }) => text)
    .join("");
  expect(sent).toContain("server.address");
  expect(sent).not.toContain("planted");
  expect(received.map(({ path }) => path)).not.toContain("/v1/metrics");
});

it.each([
  [{}],
  [{ OTEL_SDK_DISABLED: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" }],
  [
    {
      OTEL_TRACES_EXPORTER: "none",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
    },
  ],
  [{ OTEL_SERVICE_NAME: "portal" }],
])("is off with %j, and nothing is sent", async (given) => {
  expect(settings(given)).toBeNull();
  await start(given)?.();
  expect(doSomething()).toBeUndefined();
  expect(received).toEqual([]);
});

it("follows the sampler, and says of it to whom it asks", async () => {
  const stop = start({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_METRICS_EXPORTER: "none",
    OTEL_TRACES_SAMPLER: "always_off",
  });
  expect(doSomething()?.trace).toMatchObject({ traceId: TRACE, isSampled: false });
  await stop?.();
  expect(received).toEqual([]);
});

it.each([
  [{ OTEL_TRACES_EXPORTER: "zipkin" }, 'OTEL_TRACES_EXPORTER is "zipkin": give one of otlp, none'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "http://x:4317", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, "speaks http/protobuf"],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }, "OTEL_EXPORTER_OTLP_ENDPOINT is not an address"],
  [{ OTEL_METRIC_EXPORT_INTERVAL: "soon" }, 'OTEL_METRIC_EXPORT_INTERVAL is "soon"'],
])("stops the start with %j", (given, words) => {
  expect(() => settings(given)).toThrow(words);
});

it("is loaded by nothing but the start that wants it", async () => {
  const { metafile } = await build({
    entryPoints: ["scripts/start.mjs", "server/shell/start.ts", "instrumentation.ts"],
    outdir: "none",
    bundle: true,
    write: false,
    metafile: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  const asked = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    imports.filter(({ path }) => /telemetry|opentelemetry/.test(path)).map(({ path, kind }) => ({ file, path, kind })),
  );
  const outside = asked.filter(({ file }) => !/\/telemetry[\w-]*\.mjs$/.test(file));
  expect(outside).toEqual([
    { file: "scripts/start.mjs", path: "server/shell/http/telemetry.mjs", kind: "dynamic-import" },
  ]);
  expect(asked.length).toBeGreaterThan(outside.length);
});
