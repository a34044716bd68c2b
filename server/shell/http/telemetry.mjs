// @ts-check
// OpenTelemetry: what the portal does, as spans, and what it measures, sent by OTLP to whom the standard variables name
// (docs/operating.md, "Traces"). Loaded only where they do. Spans have a closed list of attributes: no query, no
// statement's text, no message, nothing of anybody.
import {
  diag,
  DiagLogLevel,
  SpanKind,
  SpanStatusCode,
  trace as traces,
  TraceFlags,
  ROOT_CONTEXT,
  createTraceState,
} from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { shared } from "../../base/process-shared.mjs";
import { metricProducer } from "./telemetry-metrics.mjs";

const NAME = "with-care";
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };
const STOP_WITHIN_MS = 1_000;

/** @typedef {import("../../base/request/context.ts").TraceContext} TraceContext */

/**
 * Begins to send traces and metrics.
 * @param {{ traces: boolean, metrics: boolean, metricsEveryMs: number }} wanted
 * @param {string} version the portal's
 * @returns {() => Promise<void>} sends the rest, and stops
 */
export function startTelemetry(wanted, version) {
  complain();
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": NAME, "service.version": version }))
    .merge(detectResources({ detectors: [envDetector] }));
  const parts = [
    ...(wanted.traces
      ? [
          traceTo(
            new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] }),
          ),
        ]
      : []),
    ...(wanted.metrics ? [measureTo(resource, wanted.metricsEveryMs)] : []),
  ];
  return async () => {
    delete shared.beginSpan;
    const late = new Promise((resolve) => void setTimeout(resolve, STOP_WITHIN_MS).unref());
    await Promise.race([Promise.allSettled(parts.map((part) => part.shutdown())), late]);
  };
}

/** @param {BasicTracerProvider} provider not the process's own, which Next would fill with addresses and messages */
function traceTo(provider) {
  const tracer = provider.getTracer(NAME);
  shared.beginSpan = ({ name, kind, attributes = {}, parent }) => {
    const within = parent ? traces.setSpanContext(ROOT_CONTEXT, remote(parent)) : ROOT_CONTEXT;
    const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, within);
    const { traceId, spanId, traceFlags } = span.spanContext();
    const isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
    return {
      trace: { traceId, spanId, isSampled, state: parent?.state ?? null },
      end: ({ attributes: more = {}, hasFailed = false } = {}) => {
        span.setAttributes(more);
        if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  };
  return provider;
}

/** @param {TraceContext} parent */
function remote({ traceId, spanId, isSampled, state }) {
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return {
    traceId,
    spanId,
    traceFlags,
    isRemote: true,
    ...(state !== null && { traceState: createTraceState(state) }),
  };
}

/** @param {import("@opentelemetry/resources").Resource} resource @param {number} everyMs */
function measureTo(resource, everyMs) {
  const exporter = new OTLPMetricExporter();
  const timing = { exportIntervalMillis: everyMs, exportTimeoutMillis: Math.min(everyMs, 10_000) };
  const reader = new PeriodicExportingMetricReader({
    exporter,
    ...timing,
    metricProducers: [metricProducer(resource)],
  });
  return new MeterProvider({ resource, readers: [reader] });
}

const COMPLAIN_EVERY_MS = 10 * 60_000;

/** What cannot be sent is said in the log, the same only now and then. */
function complain() {
  /** @type {Map<string, number>} */
  const last = new Map();
  const say = (/** @type {string} */ words) => {
    const about = words.slice(0, 200);
    if (Date.now() - (last.get(about) ?? 0) < COMPLAIN_EVERY_MS) return;
    last.set(about, Date.now());
    console.warn("OpenTelemetry could not send: %s", about);
  };
  const nothing = () => {};
  const logger = { error: say, warn: say, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
