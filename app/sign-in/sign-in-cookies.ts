import { cookieName } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";

const STATE_SECONDS = 10 * 60;
const SHARED_SECONDS = 365 * 24 * 60 * 60;

/**
 * Of the cookies around the sign-in, "sign-in.…" holds the state of one that this browser started, so that
 * nobody can be signed in with another browser's response: each tab has its own. "shared-device" holds that this device is
 * shared, and nothing about a person, so that every way to the sign-in keeps it so.
 */
type SignInCookie = `sign-in.${string}` | "shared-device";
/** More tabs than this do not wait at the sign-in at once: the oldest give way. */
const MOST_BEGUN = 8;
type SentCookies = { get(name: string): { value: string } | undefined };

const nameNow = (name: SignInCookie) => cookieName(name, getEnv().appUrl);

/** For a `set-cookie` header. @param seconds 0: delete it */
function cookieText(name: SignInCookie, value: string, seconds: number): string {
  const secure = getEnv().appUrl.startsWith("https://") ? "; Secure" : "";
  return `${nameNow(name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** The cookie of one sign-in: its name tells it from others that wait, its value is the whole state. */
const nameOf = (state: string) => `sign-in.${state.slice(0, 12)}` as const;

/** Whether this browser began the sign-in with this state. @param state as the answer says it */
export const hasBegun = (state: string, cookies: SentCookies): boolean =>
  state !== "" && cookies.get(nameNow(nameOf(state)))?.value === state;

/** For `set-cookie` headers: that this browser begins a sign-in. @param sent its cookies, the oldest first */
export function beginCookies(state: string, sent: readonly { name: string; value: string }[]): string[] {
  const begun = sent.filter(({ name, value }) => name === nameNow(nameOf(value)));
  const tooOld = begun.slice(0, Math.max(0, begun.length + 1 - MOST_BEGUN));
  return [...tooOld.map(({ value }) => endCookie(value)), cookieText(nameOf(state), state, STATE_SECONDS)];
}

/** For a `set-cookie` header: that a sign-in is over. */
export const endCookie = (state: string): string => cookieText(nameOf(state), "", 0);

/** Whether this device is shared. @param asked what the address says: "1" or "0"; anything else leaves it as it was */
export const isSharedDevice = (cookies: SentCookies, asked?: unknown): boolean =>
  asked === "1" || asked === "0" ? asked === "1" : cookies.get(nameNow("shared-device"))?.value === "1";

/** Keeps in the browser whether its device is shared, where it is not kept so already. @param cookies of the request */
export function keepShared(response: Response, cookies: SentCookies, isShared: boolean): Response {
  if (isShared === isSharedDevice(cookies)) return response;
  const text = cookieText("shared-device", isShared ? "1" : "", isShared ? SHARED_SECONDS : 0);
  response.headers.append("set-cookie", text);
  return response;
}
