import { FilterForm } from "#app/_ui/filter-form.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import {
  REGISTER_ORDERS,
  REGISTER_STATES,
  writeRegisterFilter,
  type ExceptionRegisterFilter,
  type RegisterOrder,
} from "#domain/policy/exception/register.ts";
import { RISK_LEVEL_WORDS, RISK_LEVELS } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import { MOST_REGISTER_CHOICES, type ExceptionRegister } from "#server/policy/exception/register-queries.ts";

type Props = Pick<ExceptionRegister, "values"> & {
  filter: ExceptionRegisterFilter;
  order: RegisterOrder;
  titles: ReadonlyMap<string, string>;
};

type Option = { value: string; label: string };

/** The filters of the register, each with the values that occur in it, and its order. */
export function RegisterFilters({ values, filter, order, titles }: Props) {
  const optionsOf = (wanted: (typeof values)[number]["kind"]) =>
    values
      .filter(({ kind }) => kind === wanted)
      .map(({ value, label }) => option(value, label ?? value))
      .sort(byLabel);
  const policies = optionsOf("policy").map(({ value }) => option(value, titles.get(value)));
  const months = optionsOf("month").map(({ value }) => option(value, dateInWords(value)));
  return (
    <FilterForm
      action="/exceptions/register"
      clearHref={writeRegisterFilter(filter, order) === "" ? undefined : "/exceptions/register"}
    >
      <Choice
        name="state"
        label="State"
        chosen={filter.state}
        options={REGISTER_STATES.map((one) => option(one, EXCEPTION_STATE_WORDS[one]))}
      />
      <Choice
        name="level"
        label="Remaining risk"
        chosen={filter.level}
        options={RISK_LEVELS.map((one) => option(one, RISK_LEVEL_WORDS[one]))}
      />
      {(policies.length > 1 || filter.policy !== "") && (
        <Choice name="policy" label="Policy" chosen={filter.policy} options={policies} />
      )}
      <Choice name="clause" label="Clause" chosen={filter.clause} options={optionsOf("clause")} />
      <NameChoice name="team" label="Team" chosen={filter.team} options={optionsOf("team")} />
      <NameChoice name="decider" label="Decided by" chosen={filter.decider} options={optionsOf("decider")} />
      <Choice name="ends" label="Ends in" chosen={filter.ends} options={months} />
      <TextField name="text" label="Reference or words" type="search" defaultValue={filter.text} />
      <SelectField
        name="sort"
        label="Order"
        options={Object.entries(REGISTER_ORDERS).map(([value, label]) => option(value, label))}
        defaultValue={order}
      />
    </FilterForm>
  );
}

type ChoiceProps = { name: string; label: string; chosen: string; options: Option[] };

/** A value in the address that does not occur in the register is still shown, so that it can be removed. */
function Choice({ name, label, chosen, options }: ChoiceProps) {
  const isKnown = chosen === "" || options.some(({ value }) => value === chosen);
  const all = [option("", "All"), ...options, ...(isKnown ? [] : [option(chosen)])];
  return <SelectField name={name} label={label} options={all} defaultValue={chosen} />;
}

/** If there are too many to choose from, the reader types a name. */
function NameChoice(props: ChoiceProps) {
  if (props.options.length <= MOST_REGISTER_CHOICES) return <Choice {...props} />;
  return <TextField name={props.name} label={props.label} type="search" defaultValue={props.chosen} />;
}

function option(value: string, label = value): Option {
  return { value, label };
}

function byLabel(one: Option, other: Option): number {
  return one.label.localeCompare(other.label, "en-GB", { numeric: true });
}
