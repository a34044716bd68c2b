import { answerJsonCommand } from "#app/_api/command.ts";
import { verifyForCommand } from "#server/evidence/journal/queries.ts";

/** For `npm run evidence:verify` beside a running portal. */
export async function POST(request: Request): Promise<Response> {
  const expected = { most: 200_000, shape: "{ known: [{ body, position, hash }] }" };
  return answerJsonCommand(request, expected, async (token, sent) => {
    const chains = await verifyForCommand(token, sent);
    return typeof chains === "string" ? chains : { chains };
  });
}
