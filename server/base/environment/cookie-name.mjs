// @ts-check
// What our cookies are called, once: for the sign-in library and server/shell/http, which runs before any bundle.

/** Every cookie of ours begins so, after the prefix of browsers. */
const OURS = "with-care.";

/**
 * The name of a cookie of ours. Over https browsers keep a name with this prefix to this host, to https and to no one path,
 * so that no neighbouring host can plant one (RFC 6265bis, 4.1.3.2).
 * @param {string} name
 * @param {string} appUrl
 */
export function cookieName(name, appUrl) {
  return `${appUrl.startsWith("https://") ? "__Host-" : ""}${OURS}${name}`;
}

/** The library puts a dot and the name of its cookie behind it. @param {string} appUrl */
export function cookiePrefix(appUrl) {
  return cookieName("", appUrl).slice(0, -1);
}

/** @param {string} appUrl */
export function sessionCookie(appUrl) {
  return cookieName("session_token", appUrl);
}

/**
 * What a request brings as its session, without the seal: it proves nothing until the library has read it.
 * @param {string | null | undefined} header the cookies, as they came
 * @param {string} appUrl
 * @returns {string | null}
 */
export function readSessionToken(header, appUrl) {
  const wanted = `${sessionCookie(appUrl)}=`;
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length) ?? "";
  return /^[^;.\s]{1,200}/.exec(value)?.[0] ?? null;
}

/** Finds a cookie of ours in a text, to hide its value. */
export const COOKIE_PATTERN = /(with-care\.[\w.-]+=)[^;\s"\\]+/g;
