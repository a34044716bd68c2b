import { DataTable } from "#app/_ui/data-table.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { STATE_TONES } from "#app/_portal/state-tones.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { FOLLOW_UP_WORDS, REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { PersonBox } from "../../person-box.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import type { FollowUpPerson } from "#server/policy/acknowledgement/follow-up-queries.ts";

type PeopleToFollowUpProps = { people: readonly FollowUpPerson[]; isChosen: (id: string) => boolean };

/** People with a box to tick where they can be reminded. E-mail and team tell two of one name apart. */
export function PeopleToFollowUp({ people, isChosen }: PeopleToFollowUpProps) {
  return (
    <DataTable
      caption="People"
      captionHidden
      columns={[
        { key: "name", label: "Person" },
        { key: "team", label: "Team" },
        { key: "state", label: "State" },
        { key: "when", label: "When" },
      ]}
      rows={people.map((person) => ({
        key: person.id,
        cells: {
          name: <Person person={person} isChosen={isChosen(person.id)} />,
          team: person.team ?? "None",
          state: <Tag tone={STATE_TONES[person.state]}>{FOLLOW_UP_WORDS[person.state]}</Tag>,
          when: whenInWords(person),
        },
      }))}
      empty="Nobody fits. Choose another state or team, or type less of the name."
    />
  );
}

function Person({ person: { id, name, email, state }, isChosen }: { person: FollowUpPerson; isChosen: boolean }) {
  const words = <PersonName name={name} email={email} />;
  if (!REMINDED_STATES.includes(state) && state !== "exempt") return <span className="flex ps-9">{words}</span>;
  return (
    <PersonBox id={id} isChosen={isChosen}>
      {words}
    </PersonBox>
  );
}

function whenInWords({ due, givenAt, version, isUnderstandingChecked }: FollowUpPerson): string {
  const answered = givenAt ? `Answered version ${version ?? ""} on ${dateInWords(calendarDay(givenAt))}` : "";
  const checked = isUnderstandingChecked ? "Understanding checked" : "";
  return [due ? `Due by ${dateInWords(due)}` : "", answered, checked].filter(Boolean).join(". ");
}
