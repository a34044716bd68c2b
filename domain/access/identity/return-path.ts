/** Where a person goes after signing in: back to where they were going, and never off this site. */

const BASE = "http://portal.invalid";

/**
 * Path and query of this site, or "/" for anything else: another origin in whatever disguise, control characters,
 * the sign-in page itself.
 */
export function safeReturnPath(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > 2000) return "/";
  // Browsers read a backslash as a slash and drop tabs and line ends, so that "/\t/evil" would be another site.
  if (!asked.startsWith("/") || asked.startsWith("//") || /[\\\u0000-\u001f\u007f]/.test(asked)) return "/";
  if (!URL.canParse(asked, BASE)) return "/";
  const url = new URL(asked, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return "/";
  if (/^\/sign-(in|out)(\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}

/** Address of the sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  const returnTo = safeReturnPath(path);
  return returnTo === "/" ? "/sign-in" : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`;
}

/** Address of the page where somebody who is signed in signs in again, and that leads back to `path`. */
export const signInAgainPath = (path: string) => `/sign-in/again?returnTo=${encodeURIComponent(safeReturnPath(path))}`;
