import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/actor.ts";
import type { FormValues } from "#domain/form/form-values.ts";
import { getPersonToManage } from "#server/directory/queries.ts";
import { markLeft, markMoved, markReturned } from "#server/directory/service.ts";

type Context = { params: Promise<{ person: string }> };

/** Takes what an administrator says of a person. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { person } = await params;
  return receiveForm(request, pathOf(person), (actor, form) => save(actor, person, form));
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).person));
}

async function save(actor: Actor, person: string, form: FormValues): Promise<FormResult> {
  const result = await carryOut(actor, person, form);
  if (!result)
    return (await getPersonToManage(actor, person))
      ? { problems: [{ field: "what", message: "Choose what changed." }] }
      : null;
  switch (result.code) {
    case "done":
      return { to: `${pathOf(person)}?done=1` };
    case "refused":
      return { problems: [{ field: "", message: result.message }] };
    case "not-found":
      return null;
  }
}

async function carryOut(actor: Actor, person: string, form: FormValues) {
  switch (form.text("what")) {
    case "left":
      return markLeft(actor, person);
    case "moved":
      return markMoved(actor, person, form.text("team") || null);
    case "returned":
      return markReturned(actor, person);
    default:
      return null;
  }
}

function pathOf(person: string): string {
  return `/admin/people/${encodeURIComponent(person)}`;
}
