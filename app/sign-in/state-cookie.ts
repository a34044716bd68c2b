import { cookieName } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";

const MINUTES = 10;

/** Holds which sign-in this browser started, so that nobody can be signed in with another browser's response. */
const nameNow = () => cookieName("sign-in", getEnv().appUrl);

/** @returns the state that this browser sends; null if none */
export function readStateCookie(cookies: { get(name: string): { value: string } | undefined }): string | null {
  return cookies.get(nameNow())?.value ?? null;
}

/** For a `set-cookie` header. @param state null: delete it */
export function stateCookie(state: string | null): string {
  const secure = getEnv().appUrl.startsWith("https://") ? "; Secure" : "";
  const age = state === null ? 0 : MINUTES * 60;
  return `${nameNow()}=${state ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
