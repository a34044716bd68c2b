import { seeOther } from "#app/_portal/receive-form.ts";

export { POST } from "../form.tsx";

/** The form said which policy it was. */
export async function GET(): Promise<Response> {
  return Promise.resolve(seeOther("/search"));
}
