import { formRoute } from "#app/_portal/form/form-route.ts";
import { seeOther } from "#app/_portal/receive-form.ts";
import { form } from "../form.tsx";

export const { POST } = formRoute(form);

/** The form said which clause it was. */
export async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return seeOther(`/policies/${encodeURIComponent((await params).slug)}`);
}
