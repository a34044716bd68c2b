import type { BetterAuthPlugin } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { z } from "zod";
import { sharedSession } from "#domain/access/identity/shared-device.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { cookiePrefix } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { findPerson } from "./repository.ts";
import { sampleSignIn } from "./sample-sign-in.ts";

export interface AuthOptions {
  prisma: PrismaClient;
  secret: string;
  appUrl: string;
  evaluation: boolean;
  bodies: readonly string[];
  /** How long a session lasts at most, even if it is in use. */
  sessionHours: number;
}

/**
 * The sign-in library over our own tables. Its HTTP routes are not mounted: only services call it, so that its other
 * features cannot be reached.
 */
export const createAuth = ({ prisma, secret, appUrl, evaluation, bodies, sessionHours }: AuthOptions) =>
  betterAuth({
    appName: "With Care",
    baseURL: appUrl,
    secret,
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    user: { modelName: "person" },
    account: { fields: { userId: "personId" } },
    session: {
      fields: { userId: "personId" },
      expiresIn: sessionHours * 60 * 60,
      additionalFields: {
        seenAt: { type: "date", required: false, input: false },
        provedAt: { type: "date", required: false, input: false },
        isShared: { type: "boolean", required: false, input: false },
        accountId: { type: "string", required: false, input: false },
      },
      disableSessionRefresh: true,
    },
    emailAndPassword: { enabled: false },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: "error" },
    advanced: {
      cookiePrefix: cookiePrefix(appUrl),
      useSecureCookies: false, // it would prefix the name with __Secure-
      defaultCookieAttributes: { secure: appUrl.startsWith("https://") },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      sampleSignIn({ evaluation, bodies, findPerson: (id) => findPerson(prisma, id) }),
      personSignIn(),
      nextCookies(), // has to come last
    ],
  });

export type Auth = ReturnType<typeof createAuth>;

let auth: Auth | undefined;

/** The sign-in library, with the database and settings of this process. */
export function getAuth(): Auth {
  const env = getEnv();
  auth ??= createAuth({ ...env, prisma: getDatabase(), secret: readAuthSecret(env) });
  return auth;
}

/**
 * Starts a session for somebody confirmed by the identity provider. The library's routes are not mounted, so that only
 * the service that asked the provider can call this.
 */
const personSignIn = () =>
  ({
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
  }) satisfies BetterAuthPlugin;
