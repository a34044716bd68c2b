import { FilterForm } from "#app/_ui/filter-form.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import {
  listEndMonths,
  REGISTER_STATES,
  writeRegisterFilter,
  type ExceptionRegisterFilter,
  type RegisterEntry,
} from "#domain/policy/exception/register.ts";
import { RISK_LEVEL_WORDS, RISK_LEVELS } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";

type Props = { all: readonly RegisterEntry[]; filter: ExceptionRegisterFilter; titles: ReadonlyMap<string, string> };

/** If there are more, the reader types the name. */
const MOST_TEAMS = 50;

type Option = { value: string; label: string };

/** The filters of the register; each offers the values that occur in it. */
export function RegisterFilters({ all, filter, titles }: Props) {
  const policies = unique(all.map(({ exception }) => exception.policy)).map((slug) => option(slug, titles.get(slug)));
  const teams = new Map(all.map(({ exception: { requester } }) => [requester.teamId, requester.teamName]));
  const teamOptions = [...teams].flatMap(([id, name]) => (id && name ? [option(id, name)] : []));
  const clauses = unique(all.flatMap(({ exception }) => exception.clauses)).map((id) => option(id));
  const months = listEndMonths(all).map((month) => option(month, dateInWords(month)));
  return (
    <FilterForm
      action="/exceptions/register"
      clearHref={writeRegisterFilter(filter) === "" ? undefined : "/exceptions/register"}
    >
      <Choice
        name="state"
        label="State"
        chosen={filter.state}
        options={REGISTER_STATES.map((one) => option(one, EXCEPTION_STATE_WORDS[one]))}
      />
      <Choice
        name="level"
        label="Risk left"
        chosen={filter.level}
        options={RISK_LEVELS.map((one) => option(one, RISK_LEVEL_WORDS[one]))}
      />
      {policies.length > 1 && <Choice name="policy" label="Policy" chosen={filter.policy} options={policies} />}
      <Choice name="clause" label="Clause" chosen={filter.clause} options={clauses.sort(byLabel)} />
      {teamOptions.length > MOST_TEAMS ? (
        <TextField name="team" label="Team" type="search" defaultValue={filter.team} />
      ) : (
        <Choice name="team" label="Team" chosen={filter.team} options={teamOptions.sort(byLabel)} />
      )}
      <Choice name="ends" label="Ends in" chosen={filter.ends} options={months} />
      <TextField name="text" label="Reference or words" type="search" defaultValue={filter.text} />
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

function option(value: string, label = value): Option {
  return { value, label };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function byLabel(one: Option, other: Option): number {
  return one.label.localeCompare(other.label, "en-GB", { numeric: true });
}
