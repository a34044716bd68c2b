import { WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { Stack } from "#app/_ui/stack.tsx";
import { answerForm, noteForm, withdrawForm } from "./form.tsx";

type Props = { shown: Parameters<typeof answerForm.show>[0] };

/** What the policy owner can do next: answer, publish a note, or withdraw it. */
export function OwnerForms({ shown }: Props) {
  const { answer, note, clause } = shown.view;
  if (!answer) return answerForm.show(shown);
  if (clause === WHOLE_POLICY) return null;
  if (note && !note.withdrawnAt) return withdrawForm.show(shown);
  return (
    <Stack as="section">
      <h2>Publish a note under the clause</h2>
      {noteForm.show(shown)}
    </Stack>
  );
}
