import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, type Shown } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import * as service from "#server/policy/exception/service.ts";
import { getException, type ExceptionView } from "#server/policy/exception/queries.ts";
import { answerCommand } from "./command-form.tsx";

export type ShownException = Shown<ExceptionView, "/exceptions/[reference]">;

/** One request: to be worked on by its writer, to be decided by others, or as a permission for those it covers. */
export const page = definePage({
  path: "/exceptions/[reference]",
  read: ({ actor, params }) => getException(actor, params.reference),
  heading: ({ view: { commands, state, exception } }) => {
    if (!commands.includes("edit")) return `Exception ${exception.reference}`;
    return `${state === "draft" ? "Ask for an exception" : "Change your request"}, ${exception.reference}`;
  },
});

/** Marks a mitigation as done. */
export const mitigationForm = defineForm(page, {
  action: "/exceptions/[reference]/mitigations/[mitigation]/send",
  fields: {},
  submit: ({ actor, params }) => service.completeExceptionMitigation(actor, params.reference, params.mitigation),
  done: (result, { actor, params: { reference, mitigation } }) =>
    answerCommand(actor, reference, result, "mitigation", `#mitigation-${encodeURIComponent(mitigation)}`),
});

/** Marks a condition as met. */
export const conditionForm = defineForm(page, {
  action: "/exceptions/[reference]/conditions/[condition]/send",
  fields: {},
  submit: ({ actor, params }) => service.meetExceptionCondition(actor, params.reference, params.condition),
  done: (result, { actor, params: { reference, condition } }) =>
    answerCommand(actor, reference, result, "condition", `#condition-${encodeURIComponent(condition)}`),
});

/** Writes a note for those who decide. */
export const exceptionNoteForm = defineForm(page, {
  action: "/exceptions/[reference]/notes/send",
  fields: { note: text("Write a note", { hint: "Only people who decide, and auditors, can read it.", lines: 3 }) },
  button: <Button look="quiet">Keep the note</Button>,
  submit: ({ actor, params, values }) => service.addExceptionNote(actor, params.reference, values.note),
  done: (result, { actor, params: { reference } }) => answerCommand(actor, reference, result, "noted", "#notes"),
});

/** Takes over what somebody held who has left. */
export const takeOverForm = defineForm(page, {
  action: "/exceptions/[reference]/take-over/send",
  fields: {},
  button: "Take it over",
  submit: ({ actor, params }) => service.takeOverException(actor, params.reference),
  done: (result, { actor, params: { reference } }) => answerCommand(actor, reference, result, "taken-over"),
});
