import type { ReactNode } from "react";
import { StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Link, LinkLine, Stack } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { sentenceOf } from "#domain/evidence/journal/event.ts";
import type { OwnDataView } from "#server/gather/own-data/queries.ts";

type OwnDataProps = { data: OwnDataView };

/** What somebody asked for, answered and kept: each kind of record under its heading. */
export function OwnRecords({ data }: OwnDataProps) {
  const { acknowledgements, exceptions, questions, receiptCount, recordCount, consents, checks, activities } = data;
  return (
    <>
      <Kind title="Your answers to policies" count={acknowledgements.length} none="You have not answered a policy yet.">
        {acknowledgements.map(({ reference, title, version, answer, givenAt, paper }) => (
          <Entry key={reference} page="acknowledgements" reference={reference}>
            {ANSWER_WORDS[answer]}: {title}, version {version}, <GivenOn givenAt={givenAt} isOnPaper={paper !== null} />
          </Entry>
        ))}
      </Kind>
      <Kind title="Exceptions you asked for" count={exceptions.length} none="You have not asked for an exception.">
        {exceptions.map(({ exception: { reference, changedAt }, state }) => (
          <Entry key={reference} page="exceptions" reference={reference}>
            <StateTag state={state} />, changed <Moment at={changedAt} />
          </Entry>
        ))}
      </Kind>
      <Kind
        title="Questions you asked about policies"
        count={questions.length}
        none="You have not asked about a policy."
      >
        {questions.map(({ reference, clause, title, version, askedAt }) => (
          <Entry key={reference} page="questions" reference={reference}>
            {clause !== "" && `Clause ${clause} of `}
            {title}, version {version}, <Moment at={askedAt} />
          </Entry>
        ))}
      </Kind>
      <Kind title="Results you kept" count={receiptCount}>
        <p>
          {receiptCount === 0 ? (
            "You have not kept a result."
          ) : (
            <Link href="/decisions">See your kept results, and who can read them</Link>
          )}
        </p>
      </Kind>
      <Kind title="Records you captured" count={recordCount}>
        <p>
          {recordCount === 0 ? (
            "You have not captured a record."
          ) : (
            <Link href="/records">See the records you captured</Link>
          )}
        </p>
      </Kind>
      {consents.length > 0 && (
        <Kind title="Photo consents you recorded" count={consents.length}>
          <LinkLine href="/photos">See the photo consents you recorded</LinkLine>
        </Kind>
      )}
      <KindIfAny title="Checks you recorded">
        {checks.map(({ reference, heldOn }) => (
          <Entry key={reference} page="checks-held" reference={reference} mark=",">
            held on {dateInWords(heldOn)}
          </Entry>
        ))}
      </KindIfAny>
      <KindIfAny title="Business continuity activities you declared or ended">
        {activities.map(({ reference, title }) => (
          <Entry key={reference} page="continuity" reference={reference}>
            <bdi>{title}</bdi>
          </Entry>
        ))}
      </KindIfAny>
    </>
  );
}

/** Chat groups, accidents, holds and clear-downs that concern somebody; then what the portal notes by itself. */
export function RecordsAbout({ data }: OwnDataProps) {
  const { groups, incidents, holds, holdsPlaced, clearDowns, formInputCount } = data;
  return (
    <>
      <Kind title="Chat groups you asked for, are in or were in" count={groups.length}>
        <p>We do not hold your number. We keep your answers: whether you agreed to share it, and when.</p>
        <ul>
          {groups.map(({ reference, name, role, consentedAt, withdrawnAt, removedAt }) => (
            <Entry key={reference} page="groups" reference={reference}>
              <bdi>{name}</bdi>
              {role ? `, ${role}` : ", asked for"}
              <Then words="agreed" at={consentedAt} />
              <Then words="taken back" at={withdrawnAt} />
              <Then words="out since" at={removedAt} />
            </Entry>
          ))}
        </ul>
      </Kind>
      <KindIfAny title="Accidents you reported">
        {incidents.map(({ reference, title, reportedAt }) => (
          <Entry key={reference} page="incidents" reference={reference}>
            {title}, <Moment at={reportedAt} />
          </Entry>
        ))}
      </KindIfAny>
      <Kind title="Holds that concern you" count={holds.length} none="No hold concerns you.">
        {holds.map(({ reference, placedAt, endedAt, confirmedAt }) => (
          <Entry key={reference} page="holds" reference={reference}>
            since <Moment at={placedAt} />
            <Then words="you confirmed it" at={confirmedAt} />
            <Then words="ended" at={endedAt} />
          </Entry>
        ))}
        {holdsPlaced.map(({ reference, keep, placedAt }) => (
          <Entry key={`placed ${reference}`} page="holds" reference={reference}>
            {keep === null ? "You ended it" : "You placed it"}, <Moment at={placedAt} />
          </Entry>
        ))}
      </Kind>
      <Kind title="Clear-downs you confirmed" count={clearDowns.length} none="You have not confirmed a clear-down.">
        {clearDowns.map(({ reference, group, dueOn, confirmedAt }) => (
          <Entry key={`${reference} ${dueOn}`} page="groups" reference={reference} below="/clear-downs">
            <bdi>{group}</bdi>, due {dateInWords(dueOn)}, confirmed <Moment at={confirmedAt} />
          </Entry>
        ))}
      </Kind>
      <Evidence evidence={data.evidence} />
      <Kind title="Forms kept for you" count={formInputCount}>
        <p>
          What you typed into a form that we could not accept, so that you do not have to type it again. We delete it
          after a day.
        </p>
      </Kind>
    </>
  );
}

type KindProps = { title: string; count: number; none?: string; children: ReactNode };

/** One kind of record, with how many there are. @param none of a kind that is listed: what to say if there is none */
const Kind = ({ title, count, none, children }: KindProps) => (
  <Stack gap="tight">
    <h3>
      {title}: {count}
    </h3>
    {none !== undefined && count === 0 && <p>{none}</p>}
    {none === undefined ? children : <ul>{children}</ul>}
  </Stack>
);

/** A kind of record that most people have none of. */
const KindIfAny = ({ title, children }: { title: string; children: readonly ReactNode[] }) =>
  children.length === 0 ? null : (
    <Kind title={title} count={children.length}>
      <ul>{children}</ul>
    </Kind>
  );

type EntryProps = { page: string; reference: string; below?: string; mark?: string; children: ReactNode };

const Entry = ({ page, reference, below = "", mark = "", children }: EntryProps) => (
  <li>
    <Link href={`/${page}/${reference}${below}`}>{reference}</Link>
    {mark} {children}
  </li>
);

const Then = ({ words, at }: { words: string; at: Date | null }) =>
  at && (
    <>
      , {words} <Moment at={at} />
    </>
  );

const Evidence = ({ evidence: { count, latest } }: Pick<OwnDataView, "evidence">) => (
  <Kind title="Evidence of what you did" count={count}>
    <p>
      {count === 0
        ? "Nothing is recorded yet."
        : "The journal records each change under your id, without your name. It cannot be changed."}
      {count > latest.length && ` The last ${latest.length}:`}
    </p>
    <ul>
      {latest.map(({ position, event, subject, policyTitle, version, at }) => (
        <li key={position}>
          {sentenceOf(event)
            .map((part) => {
              if (part.kind === "text") return part.text;
              if (part.kind === "actor") return "You";
              return part.kind === "subject" ? subject : [policyTitle, version].filter(Boolean).join(", version ");
            })
            .join("")}
          , <Moment at={at} />
        </li>
      ))}
    </ul>
  </Kind>
);
