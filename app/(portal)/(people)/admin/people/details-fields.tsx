import type { Refill } from "#app/_portal/form-values.ts";
import { dateValues } from "#app/_portal/date-values.ts";
import { DateField } from "#app/_ui/date-field.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { PERSON_KIND_NAMES, PERSON_KINDS } from "#domain/access/identity/person.ts";
import type { TypedDetails } from "#server/people/directory/detail-service.ts";

type DetailsFieldsProps = { refill: Refill; stored: TypedDetails; employers: readonly string[] };

/** What the directory says of somebody, as fields. */
export function DetailsFields({ refill, stored, employers }: DetailsFieldsProps) {
  /** Addresses are long. */
  const width = (name: string) => (name === "email" || name === "manager" ? ("full" as const) : ("half" as const));
  const text = (name: "name" | "email" | "team" | "manager") => ({
    name,
    error: refill.errorOf(name),
    defaultValue: refill.value(name, stored[name]),
    width: width(name),
  });
  const day = (name: "startsOn" | "leavesOn" | "awayUntil") => ({
    name,
    error: refill.errorOf(name),
    values: dateValues(refill, name, stored[name] || null),
  });
  return (
    <>
      <TextField {...text("name")} label="Name" autoComplete="off" />
      <TextField {...text("email")} label="Work e-mail address" type="email" autoComplete="off" />
      {employers.length > 1 && (
        <SelectField
          name="employer"
          label="Employer"
          error={refill.errorOf("employer")}
          options={employers.map((employer) => ({ value: employer, label: employer }))}
          defaultValue={refill.value("employer", stored.employer)}
        />
      )}
      <TextField
        {...text("team")}
        label="Team"
        hint="The name of the team. A new name makes a new team. Leave it empty for no team."
      />
      <TextField
        {...text("manager")}
        label="Line manager's e-mail address"
        hint="They get the role of a line manager. Leave it empty for the manager of the team."
        type="email"
        autoComplete="off"
      />
      <RadioQuestion
        name="kind"
        heading={false}
        question="Kind"
        error={refill.errorOf("kind")}
        options={PERSON_KINDS.map((kind) => ({
          value: kind,
          label: PERSON_KIND_NAMES[kind],
          checked: refill.isChosen("kind", kind, stored.kind === kind),
        }))}
      />
      <DateField
        {...day("startsOn")}
        legend="First day"
        hint="They can't sign in before it. Leave it empty if they work here already."
      />
      <DateField
        {...day("leavesOn")}
        legend="Leaving date"
        hint="Their last day. They are signed out when it is over."
      />
      <DateField {...day("awayUntil")} legend="Away until" hint="The last day of leave or sickness." />
    </>
  );
}
