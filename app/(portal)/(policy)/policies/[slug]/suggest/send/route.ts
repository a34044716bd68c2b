import { seeOther } from "#app/_portal/receive-form.ts";

export { POST } from "../form.tsx";

/** The form said which clause it was. */
export const GET = async (_: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> =>
  seeOther(`/policies/${encodeURIComponent((await params).slug)}`);
