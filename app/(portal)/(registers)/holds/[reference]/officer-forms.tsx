import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_HOLD_TEXT } from "#domain/registers/hold/hold.ts";
import type { HoldView } from "#server/registers/hold/queries.ts";
import { TargetFields } from "../target-fields.tsx";

type Props = {
  actor: Actor;
  reference: string;
  record: NonNullable<HoldView["record"]>;
  groups: { reference: string; name: string; isClosed: boolean }[];
  refill: Refill;
};

/** What a governance officer can do while a hold stands: remind, name more, end it. */
export function OfficerForms({ actor, reference, record, groups, refill }: Props) {
  const action = `/holds/${reference}/send`;
  const waiting = record.concerned.filter(({ confirmedAt }) => confirmedAt === null).length;
  const others = groups.filter((group) => !record.groups.some((named) => named.reference === group.reference));
  return (
    <>
      {waiting > 0 && (
        <PostForm actor={actor} action={action} hidden={{ do: "remind" }}>
          <Button look="quiet">
            {waiting === 1 ? "Remind the one who has not" : `Remind the ${waiting} who have not`}
          </Button>
        </PostForm>
      )}
      <Stack as="section">
        <h2>Add groups or people</h2>
        <p>Those who are new to it are told at once.</p>
        <PostForm actor={actor} action={action} hidden={{ do: "extend" }}>
          <TargetFields groups={others} refill={refill} />
          <Button look="quiet">Add them</Button>
        </PostForm>
      </Stack>
      <Stack as="section">
        <h2>End the hold</h2>
        <p>
          Those whom it concerns are told that they need not keep the messages any longer. What was due to be deleted
          meanwhile is asked for again. You cannot take this back.
        </p>
        <PostForm actor={actor} action={action} hidden={{ do: "end" }}>
          <TextField
            name="endReason"
            label="Why does it end?"
            hint={`For the record: governance officers and auditors see it. Up to ${LONGEST_HOLD_TEXT.toLocaleString("en-GB")} characters.`}
            lines={4}
            defaultValue={refill.value("endReason")}
            error={refill.errorOf("endReason")}
          />
          <Button>End the hold</Button>
        </PostForm>
      </Stack>
    </>
  );
}
