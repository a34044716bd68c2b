import { CLOSED, toSectionPage } from "#app/_exception/receive-section.ts";
import { sectionPath } from "#app/_exception/section-path.ts";
import { receiveForm } from "#app/_portal/receive-form.ts";
import { REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { submitException } from "#server/policy/exception/service.ts";

type Context = { params: Promise<{ reference: string }> };

export const GET = (request: Request, context: Context) => toSectionPage(request, context, "check");

/** Sends the request to its deciders. Sent twice, the second time says the same. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const reference = parseReference("EX", (await params).reference) ?? "unknown";
  return receiveForm(request, sectionPath(reference, "check", false), async (actor) => {
    const result = await submitException(actor, reference);
    if (result.ok) return { to: `/exceptions/${reference}/sent` };
    if (result.code === "refused") return { problems: result.problems.map(atSection) };
    return result.code === "not-found" || result.code === "not-yours" ? null : { problems: [CLOSED] };
  });
}

/** Where the fields of each part are shown on the check page. */
const FIELDS = {
  why: ["clauses", "justification", "whyNoChannel", "dataInvolved"],
  who: ["scope", "wantedFrom", "wantedUntil"],
  risks: ["risks"],
} as const;

function atSection({ field, message }: FieldProblem): FieldProblem {
  const section = REQUEST_SECTIONS.find((one) => FIELDS[one].some((name) => name === field));
  return { field: section ?? "", message };
}
