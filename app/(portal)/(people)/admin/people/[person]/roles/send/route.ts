import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { ROLES } from "#domain/access/permission/role.ts";
import { changeRoles } from "#server/people/directory/service.ts";

type Context = { params: Promise<{ person: string }> };

/** Takes which roles a person is to have. Field: `roles`, once for each. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { person } = await params;
  return receiveForm(request, `${pathOf(person)}/roles`, async (actor, form) => {
    const roles = ROLES.filter((role) => form.all("roles").includes(role));
    const result = await changeRoles(actor, person, roles);
    // The page has no boxes for one's own roles.
    const field = person === actor.personId ? "" : "roles";
    if (result.code === "refused") return { problems: [{ field, message: result.message }] };
    return result.code === "done" ? { to: `${pathOf(person)}?done=roles` } : null;
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`${pathOf((await params).person)}/roles`);
}

function pathOf(person: string): string {
  return `/admin/people/${encodeURIComponent(person)}`;
}
