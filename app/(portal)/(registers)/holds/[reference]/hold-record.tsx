import { Moment, PageLinks } from "#app/_portal/portal-page.tsx";
import { Disclosure, Link, Stack } from "#app/_ui/layout.tsx";
import { DataTable, SummaryList, Tag, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { HoldView } from "#server/registers/hold/queries.ts";

const NOT_CONFIRMED = { newer: "Earlier names, not confirmed", older: "Later names, not confirmed" };
const CONFIRMED = { newer: "Earlier names, confirmed", older: "Later names, confirmed" };

/** If there are more targets than this, the others are folded away. */
const MOST_NAMED = 100;

type Record = NonNullable<HoldView["record"]>;

/** For governance officers and auditors: why it was placed, what it names, and who has confirmed. */
export function HoldDetails({ hold: { reference, endedAt, mayPlace }, record }: { hold: HoldView; record: Record }) {
  const { occurredOn, note, placedBy, endedBy, endReason, remindedAt, counts, waiting, confirmed } = record;
  const who = ({ name, isActor }: { name: string; isActor: boolean }) => (isActor ? "You" : name);
  return (
    <Stack as="section" gap="loose">
      <Stack>
        <h2>For the record</h2>
        <p className="text-small text-soft">Only governance officers and auditors see this part.</p>
        <SummaryList
          rows={{
            "Request or event of": occurredOn ? dateInWords(occurredOn) : "No day is stated",
            On: <Targets record={record} />,
            Words: record.words.length > 0 && record.words.map((word) => `“${word}”`).join(", "),
            "Look again on": record.reviewOn && dateInWords(record.reviewOn),
            "Written by others": mayPlace && <WrittenByOthers reference={reference} />,
            Note: note === "" ? "None" : <UserText>{note}</UserText>,
            "Placed by": who(placedBy),
            "Ended by": endedBy && who(endedBy),
            "Why it ended": endReason !== null && <UserText>{endReason}</UserText>,
            "Last reminder": remindedAt && <Moment at={remindedAt} />,
          }}
        />
      </Stack>
      <Stack>
        <h3>
          Confirmed: {counts.confirmed} of {counts.concerned}
        </h3>
        <DataTable
          caption="Who has confirmed"
          columns={{
            Name: ({ name }) => name,
            Confirmed: ({ confirmedAt }) =>
              confirmedAt ? (
                <Moment at={confirmedAt} />
              ) : (
                <Tag tone={endedAt ? "neutral" : "warning"}>Not confirmed</Tag>
              ),
          }}
          rows={[...waiting.rows, ...confirmed.rows]}
          empty="It concerns nobody in the directory."
        />
        <PageLinks
          label="Pages of those who have not confirmed"
          page={waiting}
          path={`/holds/${reference}`}
          list="waiting"
          words={NOT_CONFIRMED}
        />
        <PageLinks
          label="Pages of those who have confirmed"
          page={confirmed}
          path={`/holds/${reference}`}
          list="confirmed"
          words={CONFIRMED}
        />
        <NoLongerAndOutside record={record} />
      </Stack>
    </Stack>
  );
}

function WrittenByOthers({ reference }: { reference: string }) {
  return <Link href={`/governance/person-search?hold=${reference}`}>What others wrote about its people and words</Link>;
}

const NoLongerAndOutside = ({ record }: { record: Record }) => (
  <>
    {record.releases.length > 0 && (
      <>
        <p>It concerns these no longer:</p>
        <ul>
          {record.releases.map(({ name, at, by, reason }) => (
            <li key={at.getTime()}>
              <bdi>{name}</bdi>, released by <bdi>{by}</bdi> on <Moment at={at} />: <UserText>{reason}</UserText>
            </li>
          ))}
        </ul>
      </>
    )}
    {record.outsiders.length > 0 && (
      <>
        <p>These are in the groups, but not in the directory. Tell them yourself:</p>
        <ul>
          {record.outsiders.map(({ name, organisation, group }, at) => (
            <li key={at}>
              <bdi>{name}</bdi>, <bdi>{organisation}</bdi> (<bdi>{group}</bdi>)
            </li>
          ))}
        </ul>
      </>
    )}
  </>
);

const Targets = ({ record: { isOnSubject, groups, people } }: { record: Record }) => (
  <Stack gap="tight">
    {isOnSubject && <p>A subject: everybody in the body</p>}
    <Named what="groups">
      {groups.map(({ reference, name }) => (
        <li key={reference}>
          <bdi>{name}</bdi> (<Link href={`/groups/${reference}/clear-downs`}>{reference}</Link>)
        </li>
      ))}
    </Named>
    <Named what="people">
      {people.map(({ id, name, hasLeft }) => (
        <li key={id}>
          {name}
          {hasLeft && ", who has left"}
        </li>
      ))}
    </Named>
  </Stack>
);

/** All of what a hold names, the later ones folded away on a screen. */
function Named({ what, children }: { what: string; children: readonly React.ReactElement[] }) {
  const [first, later] = [children.slice(0, MOST_NAMED), children.slice(MOST_NAMED)];
  return (
    <>
      {first.length > 0 && <ul className="list-none">{first}</ul>}
      {later.length > 0 && (
        <Disclosure summary={`${later.length.toLocaleString("en-GB")} more ${what}`}>
          <ul className="list-none">{later}</ul>
        </Disclosure>
      )}
    </>
  );
}
