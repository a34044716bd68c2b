import { ANSWERED_COLUMNS } from "#app/_portal/given-on.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link, VisuallyHidden } from "#app/_ui/layout.tsx";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { versionCell } from "#domain/base/table/cell.ts";
import { answerColumns, answerFilters, ANSWER_ORDERS } from "../../answer-register.tsx";
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
    ...answerFilters,
    employer: {
      label: "Employer",
      choices: ({ employers }) =>
        employers.length > 1 ? Object.fromEntries(employers.map((employer) => [employer, employer])) : {},
    },
    kind: { label: "Kind", choices: PERSON_KIND_NAMES },
  },
  orders: ANSWER_ORDERS,
  columns: {
    Person: answerColumns.Person,
    "E-mail": answerColumns["E-mail"],
    Team: answerColumns.Team,
    Employer: column.saved(({ employer }) => employer),
    Kind: column.saved(({ kind }) => PERSON_KIND_NAMES[kind]),
    State: answerColumns.State,
    When: answerColumns.When,
    "Due by": answerColumns["Due by"],
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
