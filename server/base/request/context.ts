import "server-only";
import type { AsyncLocalStorage } from "node:async_hooks";

/** A request while it is served; server/shell/http/request-context.mjs makes one for each, outside the bundle. */
export interface RequestContext {
  /** As the log, the answer's header and error pages have it. */
  readonly id: string;
  /** Calls of the database that are under way: since when, by performance.now(), and how to give one up. */
  readonly calls: Set<{ since: number; abort(): void }>;
  /** The database did not answer, or could not do what it should: the request is answered with 503. */
  hasDatabaseFailed: boolean;
  /** While the last word to the database is under way, nobody knows whether it is saved. */
  isCommitting: boolean;
  /** Who is signed in, where they had to prove who they are, and when they last did; null where nobody knows. */
  signedIn?: { personId: string; provedAt: Date | null };
}

const shared = globalThis as typeof globalThis & { withCareRequests?: AsyncLocalStorage<RequestContext> };

/** The request at hand; null in timed work, commands and tests. */
export function getRequestContext(): RequestContext | null {
  return shared.withCareRequests?.getStore() ?? null;
}
