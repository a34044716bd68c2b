import type { Refill } from "#app/_portal/form-values.ts";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { calendarDay, timeOfDay } from "#domain/base/calendar/calendar.ts";
import { momentOf, valueOf, type IncidentField, type Values } from "#domain/registers/incident/field.ts";

type FieldListProps = {
  fields: readonly IncidentField[];
  /** What is stored. */
  values: Values | undefined;
  refill: Refill;
  /** Set before the names, where a page has several such forms. */
  prefix?: string | undefined;
  /** The first question is the page's h1. */
  heading?: boolean | undefined;
};

/** The fields of a small form, in their order, with what was typed or stored. */
export function FieldList({ fields, values, refill, prefix = "", heading = false }: FieldListProps) {
  const moments = fields.filter(({ kind }) => kind === "moment").length;
  return fields.map((field, index) => (
    <OneField
      key={field.name}
      name={prefix + field.name}
      field={field}
      values={values}
      refill={refill}
      heading={heading && index === 0}
      isOnlyMoment={moments === 1}
    />
  ));
}

type OneFieldProps = {
  name: string;
  field: IncidentField;
  values: Values | undefined;
  refill: Refill;
  heading: boolean;
  isOnlyMoment: boolean;
};

/** More answers than these are a list to choose from. */
const MOST_CARDS = 8;

function OneField({ name, field, values, refill, heading, isOnlyMoment }: OneFieldProps) {
  const { ask, help } = field;
  const error = refill.errorOf(name);
  switch (field.kind) {
    case "one": {
      const chosen = refill.value(name, valueOf(values, field.name) || (field.chosen ?? ""));
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
        checked: refill.isChosen(name, value, stored.includes(value)),
      }));
      return (
        <CheckboxQuestion name={name} question={ask} heading={heading} help={help} error={error} options={options} />
      );
    }
    case "text":
      return (
        <TextField
          name={name}
          label={ask}
          hint={help}
          error={error}
          lines={field.lines}
          defaultValue={refill.value(name, valueOf(values, field.name))}
        />
      );
    case "day":
      return <Day name={name} field={field} refill={refill} stored={valueOf(values, field.name)} />;
    case "moment": {
      const moment = momentOf(values, field.name);
      const timeName = `${name}-time`;
      const timeError = refill.errorOf(timeName);
      const inputs = (
        <>
          <Day name={name} field={field} refill={refill} stored={moment ? calendarDay(moment) : ""} />
          <TextField
            name={timeName}
            label={isOnlyMoment ? "Time" : `Time (${field.short.toLowerCase()})`}
            hint="For example, 14:30 or 2:30pm"
            error={timeError}
            width="short"
            defaultValue={refill.value(timeName, moment ? timeOfDay(moment) : "")}
          />
        </>
      );
      if (field.empty !== "now" || !isOnlyMoment) return <div className="space-y-4">{inputs}</div>;
      return (
        <Disclosure summary="Was it not just now? Say when" open={Boolean(error ?? timeError) || moment !== null}>
          {inputs}
        </Disclosure>
      );
    }
  }
}

type DayProps = { name: string; field: IncidentField; refill: Refill; stored: string };

function Day({ name, field: { ask, help }, refill, stored }: DayProps) {
  const [year = "", month = "", day = ""] = stored.split("-");
  const number = (text: string) => text.replace(/^0+/, "");
  return (
    <DateField
      name={name}
      legend={ask}
      hint={help ?? "For example, 27 3 2027"}
      error={refill.errorOf(name)}
      values={{
        day: refill.value(`${name}-day`, number(day)),
        month: refill.value(`${name}-month`, number(month)),
        year: refill.value(`${name}-year`, year),
      }}
    />
  );
}
