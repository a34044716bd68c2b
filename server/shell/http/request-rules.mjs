// @ts-check
// Which paths have rules of their own before Next sees a request: one table for each rule.

/** @typedef {keyof import("../../base/environment/environment.mjs").Limits} LimitKind */

const MEGABYTE = 1_000_000;
/** The limit for any request. */
export const USUAL_MOST_BYTES = MEGABYTE;

/**
 * Paths that accept more than a form needs, and from whom: a permission, or a command's token for the purpose.
 * @type {{ path: RegExp, bytes: number, from: import("../../access/identity/visitor.ts").LargeBodySender }[]}
 */
const LARGE_BODIES = [
  { path: /^\/admin\/people\/import\/send$/, bytes: 41 * MEGABYTE, from: { action: "person.manage" } },
  { path: /^\/api\/people\/import$/, bytes: 41 * MEGABYTE, from: { command: "people-import" } },
];

/** Requests that may take the database a long time: whole lists, whole copies, whole chains. */
const LONG_WORK =
  /^\/admin\/(people\/import(\/|$)|health$)|^\/api\/(people\/import|backup|evidence\/verify|doctor)$|^\/evidence\/(export|verify)(\/|$)|^\/me\/data(\/|$)/;
const CALL_IS_SLOW_MS = 900;
const LONG_CALL_IS_SLOW_MS = 60_000;

