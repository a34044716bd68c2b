import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { ROLES } from "#domain/access/permission/role.ts";
import { listDirectoryTeams, listEmployers } from "#server/people/directory/admin-queries.ts";
import { addByHand } from "#server/people/directory/detail-service.ts";
import { readDetails } from "#app/(portal)/(people)/admin/people/read-details.ts";

const PATH = "/admin/people/new";

/** Takes somebody who is new. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, PATH, async (actor, form) => {
    if (!(await listDirectoryTeams(actor))) return null;
    const read = readDetails(form);
    if ("problems" in read) return read;
    const employer = read.typed.employer || ((await listEmployers(actor))[0] ?? "");
    const roles = ROLES.filter((role) => form.all("roles").includes(role));
    const result = await addByHand(actor, { ...read.typed, employer }, roles);
    if (result.code === "invalid") return { problems: result.problems };
    return result.code === "done" ? { to: `/admin/people/${result.personId}?done=added` } : null;
  });
}

export function GET(): Response {
  return seeOther(PATH);
}
