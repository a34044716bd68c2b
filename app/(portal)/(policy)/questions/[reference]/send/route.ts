import type { Actor } from "#domain/access/permission/actor.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { getQuestion } from "#server/policy/question/queries.ts";
import { answerQuestion, publishNote, withdrawNote, type OwnerResult } from "#server/policy/question/service.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes what the policy owner does with a question: an answer, a note, or the end of a note. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  const path = formPath(reference);
  return receiveForm(request, path, async (actor, form) => {
    const asked = parseReference("ASK", reference) ?? "";
    const result = await carryOut(actor, asked, form);
    switch (result.code) {
      case "done":
        return { to: path };
      case "too-late":
        return { problems: [{ field: "", message: await tooLate(actor, asked, form.text("do")) }] };
      case "invalid":
        return { problems: result.problems };
      case "not-found":
        return null;
    }
  });
}

async function carryOut(actor: Actor, reference: string, form: FormValues): Promise<OwnerResult> {
  switch (form.text("do")) {
    case "answer":
      return answerQuestion(actor, reference, form.text("answer"));
    case "note":
      return publishNote(actor, reference, form.text("note"));
    case "withdraw":
      return withdrawNote(actor, reference);
    default:
      return { code: "not-found" };
  }
}

/** Who was quicker, and that nothing was done. */
async function tooLate(actor: Actor, reference: string, what: string): Promise<string> {
  const { answer, note } = (await getQuestion(actor, reference)) ?? {};
  if (!answer) return "This question has no answer yet. Answer it first.";
  const whoHas = ({ isMine, by }: { isMine: boolean; by: string }) => (isMine ? "You have" : `${by} has`);
  if (what === "answer") return `${whoHas(answer)} answered this question already. Your answer was not sent.`;
  return note
    ? `${whoHas(note)} published a note on this question already. Your note was not published.`
    : "Your note was not published. Try again.";
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(formPath((await params).reference));
}

function formPath(reference: string): string {
  return `/questions/${parseReference("ASK", reference) ?? encodeURIComponent(reference)}`;
}
