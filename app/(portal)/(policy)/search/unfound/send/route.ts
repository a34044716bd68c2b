import { seeOther } from "#app/_portal/receive-form.ts";

export { POST } from "../form.tsx";

/** The form said which policy it was. */
export const GET = async (): Promise<Response> => Promise.resolve(seeOther("/search"));
