import "server-only";
import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { sharedSession } from "#domain/access/identity/shared-device.ts";
import { clock } from "#server/base/clock.ts";

/**
 * Starts a session for somebody confirmed by the identity provider. The library's routes are not mounted, so that only
 * the service that asked the provider can call this.
 */
export function personSignIn() {
  return {
    id: "person-sign-in",
    endpoints: {
      signInAsPerson: createAuthEndpoint(
        "/sign-in/person",
        {
          method: "POST",
          body: z.object({
            personId: z.string(),
            accountId: z.string(),
            provedAt: z.date(),
            isShared: z.boolean().default(false),
          }),
        },
        async (ctx) => {
          const { personId, accountId, provedAt, isShared } = ctx.body;
          const user = await ctx.context.internalAdapter.findUserById(personId);
          if (!user) throw new Error("Nobody has this id.");
          const session = await ctx.context.internalAdapter.createSession(
            user.id,
            false,
            { accountId, provedAt, ...(isShared && sharedSession(clock.now())) },
            true,
          );
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ personId: user.id });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
