import { StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { sentenceOf } from "#domain/evidence/journal/event.ts";
import type { OwnDataView } from "#server/gather/own-data/queries.ts";

// One function for each kind of record that can be about a person.

export function AcknowledgementsSection({ acknowledgements }: Pick<OwnDataView, "acknowledgements">) {
  return (
    <Stack gap="tight">
      <h3>Your answers to policies: {acknowledgements.length}</h3>
      {acknowledgements.length === 0 && <p>You have not answered a policy yet.</p>}
      <ul>
        {acknowledgements.map(({ reference, title, version, answer, givenAt, paper }) => (
          <li key={reference}>
            <Link href={`/acknowledgements/${reference}`}>{reference}</Link> {ANSWER_WORDS[answer]}: {title}, version{" "}
            {version}, <GivenOn givenAt={givenAt} isOnPaper={paper !== null} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function ExceptionsSection({ exceptions }: Pick<OwnDataView, "exceptions">) {
  return (
    <Stack gap="tight">
      <h3>Exceptions you asked for: {exceptions.length}</h3>
      {exceptions.length === 0 && <p>You have not asked for an exception.</p>}
      <ul>
        {exceptions.map(({ exception: { reference, changedAt }, state }) => (
          <li key={reference}>
            <Link href={`/exceptions/${reference}`}>{reference}</Link> <StateTag state={state} />, changed{" "}
            <Moment at={changedAt} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function QuestionsSection({ questions }: Pick<OwnDataView, "questions">) {
  return (
    <Stack gap="tight">
      <h3>Questions you asked about policies: {questions.length}</h3>
      {questions.length === 0 && <p>You have not asked about a policy.</p>}
      <ul>
        {questions.map(({ reference, clause, title, version, askedAt }) => (
          <li key={reference}>
            <Link href={`/questions/${reference}`}>{reference}</Link> {clause !== "" && `Clause ${clause} of `}
            {title}, version {version}, <Moment at={askedAt} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function ReceiptsSection({ receiptCount }: Pick<OwnDataView, "receiptCount">) {
  return (
    <Stack gap="tight">
      <h3>Results you kept: {receiptCount}</h3>
      <p>
        {receiptCount === 0 ? (
          "You have not kept a result."
        ) : (
          <Link href="/decisions">See your kept results, and who can read them</Link>
        )}
      </p>
    </Stack>
  );
}

export function RecordsSection({ recordCount }: Pick<OwnDataView, "recordCount">) {
  return (
    <Stack gap="tight">
      <h3>Records you captured: {recordCount}</h3>
      <p>
        {recordCount === 0 ? (
          "You have not captured a record."
        ) : (
          <Link href="/records">See the records you captured</Link>
        )}
      </p>
    </Stack>
  );
}

export function ConsentsSection({ consents }: Pick<OwnDataView, "consents">) {
  if (consents.length === 0) return null;
  return (
    <Stack gap="tight">
      <h3>Photo consents you recorded: {consents.length}</h3>
      <p>
        <Link href="/photos">See the photo consents you recorded</Link>
      </p>
    </Stack>
  );
}

export function UnderstandingChecksSection({ checks }: Pick<OwnDataView, "checks">) {
  if (checks.length === 0) return null;
  return (
    <Stack gap="tight">
      <h3>Checks you recorded: {checks.length}</h3>
      <ul>
        {checks.map(({ reference, heldOn }) => (
          <li key={reference}>
            <Link href={`/checks-held/${reference}`}>{reference}</Link>, held on {dateInWords(heldOn)}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function ContinuitySection({ activities }: Pick<OwnDataView, "activities">) {
  if (activities.length === 0) return null;
  return (
    <Stack gap="tight">
      <h3>Business continuity activities you declared or ended: {activities.length}</h3>
      <ul>
        {activities.map(({ reference, title }) => (
          <li key={reference}>
            <Link href={`/continuity/${reference}`}>{reference}</Link> <bdi>{title}</bdi>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function GroupsSection({ groups }: Pick<OwnDataView, "groups">) {
  return (
    <Stack gap="tight">
      <h3>Chat groups you asked for, are in or were in: {groups.length}</h3>
      <p>We do not hold your number. We keep your answers: whether you agreed to share it, and when.</p>
      <ul>
        {groups.map(({ reference, name, role, consentedAt, withdrawnAt, removedAt }) => (
          <li key={reference}>
            <Link href={`/groups/${reference}`}>{reference}</Link> <bdi>{name}</bdi>
            {role ? `, ${role}` : ", asked for"}
            {consentedAt && (
              <>
                , agreed <Moment at={consentedAt} />
              </>
            )}
            {withdrawnAt && (
              <>
                , taken back <Moment at={withdrawnAt} />
              </>
            )}
            {removedAt && (
              <>
                , out since <Moment at={removedAt} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function IncidentsSection({ incidents }: Pick<OwnDataView, "incidents">) {
  if (incidents.length === 0) return null;
  return (
    <Stack gap="tight">
      <h3>Accidents you reported: {incidents.length}</h3>
      <ul>
        {incidents.map(({ reference, title, reportedAt }) => (
          <li key={reference}>
            <Link href={`/incidents/${reference}`}>{reference}</Link> {title}, <Moment at={reportedAt} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function EvidenceSection({ evidence: { count, latest } }: Pick<OwnDataView, "evidence">) {
  return (
    <Stack gap="tight">
      <h3>Evidence of what you did: {count}</h3>
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
    </Stack>
  );
}

export function FormInputSection({ count }: { count: number }) {
  return (
    <Stack gap="tight">
      <h3>Forms kept for you: {count}</h3>
      <p>
        What you typed into a form that we could not accept, so that you do not have to type it again. We delete it
        after a day.
      </p>
    </Stack>
  );
}

export function HoldsSection({ holds, holdsPlaced }: Pick<OwnDataView, "holds" | "holdsPlaced">) {
  return (
    <Stack gap="tight">
      <h3>Holds that concern you: {holds.length}</h3>
      {holds.length === 0 && <p>No hold concerns you.</p>}
      <ul>
        {holds.map(({ reference, placedAt, endedAt, confirmedAt }) => (
          <li key={reference}>
            <Link href={`/holds/${reference}`}>{reference}</Link> since <Moment at={placedAt} />
            {confirmedAt && (
              <>
                , you confirmed it <Moment at={confirmedAt} />
              </>
            )}
            {endedAt && (
              <>
                , ended <Moment at={endedAt} />
              </>
            )}
          </li>
        ))}
        {holdsPlaced.map(({ reference, keep, placedAt }) => (
          <li key={`placed ${reference}`}>
            <Link href={`/holds/${reference}`}>{reference}</Link> {keep === null ? "You ended it" : "You placed it"},{" "}
            <Moment at={placedAt} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

export function ClearDownsSection({ clearDowns }: Pick<OwnDataView, "clearDowns">) {
  return (
    <Stack gap="tight">
      <h3>Clear-downs you confirmed: {clearDowns.length}</h3>
      {clearDowns.length === 0 && <p>You have not confirmed a clear-down.</p>}
      <ul>
        {clearDowns.map(({ reference, group, dueOn, confirmedAt }) => (
          <li key={`${reference} ${dueOn}`}>
            <Link href={`/groups/${reference}/clear-downs`}>{reference}</Link> <bdi>{group}</bdi>, due{" "}
            {dateInWords(dueOn)}, confirmed <Moment at={confirmedAt} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}
