// @ts-check
// Which addresses have rules of their own before Next sees a request: one table for each rule.

/** @typedef {keyof import("../../server/environment.mjs").Limits} LimitKind */

const MEGABYTE = 1_000_000;
const USUAL_MOST_BYTES = MEGABYTE;

/** Addresses that take more than a form does; only from somebody who shows a session or a token. @type {[RegExp, number][]} */
const LARGE_BODIES = [[/^(\/admin\/people\/import|\/api\/people\/import)(\/|$)/, 41 * MEGABYTE]];

/** What may ask the database for long: whole lists, whole copies, whole chains. */
const LONG_WORK =
  /^\/admin\/people\/import(\/|$)|^\/api\/(people\/import|backup|evidence\/verify)$|^\/evidence\/(export|verify)(\/|$)|^\/me\/data(\/|$)/;
const CALL_IS_SLOW_MS = 900;
const LONG_CALL_IS_SLOW_MS = 60_000;

/** The first that fits counts. @type {{ kind: LimitKind, path: RegExp, method?: string, needs?: string }[]} */
const LIMITED = [
  { kind: "signIn", path: /^\/sign-in\/(send|start|callback)$/ },
  { kind: "scim", path: /^\/scim(\/|$)/ },
  { kind: "api", path: /^\/api\/(?!health(\/|$)|metrics$)/ },
  { kind: "search", path: /^\/search$/, needs: "q" },
  { kind: "export", path: /\.(csv|dmn|ics|zip)$|^\/(?!_next\/|icon\.svg$).*\.(svg|json)$/ },
  { kind: "export", path: /\/(foi-pack|export)\/send$|^\/me\/data$/, method: "POST" },
  { kind: "export", path: /^\/me\/data$/ },
];

/** Addresses of programs: a token lets in, and no cookie counts, so that no other site can make a browser use them. */
export const forProgram = (/** @type {string} */ path) => /^\/(api|scim)(\/|$)/.test(path);

/** They say how the portal is, each in its own words. */
export const aboutHealth = (/** @type {string} */ path) => /^\/api\/(health(\/|$)|metrics$)/.test(path);

/** After how many milliseconds a call of the database counts as slow. @param {string} path */
export const callIsSlowAfter = (path) => (LONG_WORK.test(path) ? LONG_CALL_IS_SLOW_MS : CALL_IS_SLOW_MS);

/**
 * The most bytes that a request to this address may bring.
 * @param {string} path
 * @param {boolean} isKnown whether it comes with a session or a token, whatever that is worth
 */
export function mostBytes(path, isKnown) {
  const large = isKnown ? LARGE_BODIES.find(([pattern]) => pattern.test(path)) : undefined;
  return large?.[1] ?? USUAL_MOST_BYTES;
}

/**
 * Which limit a request counts towards, or null.
 * @param {string} method
 * @param {URL} url
 * @returns {LimitKind | null}
 */
export function limitOf(method, { pathname, searchParams }) {
  const found = LIMITED.find(
    ({ path, method: only, needs }) =>
      path.test(pathname) && (!only || only === method) && (!needs || searchParams.has(needs)),
  );
  return found?.kind ?? null;
}

/** A secret stands in these addresses: whoever reads the log must not be able to use it. */
const SECRET_PATHS = /^(\/tasks\/feed\/|\/groups\/join\/)[^/]+/;

/** The path as the log has it. @param {string} path */
export function pathForLog(path) {
  return path.replace(SECRET_PATHS, "$1…").slice(0, 300);
}
