import "server-only";
import { getRequestContext, type RequestContext } from "#server/base/request/context.ts";

/**
 * Classes and codes of SQLSTATE that mean "not now", whatever was asked: connection, resources such as a full disk,
 * a server that stops or only reads, a lock or a statement that took too long, its own files.
 */
const NOT_NOW = /^(08|53|57|58|55P03|25006|XX00)/;

/**
 * Whether an error of the database's own means that it cannot serve anybody at present, rather than that something wrong
 * was asked.
 * @param error as pg or PGlite throws it
 */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  return state === null || NOT_NOW.test(state);
}

/** Tells the request at hand that the database cannot serve it. @param error as above */
export function noteFailure(error: unknown, request: RequestContext | null = getRequestContext()): void {
  if (!request) return;
  if (isUnavailable(error)) request.hasDatabaseFailed = true;
  if (wasRefused(error)) request.isCommitting = false;
}

/** Whether the database itself said no: what was asked is not done. Where the connection broke, nobody knows. */
function wasRefused(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !/^(08|57P)/.test(state);
}

/** Five letters and digits, none of them a word of Node's such as EPIPE; null: it comes from the network. */
function sqlState(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("E") ? code : null;
}
