import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { switchDigest } from "#server/gather/task/digest-service.ts";

/** Switches one's own digest on or off. Field: `digest`, "on" or "off". */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/me", async (actor, form) => {
    const wanted = form.text("digest");
    if (wanted !== "on" && wanted !== "off") return null;
    await switchDigest(actor, wanted === "on");
    return { to: "/me#mail" };
  });
}

export function GET(): Response {
  return seeOther("/me");
}
