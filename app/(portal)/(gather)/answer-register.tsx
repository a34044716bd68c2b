import { PersonName } from "#app/_portal/person-name.tsx";
import { column } from "#app/_portal/register.tsx";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { STATE_TONES } from "#app/_portal/state-tones.ts";
import { Tag } from "#app/_ui/content.tsx";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { FOLLOW_UP_STATES, FOLLOW_UP_WORDS } from "#domain/policy/acknowledgement/person-state.ts";
import type { FollowUp, ListedFollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";

// What the list of everybody and that of a line manager's own people have in common.

/** By policy, by state with how many are in each, and by team. */
export const answerFilters = {
  policy: {
    label: "Policy",
    choices: ({ policies }: FollowUp) => Object.fromEntries(policies.map(({ slug, title }) => [slug, title])),
    usual: ({ slug }: FollowUp) => slug,
  },
  state: {
    label: "State",
    choices: ({ counts }: FollowUp) =>
      Object.fromEntries(
        FOLLOW_UP_STATES.map((state) => [state, `${FOLLOW_UP_WORDS[state]} (${counts.get(state) ?? 0})`]),
      ),
  },
  team: {
    label: "Team",
    choices: ({ teams }: FollowUp) => Object.fromEntries(teams.map(({ id, name }) => [id, name])),
  },
};

export const ANSWER_ORDERS = { name: "By name", state: "By state", due: "By last day", team: "By team" };

export const answerColumns = {
  Person: column.shown(
    ({ name, email }: ListedFollowUp) => <PersonName name={name} email={email} />,
    ({ name }) => name,
  ),
  "E-mail": column.saved(({ email }: ListedFollowUp) => email),
  Team: column.shown(
    ({ team }: ListedFollowUp) => team ?? "None",
    ({ team }) => team,
  ),
  State: column.shown(
    ({ state }: ListedFollowUp) => <Tag tone={STATE_TONES[state]}>{FOLLOW_UP_WORDS[state]}</Tag>,
    ({ state }) => FOLLOW_UP_WORDS[state],
  ),
  When: column.shown(whenInWords),
  "Due by": column.saved(({ due }: ListedFollowUp) => due),
};

function whenInWords({ due, givenAt, version, isOnPaper, isUnderstandingChecked }: ListedFollowUp): string {
  const moment = givenAt && (isOnPaper ? paperDayInWords(givenAt) : momentInWords(givenAt));
  const answered = moment ? `Answered version ${version ?? ""} on ${moment}` : "";
  const checked = isUnderstandingChecked ? "Understanding checked" : "";
  return [due ? `Due by ${dateInWords(due)}` : "", answered, checked].filter(Boolean).join(". ");
}
