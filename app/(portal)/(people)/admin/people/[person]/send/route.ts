import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { getPersonPage, listDirectoryTeams } from "#server/people/directory/admin-queries.ts";
import {
  endPersonSessions,
  markLeft,
  markMoved,
  markReturned,
  type PersonResult,
} from "#server/people/directory/service.ts";

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
  const what = form.text("what");
  const result = await carryOut(actor, person, form);
  if (!result)
    return (await getPersonPage(actor, person))
      ? { problems: [{ field: "what", message: "Choose what changed." }] }
      : null;
  switch (result.code) {
    case "done":
      return { to: `${pathOf(person)}?done=${what === "end" ? "sessions" : "groups"}` };
    case "refused":
      return { problems: [{ field: result.field, message: result.message }] };
    case "not-found":
      return null;
  }
}

async function carryOut(actor: Actor, person: string, form: FormValues): Promise<PersonResult | null> {
  switch (form.text("what")) {
    case "left":
      return markLeft(actor, person);
    case "moved":
      return move(actor, person, form.text("team"));
    case "returned":
      return markReturned(actor, person);
    case "end":
      return endPersonSessions(actor, person, form.text("session"));
    default:
      return null;
  }
}

async function move(actor: Actor, person: string, typed: string): Promise<PersonResult> {
  const teams = (await listDirectoryTeams(actor)) ?? [];
  const team = teams.find(({ name }) => nameKey(name) === nameKey(typed));
  if (typed === "" || team || !(await getPersonPage(actor, person))) return markMoved(actor, person, team?.id ?? null);
  return {
    code: "refused",
    field: "team",
    message: `There is no team “${typed}”. Make it by changing what the directory says of them.`,
  };
}

function pathOf(person: string): string {
  return `/admin/people/${encodeURIComponent(person)}`;
}
