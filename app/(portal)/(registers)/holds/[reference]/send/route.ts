import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { confirmHold, endHold, extendHold, remindOfHold } from "#server/registers/hold/service.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes what somebody does with a hold: the confirmation of those whom it concerns, and what officers do. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = pathOf(reference);
  return receiveForm(request, path, async (actor, form) => {
    const known = parseReference("HLD", reference) ?? "";
    switch (form.text("do")) {
      case "confirm":
        return (await confirmHold(actor, known)).code === "confirmed" ? { to: path } : null;
      case "extend":
        return extend(actor, known, form, path);
      case "remind":
        return remind(actor, known, path);
      case "end":
        return end(actor, known, form, path);
      default:
        return null;
    }
  });
}

async function extend(actor: Actor, reference: string, form: FormValues, path: string): Promise<FormResult> {
  const targets = { groups: form.all("groups"), people: form.text("people") };
  const result = await extendHold(actor, reference, targets);
  switch (result.code) {
    case "extended":
      return { to: path };
    case "too-late":
      return { problems: [{ field: "", message: "The hold has ended meanwhile. Nobody was added. Place a new one." }] };
    case "invalid":
      return { problems: result.problems };
    case "not-found":
      return null;
  }
}

async function remind(actor: Actor, reference: string, path: string): Promise<FormResult> {
  const result = await remindOfHold(actor, reference);
  if (result.code === "not-found") return null;
  if (result.code === "reminded") return { to: path };
  const message = "Nobody was reminded: they were told today already, or everybody has confirmed.";
  return { problems: [{ field: "", message }] };
}

async function end(actor: Actor, reference: string, form: FormValues, path: string): Promise<FormResult> {
  const result = await endHold(actor, reference, form.text("endReason"));
  switch (result.code) {
    case "ended":
      return { to: path };
    case "too-late":
      return { problems: [{ field: "", message: `${result.by} has ended it already. Your reason was not recorded.` }] };
    case "invalid":
      return { problems: result.problems };
    case "not-found":
      return null;
  }
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(pathOf((await params).reference));
}

function pathOf(reference: string): string {
  return `/holds/${parseReference("HLD", reference) ?? encodeURIComponent(reference)}`;
}
