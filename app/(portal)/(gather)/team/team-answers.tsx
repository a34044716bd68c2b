import { Link, Stack } from "#app/_ui/layout.tsx";
import { StackedBar } from "#app/_ui/stacked-bar.tsx";
import { DataTable, Tag } from "#app/_ui/content.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import { REPORT_PART_COLUMNS } from "#app/_portal/report-words.ts";
import { STATE_TONES } from "#app/_portal/state-tones.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { answerDayInWords } from "#domain/policy/acknowledgement/paper-answer.ts";
import { FOLLOW_UP_WORDS, REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import {
  partOf,
  type ReportedPolicy,
  type ReportPart,
  type TeamMemberLine,
} from "#server/policy/acknowledgement/report-queries.ts";

/** With more than this, a chart says less than the table below it. */
const MOST_TEAMS_DRAWN = 12;

type TeamAnswersProps = {
  policy: ReportedPolicy;
  members: readonly TeamMemberLine[];
  /** In a form that reminds people: whether somebody was ticked before it came back. */
  isChosen?: (id: string) => boolean;
};

/** How the people in the reader's teams have answered one policy: as a chart, and by name. */
export function TeamAnswers({ policy, members, isChosen }: TeamAnswersProps) {
  const teams = [...new Map(members.map(({ team }) => [team.id, team])).values()];
  teams.sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
  const count = (teamId: string, part: ReportPart) =>
    members.filter((member) => member.team.id === teamId && partOf(member.state) === part).length;
  return (
    <Stack as="section">
      <h2>
        <Link href={`/policies/${policy.slug}`}>{policy.title}</Link>, version {policy.version}
      </h2>
      {teams.length <= MOST_TEAMS_DRAWN && (
        <StackedBar
          id={`team-${policy.slug}`}
          label={`Answers by team on “${policy.title}”; the table below names each.`}
          parts={[...REPORT_PART_COLUMNS]}
          rows={teams.map(({ id, name }) => ({
            label: name,
            values: {
              accepted: count(id, "accepted"),
              declined: count(id, "declined"),
              outstanding: count(id, "outstanding"),
            },
          }))}
        />
      )}
      <DataTable
        caption={`Who has answered “${policy.title}”, version ${policy.version}`}
        columns={{
          Person: (member) =>
            isChosen && REMINDED_STATES.includes(member.state) ? (
              <TickBox name="person" value={member.personId} isChosen={isChosen(member.personId)}>
                <PersonName {...member} />
              </TickBox>
            ) : (
              <PersonName {...member} />
            ),
          Team: teams.length > 1 && (({ team }) => team.name),
          Answer: ({ state }) => <Tag tone={STATE_TONES[state]}>{FOLLOW_UP_WORDS[state]}</Tag>,
          When: whenOf,
          Away: ({ personId, name }) => (
            <Link href={`/absences/${personId}`} about={` on which ${name} is away`}>
              Days
            </Link>
          ),
        }}
        rows={members}
      />
    </Stack>
  );
}

function whenOf({ givenAt, isOnPaper, due }: TeamMemberLine): string {
  if (givenAt) return answerDayInWords({ givenAt, isOnPaper });
  return due ? `Due by ${dateInWords(due)}` : "";
}
