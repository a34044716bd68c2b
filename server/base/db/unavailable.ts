import { getRequestContext, type RequestContext } from "#server/base/request/context.ts";

/**
 * Classes and codes of SQLSTATE that mean "not now", whatever the query: connection, resources such as a full disk, a
 * server that is stopping or read-only, a lock or a statement that took too long, its own files.
 */
const NOT_NOW = /^(08|53|57|58|55P03|25006|XX00)/;

/**
 * Whether a database error means that it cannot serve anybody at present, rather than that the query was wrong.
 * @param error as thrown by pg or PGlite
 */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  return state === null || NOT_NOW.test(state);
}

/** Tells the current request that the database cannot serve it. @param error as above */
export function noteFailure(error: unknown, request: RequestContext | null = getRequestContext()): void {
  if (!request) return;
  if (isUnavailable(error)) request.hasDatabaseFailed = true;
  if (wasRefused(error)) request.isCommitting = false;
}

/** Whether the database itself refused: the change was not made. If the connection broke, nobody knows. */
function wasRefused(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !/^(08|57P)/.test(state);
}

/** Five letters and digits, unlike Node's codes such as EPIPE; null: it comes from the network. */
function sqlState(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("E") ? code : null;
}
