import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { PersonPage } from "#server/people/directory/admin-queries.ts";

type WhatChangedProps = { page: PersonPage & { actor: Actor; refill: Refill } };

/** Says that somebody has left, moved, or is back; with what follows from it. */
export function WhatChanged({ page: { actor, person, isActor, refill } }: WhatChangedProps) {
  const { id, name, status, team } = person;
  const action = `/admin/people/${id}/send`;
  return (
    <Stack as="section">
      <h2 id="changed">What changed for {name}?</h2>
      {isActor ? (
        <p>Another administrator has to say that you have left, or have changed role or team.</p>
      ) : status === "left" ? (
        <PostForm actor={actor} action={action} hidden={{ what: "returned" }}>
          <p>
            {name} has left and can&apos;t sign in. If that is a mistake, or they are back, say so. Groups that they
            were taken out of meanwhile have to ask them again.
          </p>
          <Button>{name} is back</Button>
        </PostForm>
      ) : (
        <PostForm actor={actor} action={action}>
          <RadioQuestion
            name="what"
            heading={false}
            question="What happened?"
            error={refill.errorOf("what")}
            options={[
              {
                value: "left",
                label: "Has left",
                hint: "They are signed out at once and can't sign in any more. They are to be taken out of every chat group.",
              },
              {
                value: "moved",
                label: "Has changed role or team",
                hint: "They sign in again. The administrators of their groups take them out, or say that they stay.",
              },
            ].map((option) => ({ ...option, checked: refill.value("what") === option.value }))}
          />
          <TextField
            name="team"
            label="Their team, if they changed role or team"
            hint="The name of the team. Leave it empty for no team."
            width="half"
            error={refill.errorOf("team")}
            defaultValue={refill.value("team", team?.name ?? "")}
          />
          <Button>Save</Button>
        </PostForm>
      )}
    </Stack>
  );
}
