import { formRoute } from "#app/_portal/form/form-route.ts";
import { seeOther } from "#app/_portal/receive-form.ts";
import { form } from "../form.tsx";

export const { POST } = formRoute(form);

/** The form said which policy it was. */
export async function GET(): Promise<Response> {
  return Promise.resolve(seeOther("/search"));
}
