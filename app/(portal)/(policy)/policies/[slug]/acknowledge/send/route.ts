import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";

type Context = { params: Promise<{ slug: string }> };

const SUPERSEDED =
  "Another version has taken the place of the one you saw. Your answer was not recorded. Read this version, then answer it. Any reason you wrote is kept.";

/** Takes the answer: leads to its confirmation, or back to the form with what has to be put right. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { slug } = await params;
  return receiveForm(request, formPath(slug), async (actor, form) => {
    const [version, hash, answer, reason] = ["version", "hash", "answer", "reason"].map((name) => form.text(name));
    const sent = { slug, version: version ?? "", hash: hash ?? "", answer: answer ?? "", reason: reason ?? "" };
    const result = await acknowledgePolicy(actor, sent);
    switch (result.code) {
      case "recorded":
        return { to: `/acknowledgements/${result.reference}?done=1` };
      case "already":
        return { to: `/acknowledgements/${result.reference}?${result.answer === sent.answer ? "done" : "already"}=1` };
      case "superseded":
        return { problems: [{ field: "", message: SUPERSEDED }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(formPath((await params).slug));
}

function formPath(slug: string): string {
  return `/policies/${encodeURIComponent(slug)}/acknowledge`;
}
