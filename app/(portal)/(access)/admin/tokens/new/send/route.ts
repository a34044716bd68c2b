import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import { nextTokenPath, tokenPath } from "#app/(portal)/(access)/admin/tokens/token-path.ts";

const FORM = "/admin/tokens/new";

/** Makes a token, and leads to the page that shows it once. */
export async function POST(request: Request): Promise<Response> {
  // A form that has to be put right comes back in place of the same token.
  const follows = new URL(request.url).searchParams.get("follows") ?? "";
  const path = parseReference("TOK", follows) ? nextTokenPath(follows) : FORM;
  return receiveForm(request, path, async (actor, form) => {
    const asked = { name: form.text("name"), scopes: form.all("scopes"), days: form.text("days") };
    const result = await makeToken(actor, asked, form.text("startKey").slice(0, 100) || randomUUID(), follows);
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
