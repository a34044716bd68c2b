import type { AsyncLocalStorage } from "node:async_hooks";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { shared } from "#server/base/process-shared.mjs";

/** A place in a trace (W3C Trace Context). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** Whether whoever began the trace records it. */
  isSampled: boolean;
  /** Of the vendors on the way, passed on as it is. */
  state: string | null;
}

/** By the names of OpenTelemetry's semantic conventions: nothing of anybody, no query, no text of a statement. */
type SpanAttributes = Record<string, string | number>;

/** A piece of work in a trace. */
export interface NewSpan {
  name: string;
  kind: "server" | "client" | "internal";
  attributes?: SpanAttributes;
  parent?: TraceContext | null;
}

export interface OpenSpan {
  trace: TraceContext;
  end(how?: { attributes?: SpanAttributes; hasFailed?: boolean }): void;
}

/** A request while it is being served; server/shell/http/request-context.mjs makes one for each, outside the bundle. */
export interface RequestContext {
  /** As in the log, the answer's header and error pages. */
  readonly id: string;
  /** Path and query requested. */
  readonly address: string;
  /** Who is signed in, or the program's token, once that is known: for the log. */
  personId?: string;
  /** The trace that it belongs to, if it does. */
  readonly trace?: TraceContext | null;
  /** What the portal drew, in HTML: server/shell/http/page-response.mjs puts it into the page. */
  page?: string;
  /** Parts of it kept as bytes, each to replace its mark. */
  kept?: Buffer[];
  /** The origins whose pages may show it in a frame; without it, nobody's. */
  framedBy?: readonly string[];
  /** Database calls in progress: since when, by performance.now(), and how to abort one. */
  readonly calls: Set<{ since: number; abort(): void }>;
  /** The database did not answer, or could not do what it should: the request is answered with 503. */
  hasDatabaseFailed: boolean;
  /** While a commit is in progress, nobody knows whether it is saved. */
  isCommitting: boolean;
  /** Throws if the signed-in person may not do what the journal is about to record without signing in again. */
  requireForActs?: (events: readonly EvidenceEvent[], now: Date) => void;
}

declare global {
  interface ProcessShared {
    requests?: AsyncLocalStorage<RequestContext>;
    /** Writes the one line about a failure that Next hands on, with what only Next knows: from server/shell/http/log.mjs. */
    logFailure?: (error: unknown, fields: Record<string, string>) => void;
    /** Begins a span of a trace; only where OpenTelemetry is switched on: from server/shell/http/telemetry.mjs. */
    beginSpan?: (span: NewSpan) => OpenSpan;
  }
}

/** The current request; null in scheduled jobs, commands and tests. */
export const getRequestContext = (): RequestContext | null => shared.requests?.getStore() ?? null;
