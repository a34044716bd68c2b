import { date, text } from "#app/_portal/form/field.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { Disclosure } from "#app/_ui/layout.tsx";
import { CheckboxQuestion, RadioQuestion, SelectField } from "#app/_ui/fields.tsx";
import { calendarDay, timeOfDay } from "#domain/base/calendar/calendar.ts";
import { momentOf, valueOf, type IncidentField, type Values } from "#domain/registers/incident/field.ts";

type FieldListProps = {
  fields: readonly IncidentField[];
  values: Values | undefined;
  formState: FormState;
  prefix?: string | undefined;
  heading?: boolean | undefined;
};

/** The fields of a small form, in order, with what was typed or stored. */
export function FieldList({ fields, values, formState, prefix = "", heading = false }: FieldListProps) {
  const moments = fields.filter(({ kind }) => kind === "moment").length;
  return fields.map((field, index) => (
    <OneField
      key={field.name}
      name={prefix + field.name}
      field={field}
      values={values}
      formState={formState}
      heading={heading && index === 0}
      isOnlyMoment={moments === 1}
    />
  ));
}

type OneFieldProps = Pick<FieldListProps, "values" | "formState"> & {
  name: string;
  field: IncidentField;
  heading: boolean;
  isOnlyMoment: boolean;
};

/** If there are more answers than this, they become a drop-down list. */
const MOST_CARDS = 8;

function OneField({ name, field, values, formState, heading, isOnlyMoment }: OneFieldProps) {
  const { ask, help } = field;
  const error = formState.errorOf(name);
  const day = (stored: string | null) =>
    date(ask, field.short, help ?? "For example, 27 3 2027").show({ name, formState, stored });
  switch (field.kind) {
    case "one": {
      const chosen = formState.value(name, valueOf(values, field.name) || (field.chosen ?? ""));
      const options = Object.entries(field.options).map(([value, label]) => ({ value, label }));
      if (options.length > MOST_CARDS)
        return (
          <SelectField name={name} label={ask} hint={help} error={error} options={options} defaultValue={chosen} />
        );
      const cards = options.map((option) => ({ ...option, checked: option.value === chosen }));
      return <RadioQuestion name={name} question={ask} heading={heading} help={help} error={error} options={cards} />;
    }
    case "many": {
      const stored = [values?.[field.name] ?? []].flat();
      const options = Object.entries(field.options).map(([value, label]) => ({
        value,
        label,
        checked: formState.isChosen(name, value, stored.includes(value)),
      }));
      return (
        <CheckboxQuestion name={name} question={ask} heading={heading} help={help} error={error} options={options} />
      );
    }
    case "text":
      return text(ask, { hint: help, lines: field.lines }).show({
        name,
        formState,
        stored: valueOf(values, field.name),
      });
    case "day":
      return day(valueOf(values, field.name));
    case "moment": {
      const moment = momentOf(values, field.name);
      const timeName = `${name}-time`;
      const time = text(isOnlyMoment ? "Time" : `Time (${field.short.toLowerCase()})`, {
        hint: "For example, 14:30 or 2:30pm",
        width: "short",
      });
      const inputs = (
        <>
          {day(moment && calendarDay(moment))}
          {time.show({ name: timeName, formState, stored: moment && timeOfDay(moment) })}
        </>
      );
      if (field.empty !== "now" || !isOnlyMoment) return <div className="space-y-4">{inputs}</div>;
      const isOpen = Boolean(error ?? formState.errorOf(timeName)) || moment !== null;
      return (
        <Disclosure summary="Was it not just now? Say when" open={isOpen}>
          {inputs}
        </Disclosure>
      );
    }
  }
}
