import { getEnv } from "#server/env.ts";

/** Holds which sign-in this browser began, so that nobody can be signed in with what another browser brought back. */
export const STATE_COOKIE = "with-care.sign-in";
const MINUTES = 10;

/** For a `set-cookie` header. @param state null: forget it */
export function stateCookie(state: string | null): string {
  const secure = getEnv().appUrl.startsWith("https://") ? "; Secure" : "";
  const age = state === null ? 0 : MINUTES * 60;
  return `${STATE_COOKIE}=${state ?? ""}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
