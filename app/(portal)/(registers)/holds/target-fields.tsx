import { custom } from "#app/_portal/form/field.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { ALL_GROUPS } from "#domain/registers/hold/hold.ts";
import type { GroupsToHold } from "#server/registers/hold/queries.ts";

/** What is sent of them. */
export const TARGETS = {
  groups: custom((sent) => sent.all("groups")),
  groupNames: custom((sent) => sent.text("groupNames")),
  people: custom((sent) => sent.text("people")),
};

interface Props {
  groups: GroupsToHold;
  formState: FormState;
  /** Reference of a group that is preselected. */
  chosen?: string | undefined;
}

/** What a hold names: groups in the register, and people in the directory. */
export function TargetFields({ groups: { groups, count }, formState, chosen }: Props) {
  return (
    <>
      {groups === null && (
        <>
          <TextField
            name="groupNames"
            label="Which groups?"
            hint="One on each line: their reference, or their whole name. Everybody in them is told, including people who join later."
            lines={3}
            defaultValue={formState.value("groupNames") || chosen}
            error={formState.errorOf("groupNames")}
          />
          <CheckboxQuestion
            name="groups"
            heading={false}
            question="Or all of them?"
            error={formState.errorOf("groups")}
            options={[allGroups(count, formState)]}
          />
        </>
      )}
      {groups && groups.length > 0 && (
        <CheckboxQuestion
          name="groups"
          heading={false}
          question="Which groups?"
          help="Everybody in them is told, including people who join later."
          error={formState.errorOf("groups")}
          options={[
            ...(groups.length > 1 ? [allGroups(groups.length, formState)] : []),
            ...groups.map(({ reference, name, isClosed }) => ({
              value: reference,
              label: <bdi>{name}</bdi>,
              hint: isClosed ? `${reference}, closed` : reference,
              checked: formState.isChosen("groups", reference, reference === chosen),
            })),
          ]}
        />
      )}
      <TextField
        name="people"
        label="Which people?"
        hint="One on each line: their work e-mail address, or their whole name."
        lines={3}
        defaultValue={formState.value("people")}
        error={formState.errorOf("people")}
      />
    </>
  );
}

/** A form may have 2,000 fields; a register may have more groups. */
function allGroups(count: number, formState: FormState) {
  return {
    value: ALL_GROUPS,
    label: `All ${count.toLocaleString("en-GB")} groups`,
    hint: "Then you do not have to name them one by one.",
    checked: formState.isChosen("groups", ALL_GROUPS),
  };
}
