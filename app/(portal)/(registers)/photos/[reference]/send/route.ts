import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { withdrawPhotoConsent } from "#server/registers/consent/service.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes that a photo consent was withdrawn. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = consentPath(reference);
  return receiveForm(request, path, async (actor, form) => {
    const result = await withdrawPhotoConsent(actor, parseReference("PHO", reference) ?? "", form.text("reason"));
    switch (result.code) {
      case "done":
        return { to: path };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(consentPath((await params).reference));
}

function consentPath(reference: string): string {
  return `/photos/${parseReference("PHO", reference) ?? encodeURIComponent(reference)}`;
}
