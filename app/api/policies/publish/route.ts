import { answerJsonCommand } from "#app/_api/command.ts";
import { publishByAskedCommand } from "#server/policy/proposal/command-service.ts";

/** For `policy:publish` beside a running portal, where the body asks for signatures. */
export async function POST(request: Request): Promise<Response> {
  const expected = { most: 1000, shape: "{ slug, version, hash } as scripts/publish-signed.ts does" };
  return answerJsonCommand(request, expected, publishByAskedCommand);
}
