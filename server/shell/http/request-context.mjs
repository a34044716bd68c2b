// @ts-check
// What belongs to one request while it is being served: its id, and the database calls it waits for. The portal's code
// gets it through server/base/request/context.ts.
import { AsyncLocalStorage } from "node:async_hooks";
import { shared } from "../../base/process-shared.mjs";

/** A request this old with a database call that takes this long is aborted: its answer is due in 5 seconds. */
const GIVE_UP_AFTER_MS = 3_200;
const LOOK_EVERY_MS = 150;
/** What is aborted fails at once; if it does not, we answer in its place. */
const ANSWER_AFTER_MS = 350;

/**
 * @typedef {object} RequestContext
 * @property {string} id
 * @property {string} address path and query requested
 * @property {string} [method]
 * @property {string} [path] as the log has it
 * @property {() => string[]} [typed] what was sent, in query and body: no line of the log may contain it
 * @property {WeakSet<Error>} [failures] those that have a line in the log
 * @property {string} [personId] who is signed in, or the program's token, once that is known
 * @property {import("../../base/request/context.ts").TraceContext | null} [trace] the trace that it belongs to
 * @property {string} [page] what the portal drew, in HTML (page-response.mjs)
 * @property {Buffer[]} [kept] parts of it kept as bytes, each to replace its mark
 * @property {readonly string[]} [framedBy] the origins whose pages may show it in a frame; without it, nobody's
 * @property {number} startedAt by performance.now()
 * @property {number} slowAfterMs how long one database call may take
 * @property {Set<{ since: number, abort(): void }>} calls database calls in progress
 * @property {boolean} hasDatabaseFailed
 * @property {boolean} isCommitting a commit is in progress: whether it is saved is not known yet
 */

/** @type {AsyncLocalStorage<RequestContext>} */
export const requests = new AsyncLocalStorage();
shared.requests = requests;

/**
 * The request that is being served, as the log has it; null outside one.
 * @returns {import("./log.mjs").LoggedWork | null}
 */
export function workForLog() {
  const context = requests.getStore();
  if (!context) return null;
  const { id, method, path, personId: person, trace } = context;
  const known = Object.entries({ id, method, path, person, trace_id: trace?.traceId, span_id: trace?.spanId });
  const fields = Object.fromEntries(known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return { fields, typed: () => context.typed?.() ?? [], failures: (context.failures ??= new WeakSet()) };
}

/** @typedef {{ giveUp(): void, isGivenUp: boolean, wasSlow: boolean, isAnswered: boolean }} State */
/** @type {Map<RequestContext, State>} */
const underWay = new Map();
/** @type {NodeJS.Timeout | undefined} */
let looking;

/**
 * Runs a handler as this request.
 * @param {RequestContext} context
 * @param {() => unknown} handler
 * @param {() => void} giveUp called if the database kept it waiting for too long
 * @returns {() => void} to be called when it is answered
 */
export function runRequest(context, handler, giveUp) {
  /** @type {State} */
  const state = { giveUp, isGivenUp: false, wasSlow: false, isAnswered: false };
  underWay.set(context, state);
  looking ??= setInterval(look, LOOK_EVERY_MS).unref();
  requests.run(context, handler);
  return () => void (state.isAnswered = true);
}

function look() {
  const now = performance.now();
  for (const [context, state] of underWay) {
    if (state.isAnswered && context.calls.size === 0) underWay.delete(context);
    if (now - context.startedAt < GIVE_UP_AFTER_MS) continue;
    const slow = [...context.calls].filter(({ since }) => now - since > context.slowAfterMs);
    // Twice in a row: if this process itself was busy, the answer has arrived and only needs to be read.
    if (slow.length > 0 && state.wasSlow) {
      for (const call of slow) call.abort();
      if (!state.isAnswered) {
        context.hasDatabaseFailed = true;
        if (!state.isGivenUp) setTimeout(state.giveUp, ANSWER_AFTER_MS);
        state.isGivenUp = true;
      }
    }
    state.wasSlow = slow.length > 0;
  }
  if (underWay.size > 0) return;
  clearInterval(looking);
  looking = undefined;
}
