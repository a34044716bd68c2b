// @ts-check
// W3C Trace Context (https://www.w3.org/TR/trace-context/): the trace that a request belongs to, taken up and passed on.
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { shared } from "../../base/process-shared.mjs";
import { requests } from "./request-context.mjs";

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const MOST_STATE = 512;

/** @typedef {import("../../base/request/context.ts").TraceContext} TraceContext */

/**
 * The place in a trace from which a request comes; null if it names none, or none that is valid.
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @returns {TraceContext | null}
 */
export function readTraceContext({ traceparent, tracestate }) {
  const [, version, traceId = "", spanId = "", flags = "", more] =
    TRACEPARENT.exec(String(traceparent ?? "").trim()) ?? [];
  const isValid =
    version !== undefined && version !== "ff" && !(version === "00" && more) && !isZero(traceId) && !isZero(spanId);
  if (!isValid) return null;
  const state = [tracestate ?? []].flat().join(",");
  const isState = /^[\x20-\x7e]+$/.test(state) && state.length <= MOST_STATE;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1, state: isState ? state : null };
}

/** @param {string} id */
const isZero = (id) => /^0+$/.test(id);

/** A place of our own in the same trace. @param {TraceContext} parent @returns {TraceContext} */
export const continueTrace = (parent) => ({ ...parent, spanId: randomBytes(8).toString("hex") });

/** A place in a trace as the header `traceparent` has it. @param {TraceContext} trace */
export const traceparentOf = ({ traceId, spanId, isSampled }) => `00-${traceId}-${spanId}-0${Number(isSampled)}`;

/**
 * From now on what is asked of others by `fetch` while a request is served, as of the identity provider, belongs to that
 * request's trace.
 */
export function passTraceOn() {
  /** @type {WeakMap<object, import("../../base/request/context.ts").OpenSpan>} */
  const spans = new WeakMap();
  on("undici:request:create", ({ request }) => {
    const parent = requests.getStore()?.trace;
    if (!parent) return;
    const { hostname } = new URL(String(request.origin));
    const span = shared.beginSpan?.({
      name: request.method,
      kind: "client",
      attributes: { "http.request.method": request.method, "server.address": hostname },
      parent,
    });
    if (span) spans.set(request, span);
    request.addHeader("traceparent", traceparentOf(span?.trace ?? continueTrace(parent)));
    if (parent.state !== null) request.addHeader("tracestate", parent.state);
  });
  on("undici:request:headers", ({ request, response: { statusCode } }) =>
    spans.get(request)?.end({ attributes: { "http.response.status_code": statusCode }, hasFailed: statusCode >= 400 }),
  );
  on("undici:request:error", ({ request }) => spans.get(request)?.end({ hasFailed: true }));
}

/**
 * @typedef {object} Message what Node's `fetch` tells of a request
 * @property {{ origin: string | URL, method: string, addHeader(name: string, value: string): void }} request
 * @property {{ statusCode: number }} response
 */

/** @param {string} channel @param {(message: Message) => void} listener */
function on(channel, listener) {
  subscribe(channel, (message) => listener(/** @type {Message} */ (message)));
}
