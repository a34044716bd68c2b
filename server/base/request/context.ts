import "server-only";
import type { AsyncLocalStorage } from "node:async_hooks";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { shared } from "#server/base/process-shared.mjs";

/** A request while it is served; server/shell/http/request-context.mjs makes one for each, outside the bundle. */
export interface RequestContext {
  /** As the log, the answer's header and error pages have it. */
  readonly id: string;
  /** Path and query that were asked for. */
  readonly address: string;
  /** What the portal drew, in HTML: server/shell/http/page-response.mjs puts it into the page. */
  page?: string;
  /** What stands in it as bytes, each in the place of its mark. */
  kept?: Buffer[];
  /** Calls of the database that are under way: since when, by performance.now(), and how to give one up. */
  readonly calls: Set<{ since: number; abort(): void }>;
  /** The database did not answer, or could not do what it should: the request is answered with 503. */
  hasDatabaseFailed: boolean;
  /** While the last word to the database is under way, nobody knows whether it is saved. */
  isCommitting: boolean;
  /** Throws where who is signed in may not do what the journal is about to say, without signing in again. */
  requireForActs?: (events: readonly EvidenceEvent[], now: Date) => void;
}

declare global {
  interface ProcessShared {
    requests?: AsyncLocalStorage<RequestContext>;
  }
}

/** The request at hand; null in timed work, commands and tests. */
export function getRequestContext(): RequestContext | null {
  return shared.requests?.getStore() ?? null;
}
