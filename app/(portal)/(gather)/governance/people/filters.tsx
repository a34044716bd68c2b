import { FilterForm } from "#app/_ui/filter-form.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { PERSON_KIND_NAMES, PERSON_KINDS } from "#domain/access/identity/person.ts";
import { FOLLOW_UP_STATES, FOLLOW_UP_WORDS } from "#domain/policy/acknowledgement/person-state.ts";
import type { FollowUp, FollowUpFilter } from "#server/policy/acknowledgement/follow-up-queries.ts";

type Filter = Omit<FollowUpFilter, "managerId">;

/** The filters that are set, as they stand in an address. */
export function filtersOf({ state, teamId, employer, kind, typed, sort }: Filter): [string, string][] {
  const all = { state, team: teamId, employer, kind, q: typed, sort: sort === "name" ? "" : sort };
  return Object.entries(all).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

/** Filters by state, each with how many are in it, team, employer, kind and name. */
export function Filters({ view, filter }: { view: FollowUp; filter: Filter }) {
  const { slug, policies, counts, teams, employers } = view;
  const all = { value: "", label: "All" };
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    <FilterForm
      action="/governance/people"
      clearHref={filtersOf(filter).length > 0 ? `/governance/people?policy=${slug}` : undefined}
    >
      {policies.length > 1 && (
        <SelectField
          name="policy"
          label="Policy"
          options={policies.map((one) => ({ value: one.slug, label: one.title }))}
          defaultValue={slug}
        />
      )}
      <SelectField
        name="state"
        label="State"
        options={[
          { value: "", label: `All (${total})` },
          ...FOLLOW_UP_STATES.map((value) => ({
            value,
            label: `${FOLLOW_UP_WORDS[value]} (${counts.get(value) ?? 0})`,
          })),
        ]}
        defaultValue={filter.state ?? ""}
      />
      {teams.length > 0 && (
        <SelectField
          name="team"
          label="Team"
          options={[all, ...teams.map(({ id: value, name: label }) => ({ value, label }))]}
          defaultValue={filter.teamId ?? ""}
        />
      )}
      {employers.length > 1 && (
        <SelectField
          name="employer"
          label="Employer"
          options={[all, ...employers.map((value) => ({ value, label: value }))]}
          defaultValue={filter.employer ?? ""}
        />
      )}
      <SelectField
        name="kind"
        label="Kind"
        options={[all, ...PERSON_KINDS.map((value) => ({ value, label: PERSON_KIND_NAMES[value] }))]}
        defaultValue={filter.kind ?? ""}
      />
      <SelectField
        name="sort"
        label="Order"
        options={[
          { value: "", label: "By name" },
          { value: "due", label: "By last day" },
          { value: "team", label: "By team" },
        ]}
        defaultValue={filter.sort ?? ""}
      />
      <TextField name="q" label="Name" type="search" defaultValue={filter.typed} />
    </FilterForm>
  );
}
