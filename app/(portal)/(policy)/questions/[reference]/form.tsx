import { choice, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused, type Remaining, type Visit } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { LONGEST_QUESTION, subjectWords } from "#domain/policy/question/question.ts";
import { getQuestion, type QuestionView } from "#server/policy/question/queries.ts";
import { answerQuestion, publishNote, withdrawNote, type OwnerResult } from "#server/policy/question/service.ts";

const UP_TO = `Up to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters.`;
const SENT = "You have sent your question";
const SENT_SUGGESTION = "You have sent your suggestion";

/** A question and its answer: for whoever asked, and for the policy owners of the body, who answer it here. */
export const page = definePage({
  path: "/questions/[reference]",
  reference: "ASK",
  async read({ actor, params, query }) {
    const question = await getQuestion(actor, params.reference);
    return question && { ...question, isDone: Boolean(query["done"]) && question.isMine };
  },
  heading: ({ view }) => (view.isDone ? (view.suggestion ? SENT_SUGGESTION : SENT) : headingOf(view)),
});

/** The policy owner's single answer to a question. */
export const answerForm = defineForm(page, {
  do: "answer",
  fields: {
    answer: text("Your answer", { hint: `They read it in the portal. You can answer once. ${UP_TO}`, lines: 6 }),
  },
  button: "Send my answer",
  submit: ({ actor, params, values }) => answerQuestion(actor, params.reference, values.answer),
  done: (result, sent) => goOn(result, sent, tooLateToAnswer),
});

/** The policy owner's single answer to a suggestion. */
export const decideForm = defineForm(page, {
  do: "decide",
  fields: {
    takenUp: choice("Is it taken up?", { yes: "Yes, in the next version", no: "No" }),
    answer: text("Why?", { hint: `They read it in the portal. You can answer once. ${UP_TO}`, lines: 4 }),
  },
  button: "Send my answer",
  submit: ({ actor, params, values: { takenUp, answer } }) =>
    answerQuestion(actor, params.reference, answer, takenUp === null ? null : takenUp === "yes"),
  done: (result, sent) => goOn(result, sent, tooLateToAnswer),
});

/** A note under the clause, starting from the answer. */
export const noteForm = defineForm(page, {
  do: "note",
  fields: { note: text("The note", { lines: 6 }) },
  stored: ({ view: { note, answer } }) => ({ note: note?.text ?? answer?.text }),
  body: ({ view, field }) =>
    field("note", {
      hint: `Every reader of the policy sees it under clause ${view.clause}. Leave out who asked, and anything that identifies them. ${UP_TO}`,
    }),
  button: "Publish the note",
  submit: ({ actor, params, values }) => publishNote(actor, params.reference, values.note),
  done: (result, sent) =>
    goOn(result, sent, ({ note }) =>
      note
        ? `${whoHas(note)} published a note on this question already. Your note was not published.`
        : "Your note was not published. Try again.",
    ),
});

/** Ends a note. */
export const withdrawForm = defineForm(page, {
  do: "withdraw",
  fields: {},
  button: <Button look="quiet">Withdraw the note</Button>,
  submit: ({ actor, params }) => withdrawNote(actor, params.reference),
});

/** To the question; or back with who was faster, and that nothing was done. */
async function goOn(
  { code }: Remaining<OwnerResult>,
  { actor, params, path }: Visit<"/questions/[reference]">,
  tooLate: (question: QuestionView) => string | null,
) {
  if (code === "done") return path;
  const question = await getQuestion(actor, params.reference);
  const isAnswered = question !== null && question.answer !== null;
  return refused((isAnswered && tooLate(question)) || "This question has no answer yet. Answer it first.");
}

function tooLateToAnswer({ answer, suggestion }: QuestionView) {
  const what = suggestion ? "suggestion" : "question";
  return answer && `${whoHas(answer)} answered this ${what} already. Your answer was not sent.`;
}

const whoHas = ({ isMine, by }: { isMine: boolean; by: string }): string => isMine ? "You have" : `${by} has`;

function headingOf({ clause, suggestion, mayAnswer, answer }: QuestionView): string {
  const what = `${suggestion ? "suggestion for" : "question about"} ${subjectWords(clause)}`;
  return mayAnswer && !answer ? `Answer a ${what}` : `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
}
