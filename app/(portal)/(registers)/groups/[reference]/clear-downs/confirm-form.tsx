import { HoldCheck } from "#app/_hold/hold-check.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_RECORDS } from "#domain/registers/clear-down/confirm.ts";
import { HOLD_ANSWERS } from "#domain/registers/hold/hold.ts";
import type { ClearDownView } from "#server/registers/clear-down/queries.ts";

type Props = { actor: Actor; view: ClearDownView; refill: Refill; number: number | null };

/** Stands before everything that would delete: who knows of a request goes no further, and the officers are told. */
export function AskFirst({ actor, view: { group, open, body }, refill }: Omit<Props, "number">) {
  return (
    <PostForm
      actor={actor}
      action={`/groups/${group.reference}/clear-downs/send`}
      hidden={{ do: "ask", dueOn: open.at(-1)?.dueOn ?? "" }}
    >
      <HoldCheck
        nation={body.nation}
        chosen={HOLD_ANSWERS.find((answer) => refill.isChosen("holdAnswer", answer))}
        error={refill.errorOf("holdAnswer")}
      />
      <Button>Continue</Button>
    </PostForm>
  );
}

/** What was to be kept, and that it is done. */
export function ConfirmForm({ actor, view: { group, open, by }, refill, number }: Props) {
  const title = "Confirm it";
  return (
    <Stack as="section">
      <h2>{number === null ? title : `${number}. ${title}`}</h2>
      <PostForm
        actor={actor}
        action={`/groups/${group.reference}/clear-downs/send`}
        hidden={{ do: "confirm", dueOn: open.at(-1)?.dueOn ?? "", holdAnswer: "none" }}
      >
        <RadioQuestion
          name="records"
          heading={false}
          question="Was anything in them to be kept as a record?"
          error={refill.errorOf("records")}
          options={[
            {
              value: "nothing",
              label: "No, nothing of value",
              checked: refill.isChosen("records", "nothing"),
            },
            {
              value: "moved",
              label: "Yes, and it was moved to the record first",
              hint: "Say below where it is.",
              checked: refill.isChosen("records", "moved"),
            },
          ]}
        />
        <TextField
          name="recordsMovedTo"
          label="Where is it now?"
          hint={`If you chose yes: the system and its reference, such as REC-… Up to ${LONGEST_RECORDS} characters.`}
          defaultValue={refill.value("recordsMovedTo")}
          error={refill.errorOf("recordsMovedTo")}
        />
        <Button>{by === "sender" ? "I have deleted what I sent" : "The chat is cleared"}</Button>
      </PostForm>
    </Stack>
  );
}
