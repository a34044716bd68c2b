import { StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { lastDayOfException } from "#domain/policy/exception/register.ts";
import { EXCEPTION_STATES, EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import type { EarlierException, EarlierExceptions } from "#server/policy/exception/queries.ts";
import { exceptionPath } from "./step-words.ts";

/** This many approvals for one clause say more about the clause than about the requests. */
const MANY_APPROVED = 4;
/** If there are more, they are only counted: a decider reads the newest, also on a phone. */
const MOST_SHOWN = 8;

type Props = { earlier: EarlierExceptions; requesterName: string };

/** Earlier decisions for a decider to compare: the person's other requests, and others' from the same clauses. */
export const EarlierSection = ({ earlier: { ofPerson, ofClauses, approvedOnClauses }, requesterName }: Props) => (
  <PageSection title="Earlier exceptions">
    {approvedOnClauses >= MANY_APPROVED && (
      <Banner tone="warning" title={`Approved ${approvedOnClauses} times before`} headingLevel={3}>
        <p>There are many exceptions from the same clauses: ask the policy owner whether the policy should change.</p>
      </Banner>
    )}
    <Earlier caption={`By ${requesterName}: ${ofPerson.length}`} entries={ofPerson} />
    <Earlier caption={`By others, from the same clauses: ${ofClauses.length}`} entries={ofClauses} hasNames />
  </PageSection>
);

type EarlierProps = { caption: string; entries: readonly EarlierException[]; hasNames?: boolean };

function Earlier({ caption, entries, hasNames = false }: EarlierProps) {
  if (entries.length === 0) return <p>{caption.replace(/: 0$/, ": none")}</p>;
  const shown = entries.filter(({ reference }) => reference !== null).slice(0, MOST_SHOWN);
  const others = entries.filter((entry) => !shown.includes(entry));
  if (shown.length === 0) return <Others caption={caption} entries={others} />;
  return (
    <>
      <EarlierTable caption={caption} entries={shown} hasNames={hasNames} />
      {others.length > 0 && <Others caption={`Not listed here: ${others.length}`} entries={others} />}
    </>
  );
}

/** Older ones, and those that the reader may not open: how many in each state. */
function Others({ caption, entries }: EarlierProps) {
  const counts = EXCEPTION_STATES.flatMap((state) => {
    const count = entries.filter((entry) => entry.state === state).length;
    return count === 0 ? [] : [`${count} ${EXCEPTION_STATE_WORDS[state].toLowerCase()}`];
  });
  return (
    <p>
      {caption} ({counts.join(", ")}).
    </p>
  );
}

const EarlierTable = ({ caption, entries, hasNames = false }: EarlierProps) => (
  <DataTable
    caption={caption}
    captionHidden={false}
    columns={{
      Reference: ({ reference, requesterName }) => (
        <>
          {reference && (
            <Link href={exceptionPath(reference)} className="whitespace-nowrap">
              {reference}
            </Link>
          )}
          {hasNames && requesterName && <span className="block text-small font-normal text-soft">{requesterName}</span>}
        </>
      ),
      Clauses: ({ clauses }) => clauses.join(", "),
      Sent: ({ submittedAt }) => (submittedAt ? dateInWords(calendarDay(submittedAt)) : "–"),
      State: ({ state, startsAt, endsAt }) => {
        const until = lastDayOfException({ state, exception: { startsAt, endsAt } });
        return (
          <>
            <StateTag state={state} />
            {until && <span className="block text-small text-soft">until {dateInWords(until)}</span>}
          </>
        );
      },
    }}
    rows={entries}
  />
);
