import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { getPersonPage } from "#server/people/directory/admin-queries.ts";
import { changeDetails } from "#server/people/directory/detail-service.ts";
import { readDetails } from "#app/(portal)/(people)/admin/people/read-details.ts";

type Context = { params: Promise<{ person: string }> };

/** Takes what the directory is to say of a person. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { person } = await params;
  return receiveForm(request, `${pathOf(person)}/details`, async (actor, form) => {
    const page = await getPersonPage(actor, person);
    if (!page) return null;
    const read = readDetails(form);
    if ("problems" in read) return read;
    const employer = read.typed.employer || page.person.employer;
    const result = await changeDetails(actor, person, { ...read.typed, employer });
    if (result.code === "invalid") return { problems: result.problems };
    return result.code === "done" ? { to: `${pathOf(person)}?done=details` } : null;
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`${pathOf((await params).person)}/details`);
}

function pathOf(person: string): string {
  return `/admin/people/${encodeURIComponent(person)}`;
}
