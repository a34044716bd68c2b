/** Addresses that ask for no sign-in; programs' addresses answer 401 themselves. */

const OPEN_PATHS = [
  "/sign-in",
  "/sign-out/done",
  "/accessibility-statement",
  "/privacy",
  "/not-found",
  "/problem",
  "/api",
  "/scim",
  "/.well-known",
  "/groups/join",
  "/tasks/feed", // by a secret address
];
/** What Next serves from `public/` and from icon files beside the pages. */
const PUBLIC_FILE = /^\/(favicon|icon|apple-touch-icon|robots|manifest|offline)[\w-]*(\.[a-z0-9]+)?$/;

export function isOpenPath(pathname: string): boolean {
  return PUBLIC_FILE.test(pathname) || OPEN_PATHS.some((open) => pathname === open || pathname.startsWith(`${open}/`));
}
