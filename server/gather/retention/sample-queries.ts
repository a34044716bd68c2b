import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { StartFailure } from "#server/base/start-failure.ts";
import { countAccess, wasLive } from "./sample-repository.ts";

/** How many invented people a database holds, and how many of their rows give access. */
export const findSamples = countAccess;

/**
 * Checks that a database suits the way people sign in to it: no invented people if an identity provider signs in real
 * ones, and no sign-in without a password if real people have worked in it.
 * @throws StartFailure that says what to do
 */
export async function checkSamples(prisma: PrismaClient, evaluation: boolean, now: Date): Promise<void> {
  if (!evaluation) {
    const { people, access } = await countAccess(prisma, now);
    if (people + access === 0) return;
    const found = [
      ...(people > 0 ? [`${people} invented ${people === 1 ? "person" : "people"} of an evaluation`] : []),
      ...(access > 0
        ? [`${access} ${access === 1 ? "session, token or link" : "sessions, tokens or links"} of such people`]
        : []),
    ];
    throw new StartFailure(
      `The database holds ${found.join(" and ")}, and with an identity provider only real people may be in it: run npm run people:remove-samples -- --check to see what goes, then npm run people:remove-samples, and start again.`,
    );
  }
  if (await wasLive(prisma))
    throw new StartFailure(
      "Real people have worked with this database, and in evaluation mode anybody could sign in to it as anybody: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET again, or give the evaluation a database of its own (another DATA_DIR or DATABASE_URL).",
    );
}
