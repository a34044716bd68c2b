import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { changeTeam } from "#server/people/directory/detail-service.ts";

type Context = { params: Promise<{ team: string }> };

/** Takes a team's name and manager. Fields: `name`, `manager`, an e-mail address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { team } = await params;
  return receiveForm(request, pathOf(team), async (actor, form) => {
    const result = await changeTeam(actor, team, { name: form.text("name"), manager: form.text("manager") });
    if (result.code === "invalid") return { problems: result.problems };
    return result.code === "done" ? { to: `${pathOf(team)}?done=1` } : null;
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).team));
}

function pathOf(team: string): string {
  return `/admin/people/teams/${encodeURIComponent(team)}`;
}
