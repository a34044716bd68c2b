import { dateValues } from "#app/_portal/date-values.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { DateField } from "#app/_ui/date-field.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { LONGEST_REQUEST_LINE, type Mitigation } from "#domain/policy/exception/request.ts";
import type { MitigationOwner } from "#domain/base/risk/risk.ts";

/** Who is responsible for it, in words addressed to the requester. */
const OWNER_LABELS = {
  requester: "I do",
  "line-manager": "My line manager",
  "governance-officer": "The governance officers",
  "policy-owner": "The policy owner",
} as const satisfies Record<MitigationOwner, string>;

type MitigationFieldsProps = {
  number: number;
  stored: Mitigation | undefined;
  /** Those of them who are there. */
  owners: readonly MitigationOwner[];
  formState: FormState;
};

/** One mitigation: what is done, who is responsible, and by when if it is a task. An empty one is left out. */
export function MitigationFields({ number, stored, owners, formState }: MitigationFieldsProps) {
  const name = (part: string) => `mitigation-${number}-${part}`;
  return (
    <fieldset className="min-w-0 space-y-5 border-s-4 border-line ps-4">
      <legend className="font-bold">Mitigation {number}</legend>
      <TextField
        name={name("text")}
        label="What will be done?"
        hint={`For example, “Delete the chat once the event is over.” Up to ${LONGEST_REQUEST_LINE} characters.`}
        lines={2}
        defaultValue={formState.value(name("text"), stored?.text)}
        error={formState.errorOf(name("text"))}
      />
      <SelectField
        name={name("owner")}
        label="Who is responsible?"
        defaultValue={formState.value(name("owner"), stored?.owner ?? "requester")}
        error={formState.errorOf(name("owner"))}
        options={owners.map((value) => ({ value, label: OWNER_LABELS[value] }))}
      />
      <DateField
        name={name("due")}
        legend="By when? (only if it is a task)"
        hint="Leave it empty if it is always in place."
        error={formState.errorOf(name("due"))}
        values={dateValues(formState, name("due"), stored?.dueOn)}
      />
    </fieldset>
  );
}
