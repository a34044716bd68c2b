import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { STATE_TONES } from "#app/_portal/state-tones.ts";
import { dateInWords, momentInWords } from "#domain/base/calendar/calendar.ts";
import { paperDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { FOLLOW_UP_WORDS, REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import type { FollowUpPerson } from "#server/policy/acknowledgement/follow-up-queries.ts";

type PeopleToFollowUpProps = {
  people: readonly FollowUpPerson[];
  isChosen: (id: string) => boolean;
  /** Whose answer can be recorded from paper: the address of its page, and null for the reader's own. */
  paperHref: (id: string) => string | null;
};

/** People with a box to tick where they can be reminded. E-mail and team tell two of one name apart. */
export function PeopleToFollowUp({ people, isChosen, paperHref }: PeopleToFollowUpProps) {
  return (
    <DataTable
      caption="People"
      captionHidden
      columns={{
        Person: (person) => <Person person={person} isChosen={isChosen(person.id)} />,
        Team: (person) => person.team ?? "None",
        State: (person) => <Tag tone={STATE_TONES[person.state]}>{FOLLOW_UP_WORDS[person.state]}</Tag>,
        When: (person) => whenInWords(person),
        "On paper": (person) => <PaperLink person={person} href={paperHref(person.id)} />,
      }}
      rows={people}
      empty="Nobody matches. Choose another state or team, or type less of the name."
    />
  );
}

function Person({ person: { id, name, email, state }, isChosen }: { person: FollowUpPerson; isChosen: boolean }) {
  const words = <PersonName name={name} email={email} />;
  if (!REMINDED_STATES.includes(state) && state !== "exempt") return <span className="flex ps-9">{words}</span>;
  return (
    <TickBox name="person" value={id} isChosen={isChosen}>
      {words}
    </TickBox>
  );
}

/** To record what somebody answered on paper, or to see what was recorded. */
function PaperLink({ person: { name, state, isOnPaper }, href }: { person: FollowUpPerson; href: string | null }) {
  if (href === null || (state === "acknowledged" && !isOnPaper)) return null;
  return (
    <Link href={href}>
      {state === "acknowledged" ? "See the recording" : "Record on paper"}
      <VisuallyHidden>
        {state === "acknowledged" ? " of" : " for"} {name}
      </VisuallyHidden>
    </Link>
  );
}

function whenInWords({ due, givenAt, version, isOnPaper, isUnderstandingChecked }: FollowUpPerson): string {
  const moment = givenAt && (isOnPaper ? paperDayInWords(givenAt) : momentInWords(givenAt));
  const answered = moment ? `Answered version ${version ?? ""} on ${moment}` : "";
  const checked = isUnderstandingChecked ? "Understanding checked" : "";
  return [due ? `Due by ${dateInWords(due)}` : "", answered, checked].filter(Boolean).join(". ");
}
