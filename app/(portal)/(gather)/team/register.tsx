import { ANSWERED_COLUMNS } from "#app/_portal/given-on.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { versionCell } from "#domain/base/table/cell.ts";
import { getFollowUp, type FollowUp, type ListedFollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { answerFilters, answerColumns, ANSWER_ORDERS } from "../answer-register.tsx";

/** By name, how the reader's own people have answered a policy. */
export const teamAnswers = defineRegister<ListedFollowUp, FollowUp>({
  path: "/team",
  file: "/team/acknowledgements.csv",
  fileName: () => "team-acknowledgements",
  caption: "Your people",
  one: "person",
  many: "people",
  search: "Name or e-mail",
  filters: answerFilters,
  orders: ANSWER_ORDERS,
  columns: {
    Person: answerColumns.Person,
    "E-mail": answerColumns["E-mail"],
    Team: answerColumns.Team,
    Policy: column.saved(({ policyTitle }) => policyTitle),
    Version: column.saved(({ policyVersion }) => versionCell(policyVersion)),
    Answer: answerColumns.State,
    When: answerColumns.When,
    "Answered on": column.saved(ANSWERED_COLUMNS["Answered on"]),
    "On paper": column.saved(ANSWERED_COLUMNS["On paper"]),
    "Due by": answerColumns["Due by"],
    Overdue: column.saved(({ state }) => (state === "overdue" ? "yes" : "no")),
    Away: column.shown(({ id, name }) => (
      <Link href={`/absences/${id}`} about={` on which ${name} is away`}>
        Days
      </Link>
    )),
  },
  empty: "There is nobody in your team yet.",
  read: (actor, asked) => getFollowUp(actor, asked, "team"),
});
