import type { FormState } from "#app/_portal/form-state.ts";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { searchPeople } from "#server/people/directory/queries.ts";
import type { Slot } from "./steps.ts";

type Props = { actor: Actor; formState: FormState; isEmergency: boolean; settings: Body["groups"] };

/**
 * Two administrators and a deputy, by their names in the directory; for an emergency group also one from the partner.
 */
export function WhoFields({ actor, formState, isEmergency, settings }: Props) {
  return (
    <>
      <p>
        Type a name or a work e-mail address; the directory is searched when you continue. Each of them is asked to
        agree to share their number.
      </p>
      <PersonField
        actor={actor}
        formState={formState}
        slot="administrator1"
        label={isEmergency ? "Administrator of this body" : "First administrator"}
        hint="It may be you."
        stored={actor.name}
      />
      <PersonField
        actor={actor}
        formState={formState}
        slot="administrator2"
        label={isEmergency ? "Another administrator of this body, if there is one" : "Second administrator"}
      />
      <PersonField
        actor={actor}
        formState={formState}
        slot="deputy"
        label="Deputy"
        hint="Steps in when an administrator is away or leaves."
      />
      {isEmergency && (
        <>
          <TextField
            name="partnerName"
            label="Administrator of the resilience partner"
            hint="Their name. You get a link to send to them, by which they agree. No phone number."
            defaultValue={formState.value("partnerName")}
            error={formState.errorOf("partnerName")}
          />
          <TextField
            name="partnerOrganisation"
            label="Their organisation"
            defaultValue={formState.value("partnerOrganisation", settings.emergencyPartner ?? "")}
            error={formState.errorOf("partnerOrganisation")}
          />
        </>
      )}
    </>
  );
}

type PersonFieldProps = {
  actor: Actor;
  formState: FormState;
  slot: Slot;
  label: string;
  hint?: string;
  stored?: string;
};

/** A name and, if several people match, which of them. */
async function PersonField({ actor, formState, slot, label, hint, stored = "" }: PersonFieldProps) {
  const typed = formState.value(slot, stored);
  const error = formState.errorOf(slot);
  const found = error && typed !== "" ? await searchPeople(actor, typed) : [];
  return (
    <Stack>
      <TextField
        name={slot}
        label={label}
        hint={hint}
        defaultValue={typed}
        error={error}
        autoComplete="off"
        width="half"
      />
      {found.length > 1 && (
        <RadioQuestion
          name={`${slot}Id`}
          heading={false}
          question={`Who is it?`}
          options={found.map(({ id, name, team, email }) => ({
            value: id,
            label: name,
            hint: [team, email].filter(Boolean).join(", "),
            checked: formState.value(`${slot}Id`) === id,
          }))}
        />
      )}
    </Stack>
  );
}