/** The first match counts. @type {{ kind: LimitKind, path: RegExp, method?: string, needs?: string }[]} */
const LIMITED = [
  { kind: "signIn", path: /^\/sign-in\/(send|start|callback)$/ },
  { kind: "scim", path: /^\/scim(\/|$)/ },
  { kind: "embed", path: /^\/embed\// },
  { kind: "api", path: /^\/api\/(?!health(\/|$)|metrics$)|^\/mcp(\/|$)/ },
  { kind: "search", path: /^\/search$/, needs: "q" },
  { kind: "search", path: /^\/check$/, needs: "say" },
  { kind: "search", path: /^\/(drafts\/.*|policies\/merge\/)send$/, method: "POST" },
  { kind: "search", path: /^\/policies\/merge$/, needs: "policy" },
  { kind: "export", path: /\.(csv|dmn|ics|zip)$|^\/(?!_next\/|icon\.svg$).*\.(svg|json)$/ },
  { kind: "export", path: /\/(evidence|foi-pack|export|person-search)\/send$|^\/me\/data$/, method: "POST" },
  { kind: "export", path: /^\/me\/data(\/zip)?$|^\/admin\/health$/ },
];

/**
 * Paths for programs: they need a token, and cookies are ignored, so that no other site can make a browser use them.
 */
export const forProgram = (/** @type {string} */ path) => /^\/(api|scim|mcp)(\/|$)/.test(path);

/** The pages that are also there as Markdown, with ".md" at the end. */
const WITH_TEXT =
  /^\/(matrix|policies\/(?!compare$|merge$|reviews\.ics$)[^/]+(\/(versions|clauses)\/[^/]+)?)(?<!\.md)$/;

/** The address of a page as Markdown, or null. @param {string} path */
export const textAddressOf = (path) => (WITH_TEXT.test(path) ? `${path}.md` : null);

/**
 * A path as Next is given it. It would redirect a slash at the end or two in a row, and an identity provider does not
 * follow. A page's Markdown has a route of its own, to which also the page's address leads for whoever prefers it.
 * @param {string} path
 * @param {string} [accept] the header
 */
export function routedPath(path, accept = "") {
  if (/^\/scim\//.test(path)) return path.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  const wanted = qualityOf(accept, "text/markdown");
  const isText = wanted > 0 && wanted >= qualityOf(accept, "text/html", "text/*", "*/*");
  return ((isText && textAddressOf(path)) || path).replace(/^(\/policies\/(?!.*\/text\.md$).+)\.md$/, "$1/text.md");
}

/**
 * How much a type is preferred, as RFC 9110, 12.5.1 writes it; 0 if it is not named.
 * @param {string} accept
 * @param {string[]} names the type, and the ranges that it is in
 */
function qualityOf(accept, ...names) {
  const all = accept.split(",").map((one) => /^\s*([^\s;]+)(.*)$/.exec(one)?.slice(1) ?? []);
  const [, parameters] = names.map((name) => all.find(([one]) => one?.toLowerCase() === name)).find(Boolean) ?? [];
  return parameters === undefined ? 0 : Number(/;\s*q=([\d.]+)/i.exec(parameters)?.[1] ?? 1);
}

/** What the intranet of a body shows in a frame: nobody is asked who they are there. */
export const isEmbedded = (/** @type {string} */ path) => /^\/embed(\/|$)/.test(path);

/** They report the portal's state, each in its own format. */
export const aboutHealth = (/** @type {string} */ path) => /^\/api\/(health(\/|$)|metrics$)/.test(path);

/** For commands run beside the portal, which reach it where it listens (scripts/running-portal.ts). */
export const fromCommand = (/** @type {string} */ path) =>
  /^\/api\/(people\/import|backup|evidence\/verify|doctor|policies\/publish|signing-keys)$/.test(path);

/** After how many milliseconds a call of the database counts as slow. @param {string} path */
export const callIsSlowAfter = (path) => (LONG_WORK.test(path) ? LONG_CALL_IS_SLOW_MS : CALL_IS_SLOW_MS);

/** How much more than usual a request to this address may bring, and from whom; null where nobody may. @param {string} path */
export const largeBodyOf = (path) => LARGE_BODIES.find((one) => one.path.test(path)) ?? null;

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

/** These paths contain a secret: whoever reads the log must not be able to use it. */
const SECRET_PATHS = /^(\/tasks\/feed\/|\/groups\/join\/|\/decisions\/shared\/)[^/]+/;

/** The path as the log has it. @param {string} path */
export const pathForLog = (path) => path.replace(SECRET_PATHS, "$1…").slice(0, 300);

/** Public pages; paths for programs answer 401 themselves, and a feed has a secret address. */
const OPEN_PATHS =
  /^\/(sign-in|sign-out\/done|accessibility-statement|privacy|not-found|problem|look|api|scim|mcp|\.well-known|groups\/join|tasks\/feed|embed|_next)(\/|$)/;
/** What Next serves from `public/` and from icon files beside the pages. */
const PUBLIC_FILE =
  /^\/((favicon|icon|apple-touch-icon|robots|manifest)[\w-]*(\.[a-z0-9]+)?|(offline-worker|embed)\.js)$/;

/** Whether an address asks for no sign-in. @param {string} path */
export const isOpenPath = (path) => PUBLIC_FILE.test(path) || OPEN_PATHS.test(path);

/** The pages that run a script, one island each (app/_island); all others send none. */
const SCRIPTED = ["/matrix", "/search", "/board", "/figures", "/offline"];
const SCRIPTED_WITH_NAME =
  /^\/(acknowledgements\/(?!register\.csv$)[^/]+|drafts\/[^/]+\/[^/]+\/[^/]+|policies\/[^/]+\/(poster|card)|exceptions\/[^/]+\/permit|requests\/[^/]+\/report|incidents\/[^/]+\/report|embed\/[^/]+\/[^/]+\/(matrix|check))$/;

/** @param {string} path */
export const isScripted = (path) => SCRIPTED.includes(path) || SCRIPTED_WITH_NAME.test(path);

/** The one page that may register a worker, which keeps it for when there is no connection. @param {string} path */
export const mayRegisterWorker = (path) => path === "/offline";

/**
 * Pages that a browser may prefetch when the pointer moves towards a link: main places and the policies. Not pages that
 * record being read, nor files, nor signing in or out.
 */
export const SPECULATION_RULES = {
  prefetch: [
    {
      where: {
        and: [
          {
            href_matches: [
              "/",
              "/check",
              "/check?*",
              "/policies",
              "/policies/*",
              "/matrix",
              "/matrix?*",
              "/tasks",
              "/exceptions",
              "/groups",
            ],
          },
          {
            not: {
              href_matches: [
                "/policies/*/ask*",
                "/policies/*/acknowledge*",
                "/*.csv*",
                "/*.json*",
                "/*.dmn*",
                "/*.ics*",
              ],
            },
          },
          { not: { selector_matches: "[download], [target], #matrix-island a" } },
        ],
      },
      eagerness: "moderate",
    },
  ],
};
