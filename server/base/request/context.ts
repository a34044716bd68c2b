import type { AsyncLocalStorage } from "node:async_hooks";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { shared } from "#server/base/process-shared.mjs";

/** A request while it is being served; server/shell/http/request-context.mjs makes one for each, outside the bundle. */
export interface RequestContext {
  /** As in the log, the answer's header and error pages. */
  readonly id: string;
  /** Path and query requested. */
  readonly address: string;
  /** What the portal drew, in HTML: server/shell/http/page-response.mjs puts it into the page. */
  page?: string;
  /** Parts of it kept as bytes, each to replace its mark. */
  kept?: Buffer[];
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
  }
}

/** The current request; null in scheduled jobs, commands and tests. */
export function getRequestContext(): RequestContext | null {
  return shared.requests?.getStore() ?? null;
}
