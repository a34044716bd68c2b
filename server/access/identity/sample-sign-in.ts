import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { sharedSession } from "#domain/access/identity/shared-device.ts";
import { clock } from "#server/base/clock.ts";

import type { PersonRecord } from "./repository.ts";

export const SIGN_IN_REFUSALS = ["left", "unknown", "not-evaluation"] as const;
export type SignInRefusal = (typeof SIGN_IN_REFUSALS)[number];

export interface SampleSignInOptions {
  evaluation: boolean;
  bodies: readonly string[];
  findPerson(id: string): Promise<PersonRecord | null>;
}

/**
 * Signs in as a sample person, without any proof: only in evaluation mode, only for a body that is served, never as a
 * leaver. A refusal is an APIError whose `body.code` is a SignInRefusal.
 */
export const sampleSignIn = ({ evaluation, bodies, findPerson }: SampleSignInOptions) =>
  ({
    id: "sample-sign-in",
    endpoints: {
      signInAsSamplePerson: createAuthEndpoint(
        "/sign-in/sample-person",
        { method: "POST", body: z.object({ personId: z.string(), isShared: z.boolean().default(false) }) },
        async (ctx) => {
          const refuse = (code: SignInRefusal) => new APIError("FORBIDDEN", { code, message: code });
          if (!evaluation) throw refuse("not-evaluation");
          const person = await findPerson(ctx.body.personId);
          if (!person?.isSample || !bodies.includes(person.body)) throw refuse("unknown");
          if (person.status === "left") throw refuse("left");
          const user = await ctx.context.internalAdapter.findUserById(person.id);
          if (!user) throw refuse("unknown");
          const session = await ctx.context.internalAdapter.createSession(
            user.id,
            false,
            ctx.body.isShared ? sharedSession(clock.now()) : {},
            true,
          );
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ personId: person.id });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
