import type { Actor } from "#domain/access/permission/actor.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { isCasePart } from "#domain/registers/incident/case.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import { addAction, completeAction, recordPart, type CaseResult } from "#server/registers/incident/case-service.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes what is recorded of a case: one of its parts, an action, or that an action is done. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = formPath(reference);
  return receiveForm(request, path, async (actor, form) => {
    const what = form.text("do");
    const prefix = what === "add-action" ? "action-" : `${what}-`;
    const result = await carryOut(actor, parseReference("INC", reference) ?? "", what, without(prefix, form));
    return answer(result, path, { prefix, anchor: what.endsWith("action") ? "actions" : what });
  });
}

function carryOut(actor: Actor, reference: string, what: string, form: FormValues): Promise<CaseResult> {
  const number = (name: string) => (/^\d{1,6}$/.test(form.text(name)) ? Number(form.text(name)) : -1);
  if (what === "add-action") return addAction(actor, reference, number("seen"), form);
  if (what === "complete-action") return completeAction(actor, reference, number("position"));
  if (isCasePart(what)) return recordPart(actor, reference, what, number("seen"), form);
  return Promise.resolve({ code: "not-found" });
}

function answer(result: CaseResult, path: string, { prefix, anchor }: { prefix: string; anchor: string }): FormResult {
  switch (result.code) {
    case "saved":
      return { to: `${path}#${anchor}` };
    case "too-late":
      return {
        problems: [
          {
            field: anchor,
            message: `${result.by} was quicker, and yours was not saved. What holds now stands above what you wrote. Read it, then save yours again if it still fits.`,
          },
        ],
      };
    case "invalid":
      return {
        problems: result.problems.map(({ field, message }) => ({
          field: field === "" ? anchor : prefix + field,
          message,
        })),
      };
    case "not-found":
      return null;
  }
}

/** The fields by the names that the part knows them by: on the page each part has its own. */
function without(prefix: string, { values }: FormValues): FormValues {
  return new FormValues(
    Object.fromEntries(
      Object.entries(values).map(([name, all]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, all]),
    ),
  );
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(formPath((await params).reference));
}

function formPath(reference: string): string {
  return `/incidents/${parseReference("INC", reference) ?? encodeURIComponent(reference)}`;
}
