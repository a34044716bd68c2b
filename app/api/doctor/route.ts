import { answerJsonCommand } from "#app/_api/command.ts";
import { examineForCommand } from "#server/shell/health/examine-queries.ts";

/** For `npm run doctor` beside a running portal. */
export async function POST(request: Request): Promise<Response> {
  return answerJsonCommand(request, { most: 1_000, shape: "{}" }, examineForCommand);
}
