import { ANSWERED_COLUMNS } from "#app/_portal/given-on.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { STATE_TONES } from "#app/_portal/state-tones.ts";
import { Link, VisuallyHidden } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { versionCell } from "#domain/base/table/cell.ts";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { FOLLOW_UP_STATES, FOLLOW_UP_WORDS } from "#domain/policy/acknowledgement/person-state.ts";
import { getFollowUp, type FollowUp, type ListedFollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";

/** By name, who has answered a policy. E-mail and team tell two of one name apart. */
export const followUp = defineRegister<ListedFollowUp, FollowUp>({
  path: "/governance/people",
  file: "/governance/people.csv",
  fileName: ({ slug, version }) => `people-${slug}-${version}`,
  caption: "People",
  one: "person",
  many: "people",
  search: "Name or e-mail",
  filters: {
    policy: {
      label: "Policy",
      choices: ({ policies }) => Object.fromEntries(policies.map(({ slug, title }) => [slug, title])),
      usual: ({ slug }) => slug,
    },
    state: {
      label: "State",
      choices: ({ counts }) =>
        Object.fromEntries(
          FOLLOW_UP_STATES.map((state) => [state, `${FOLLOW_UP_WORDS[state]} (${counts.get(state) ?? 0})`]),
        ),
    },
    team: { label: "Team", choices: ({ teams }) => Object.fromEntries(teams.map(({ id, name }) => [id, name])) },
    employer: {
      label: "Employer",
      choices: ({ employers }) =>
        employers.length > 1 ? Object.fromEntries(employers.map((employer) => [employer, employer])) : {},
    },
    kind: { label: "Kind", choices: PERSON_KIND_NAMES },
  },
  orders: { name: "By name", due: "By last day", team: "By team" },
  columns: {
    Person: column.shown(
      ({ name, email }) => <PersonName name={name} email={email} />,
      ({ name }) => name,
    ),
    "E-mail": column.saved(({ email }) => email),
    Team: column.shown(
      ({ team }) => team ?? "None",
      ({ team }) => team,
    ),
    Employer: column.saved(({ employer }) => employer),
    Kind: column.saved(({ kind }) => PERSON_KIND_NAMES[kind]),
    State: column.shown(
      ({ state }) => <Tag tone={STATE_TONES[state]}>{FOLLOW_UP_WORDS[state]}</Tag>,
      ({ state }) => FOLLOW_UP_WORDS[state],
    ),
    When: column.shown(whenInWords),
    "Due by": column.saved(({ due }) => due),
    "Answered version": column.saved(({ version }) => versionCell(version)),
    "Answered on": column.saved(ANSWERED_COLUMNS["Answered on"]),
    "On paper": { cell: (person) => <PaperLink person={person} />, text: ANSWERED_COLUMNS["On paper"] },
    "Understanding checked": column.saved(({ isUnderstandingChecked }) => (isUnderstandingChecked ? "Yes" : "No")),
  },
  empty: "Nobody works here yet.",
  read: getFollowUp,
});

/** To record what somebody else answered on paper, or to see what was recorded. */
const PaperLink = ({ person: { id, name, state, isOnPaper, isReader, policy } }: { person: ListedFollowUp }) =>
  isReader || (state === "acknowledged" && !isOnPaper) ? null : (
    <Link href={`/governance/people/${id}/paper?policy=${policy}`}>
      {state === "acknowledged" ? "See the recording" : "Record on paper"}
      <VisuallyHidden>
        {state === "acknowledged" ? " of" : " for"} {name}
      </VisuallyHidden>
    </Link>
  );

function whenInWords({ due, givenAt, version, isOnPaper, isUnderstandingChecked }: ListedFollowUp): string {
  const moment = givenAt && (isOnPaper ? paperDayInWords(givenAt) : momentInWords(givenAt));
  const answered = moment ? `Answered version ${version ?? ""} on ${moment}` : "";
  const checked = isUnderstandingChecked ? "Understanding checked" : "";
  return [due ? `Due by ${dateInWords(due)}` : "", answered, checked].filter(Boolean).join(". ");
}
