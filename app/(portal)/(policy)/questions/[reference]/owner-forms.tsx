import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_QUESTION } from "#domain/policy/question/question.ts";
import type { QuestionView } from "#server/policy/question/queries.ts";

type Props = { actor: Actor; question: QuestionView; refill: Refill };

const UP_TO = `Up to ${LONGEST_QUESTION.toLocaleString("en-GB")} characters.`;

/** What the policy owner can do next: answer, publish a note, or withdraw it. */
export function OwnerForms({ actor, question: { reference, clause, answer, note }, refill }: Props) {
  const action = `/questions/${reference}/send`;
  if (!answer)
    return (
      <PostForm actor={actor} action={action} hidden={{ do: "answer" }}>
        <TextField
          name="answer"
          label="Your answer"
          hint={`They read it in the portal. You can answer once. ${UP_TO}`}
          lines={6}
          defaultValue={refill.value("answer")}
          error={refill.errorOf("answer")}
        />
        <Button>Send my answer</Button>
      </PostForm>
    );
  if (note && !note.withdrawnAt)
    return (
      <PostForm actor={actor} action={action} hidden={{ do: "withdraw" }}>
        <Button look="quiet">Withdraw the note</Button>
      </PostForm>
    );
  const prefill = note?.text ?? answer.text;
  const wasNote = refill.value("do", "note") === "note"; // or an answer came back, which another was quicker with
  return (
    <Stack as="section">
      <h2>Publish a note under the clause</h2>
      <PostForm actor={actor} action={action} hidden={{ do: "note" }}>
        <TextField
          name="note"
          label="The note"
          hint={`Every reader of the policy sees it under clause ${clause}. Leave out who asked, and all that gives them away. ${UP_TO}`}
          lines={6}
          defaultValue={wasNote ? refill.value("note", prefill) : prefill}
          error={refill.errorOf("note")}
        />
        <Button>Publish the note</Button>
      </PostForm>
    </Stack>
  );
}
