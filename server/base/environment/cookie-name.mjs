// @ts-check
// The names of our cookies, defined once: for the sign-in library and server/shell/http, which runs before any bundle.

/** Our cookie names all begin with this, after the browsers' prefix. */
const OURS = "with-care.";

/**
 * The name of one of our cookies. Over https, browsers tie names with this prefix to this host, https and path /, so
 * that no neighbouring host can plant one (RFC 6265bis, 4.1.3.2).
 * @param {string} name
 * @param {string} appUrl
 */
export const cookieName = (name, appUrl) => `${appUrl.startsWith("https://") ? "__Host-" : ""}${OURS}${name}`;

/** The library puts a dot and the name of its cookie behind it. @param {string} appUrl */
export const cookiePrefix = (appUrl) => cookieName("", appUrl).slice(0, -1);

/** @param {string} appUrl */
export const sessionCookie = (appUrl) => cookieName("session_token", appUrl);

/**
 * The session cookie of a request, without its signature: it proves nothing until the library has verified it.
 * @param {string | null | undefined} header the cookies as received
 * @param {string} appUrl
 * @returns {string | null}
 */
export function readSessionToken(header, appUrl) {
  const wanted = `${sessionCookie(appUrl)}=`;
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length) ?? "";
  return /^[^;.\s]{1,200}/.exec(value)?.[0] ?? null;
}

/** Finds our cookies in a text, to hide their values. */
export const COOKIE_PATTERN = /(with-care\.[\w.-]+=)[^;\s"\\]+/g;
