import "server-only";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";

/**
 * Tells the token of the session cookie, once the library has checked its seal. Its own look-up of a session asks for
 * session and person one after the other, and for half of what we need of the person.
 */
export function sessionToken() {
  return {
    id: "session-token",
    endpoints: {
      readSessionToken: createAuthEndpoint("/session-token", { method: "GET", requireHeaders: true }, async (ctx) => {
        const { authCookies, secret } = ctx.context;
        const token = await ctx.getSignedCookie(authCookies.sessionToken.name, secret);
        return ctx.json({ token: token || null });
      }),
    },
  } satisfies BetterAuthPlugin;
}
