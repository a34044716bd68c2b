import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { DraftResult } from "#server/policy/exception/draft-service.ts";
import { getException, type ExceptionRecord } from "#server/policy/exception/queries.ts";
import { sectionPath } from "./section-path.ts";

export const CLOSED: FieldProblem = {
  field: "",
  message: "This request was sent or decided meanwhile. What you typed was not saved.",
};

/** What a form of a request's part asks for; `to`: where to go on, unless the person comes back later. */
export type SectionResult = DraftResult | { ok: true; to: string } | { ok: false; code: "more"; at: string };

type Context = { params: Promise<{ reference: string }> };
type Handle = (actor: Actor, exception: ExceptionRecord, form: FormValues, isLater: boolean) => Promise<SectionResult>;

/**
 * Takes the form of a page below a request, for the one who asks: 404 for anybody else, a page with what was typed where
 * the request can't be changed any more.
 * @param page as in its address: "why", "risks/2"
 * @param next where "Save and continue" leads, below the request; "" for the list of parts
 */
export async function receiveSection(
  request: Request,
  { params }: Context,
  page: string,
  next: string,
  handle: Handle,
): Promise<Response> {
  const reference = parseReference("EX", (await params).reference) ?? "unknown";
  const isFromCheck = isCheck(request);
  return receiveForm(request, sectionPath(reference, page, isFromCheck), async (actor, form): Promise<FormResult> => {
    const view = await getException(actor, reference);
    if (!view?.capacities.includes("requester")) return null;
    if (!view.commands.includes("edit")) return { problems: [CLOSED] };
    const isLater = form.text("then") === "later";
    const result = await handle(actor, view.exception, form, isLater);
    if (result.ok) {
      if (isLater) return { to: "/exceptions" };
      return { to: "to" in result ? result.to : `/exceptions/${reference}${isFromCheck ? "/check" : next}` };
    }
    switch (result.code) {
      case "not-found":
        return null;
      case "not-editable":
        return { problems: [CLOSED] };
      case "more":
        return { problems: [], at: result.at };
      case "refused":
        return { problems: result.problems };
    }
  });
}

/** For those who open the address of a form's handler: the page with the form. */
export async function toSectionPage(request: Request, { params }: Context, page: string): Promise<Response> {
  const reference = parseReference("EX", (await params).reference);
  return seeOther(reference === null ? "/exceptions" : sectionPath(reference, page, isCheck(request)));
}

function isCheck(request: Request): boolean {
  return new URL(request.url).searchParams.get("from") === "check";
}
