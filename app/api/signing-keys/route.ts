import { answerJsonCommand } from "#app/_api/command.ts";
import { carryOutAskedKeyCommand } from "#server/evidence/signing-key/command-service.ts";

/** For `keys:rotate` and `keys:revoke` beside a running portal. */
export async function POST(request: Request): Promise<Response> {
  const expected = { most: 1000, shape: "{ what, … } as scripts/key-command.ts does" };
  return answerJsonCommand(request, expected, carryOutAskedKeyCommand);
}
