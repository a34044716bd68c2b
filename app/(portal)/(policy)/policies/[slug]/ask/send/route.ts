import { randomUUID } from "node:crypto";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { askQuestion } from "#server/policy/question/service.ts";

type Context = { params: Promise<{ slug: string }> };

/** Takes a question about a clause. Which clause it was stands in the form, and is kept with it. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { slug } = await params;
  return receiveForm(request, formPath(slug), async (actor, form) => {
    const result = await askQuestion(actor, {
      ...{ slug, version: form.text("version"), hash: form.text("hash"), clause: form.text("clause") },
      startKey: form.text("startKey").slice(0, 100) || randomUUID(),
      question: form.text("question"),
    });
    switch (result.code) {
      case "asked":
        return { to: `/questions/${result.reference}?done=1` };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`/policies/${encodeURIComponent((await params).slug)}`);
}

function formPath(slug: string): string {
  return `/policies/${encodeURIComponent(slug)}/ask`;
}
