import { cookieName } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";

const MINUTES = 10;

/** Holds which sign-in this browser began, so that nobody can be signed in with what another browser brought back. */
const nameNow = () => cookieName("sign-in", getEnv().appUrl);

/** @returns the state that this browser brings back; null where it brings none */
export function readStateCookie(cookies: { get(name: string): { value: string } | undefined }): string | null {
  return cookies.get(nameNow())?.value ?? null;
}

/** For a `set-cookie` header. @param state null: forget it */
export function stateCookie(state: string | null): string {
  const secure = getEnv().appUrl.startsWith("https://") ? "; Secure" : "";
  const age = state === null ? 0 : MINUTES * 60;
  return `${nameNow()}=${state ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
