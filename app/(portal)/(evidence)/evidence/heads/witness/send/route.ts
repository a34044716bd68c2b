import { receiveFile } from "#app/_portal/receive-file.ts";
import { seeOther } from "#app/_portal/receive-form.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { receiveWitness } from "#server/evidence/head/service.ts";

const PATH = "/evidence/heads";

/** Takes what a witness signed about a head. */
export async function POST(request: Request): Promise<Response> {
  const may = (actor: Actor) => can(actor, "evidence.export", actor);
  return receiveFile(request, PATH, may, async (actor, { bytes }) => {
    const result = await receiveWitness(actor, bytes);
    if (result.code === "not-found") return null;
    if (result.code === "invalid") return { problem: result.problem };
    return `${PATH}?kept-witness=${result.code === "known" ? "known" : result.isOurs ? "1" : "alarm"}`;
  });
}

export const GET = (): Response => seeOther(PATH);
