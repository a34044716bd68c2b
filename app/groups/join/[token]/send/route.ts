import { readForm, seeOther } from "#app/_portal/receive-form.ts";
import { answerInvitation, getInvitation } from "#server/registers/group/join-service.ts";

type Context = { params: Promise<{ token: string }> };

/** Takes the answer of somebody outside the directory, which uses up the link. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  if (!(await getInvitation(token)))
    return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const form = await readForm(request);
  const answer = typeof form === "string" ? "" : form.text("answer");
  const page = `/groups/join/${encodeURIComponent(token)}`;
  if (answer !== "agree" && answer !== "refuse") return seeOther(page);
  return seeOther((await answerInvitation(token, answer)) ? `/groups/join/done?answer=${answer}` : page);
}

export const GET = async (_: Request, { params }: Context): Promise<Response> =>
  seeOther(`/groups/join/${encodeURIComponent((await params).token)}`);
