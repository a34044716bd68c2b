import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { makeToken } from "#server/api-token/service.ts";
import { tokenPath } from "../../token-path.ts";

const FORM = "/admin/tokens/new";

/** Makes a token, and leads to the page that shows it once. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, FORM, async (actor, form) => {
    const asked = { name: form.text("name"), scopes: form.all("scopes"), days: form.text("days") };
    const result = await makeToken(actor, asked, form.text("startKey").slice(0, 100) || randomUUID());
    switch (result.code) {
      case "made":
        return { to: `${tokenPath(result.reference)}?show=${result.showKey}` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export function GET(): Response {
  return seeOther(FORM);
}
