// @ts-check
// Which addresses have rules of their own before Next sees a request: one table for each rule.

/** @typedef {keyof import("../../server/environment.mjs").Limits} LimitKind */

const MEGABYTE = 1_000_000;
const USUAL_MOST_BYTES = MEGABYTE;

/** Addresses that take more than a form does, with what a request has to bring besides. @type {[RegExp, number, "session" | "token"][]} */
const LARGE_BODIES = [
  [/^\/admin\/people\/import(\/|$)/, 41 * MEGABYTE, "session"],
  [/^\/api\/people\/import$/, 41 * MEGABYTE, "token"],
];

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

/**
 * The most bytes that a request to this address may bring.
 * @param {string} path
 * @param {{ session: boolean, token: boolean }} brings
 */
export function mostBytes(path, brings) {
  const large = LARGE_BODIES.find(([pattern, , needs]) => brings[needs] && pattern.test(path));
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
