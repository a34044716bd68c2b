import { WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { Section } from "#app/_ui/section.tsx";
import { answerForm, noteForm, withdrawForm } from "./form.tsx";

/** What the policy owner can do next: answer, publish a note, or withdraw it. */
export function OwnerForms({ shown }: { shown: Parameters<typeof answerForm.show>[0] }) {
  const { answer, note, clause } = shown.view;
  if (!answer) return answerForm.show(shown);
  if (clause === WHOLE_POLICY) return null;
  if (note && !note.withdrawnAt) return withdrawForm.show(shown);
  return <Section title="Publish a note under the clause">{noteForm.show(shown)}</Section>;
}
