import { cookieName } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";

const STATE_SECONDS = 10 * 60;
const SHARED_SECONDS = 365 * 24 * 60 * 60;

/**
 * Of the two cookies around the sign-in, "sign-in" holds which one this browser started, so that nobody can be signed in
 * with another browser's response; "shared-device" holds that this device is shared, and nothing about a person, so that
 * every way to the sign-in keeps it so.
 */
type SignInCookie = "sign-in" | "shared-device";
type SentCookies = { get(name: string): { value: string } | undefined };

const nameNow = (name: SignInCookie) => cookieName(name, getEnv().appUrl);

/** For a `set-cookie` header. @param seconds 0: delete it */
function cookieText(name: SignInCookie, value: string, seconds: number): string {
  const secure = getEnv().appUrl.startsWith("https://") ? "; Secure" : "";
  return `${nameNow(name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** @returns the state that this browser sends; null if none */
export function readStateCookie(cookies: SentCookies): string | null {
  return cookies.get(nameNow("sign-in"))?.value ?? null;
}

/** For a `set-cookie` header. @param state null: delete it */
export function stateCookie(state: string | null): string {
  return cookieText("sign-in", state ?? "", state === null ? 0 : STATE_SECONDS);
}

/** Whether this device is shared. @param asked what the address says: "1" or "0"; anything else leaves it as it was */
export function isSharedDevice(cookies: SentCookies, asked?: unknown): boolean {
  if (asked === "1" || asked === "0") return asked === "1";
  return cookies.get(nameNow("shared-device"))?.value === "1";
}

/** Keeps in the browser whether its device is shared, where it is not kept so already. @param cookies of the request */
export function keepShared(response: Response, cookies: SentCookies, isShared: boolean): Response {
  if (isShared === isSharedDevice(cookies)) return response;
  const text = cookieText("shared-device", isShared ? "1" : "", isShared ? SHARED_SECONDS : 0);
  response.headers.append("set-cookie", text);
  return response;
}
