import { Moment } from "#app/_portal/moment.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { sentenceOf } from "#domain/evidence/journal/sentence.ts";
import type { EvidenceEntry } from "#server/evidence/journal/queries.ts";
import { writeEvidenceAddress } from "./evidence-address.ts";

/** One row of the journal: its sentence and time and, folded away below, everything recorded. */
export function EvidenceEntryRow({ entry }: { entry: EvidenceEntry }) {
  const { row } = entry;
  return (
    <li className="border-b border-line py-2">
      <p>
        <Sentence entry={entry} />
      </p>
      <div className="text-small">
        <Disclosure
          summary={
            <>
              <Moment at={row.at} /> · row {row.position} · {row.hash.slice(0, 12)}
            </>
          }
        >
          <Everything entry={entry} />
        </Disclosure>
      </div>
    </li>
  );
}

function Sentence({ entry: { row, actorName, policyTitle, subjectHref } }: { entry: EvidenceEntry }) {
  const policy = row.policy === null ? "a policy" : `“${policyTitle ?? row.policy}”, version ${row.version ?? "?"}`;
  return (
    <>
      {sentenceOf(row.event).map((part, index) => {
        if (part.kind === "text") return part.text;
        if (part.kind === "policy") return policy;
        if (part.kind === "actor") return <b key={index}>{actorName ?? "Somebody who has left"}</b>;
        return subjectHref ? (
          <Link key={index} href={subjectHref} className="whitespace-nowrap">
            {row.subject}
          </Link>
        ) : (
          row.subject
        );
      })}
      .
    </>
  );
}

function Everything({ entry: { row, actorName, detail, subjectHref } }: { entry: EvidenceEntry }) {
  const isPerson = row.actor !== PORTAL_ACTOR;
  const hashed: [string, string | number | null][] = [
    ["Body", row.body],
    ["Position", row.position],
    ["Event", row.event],
    ["Time (UTC)", row.at.toISOString()],
    ["Actor", row.actor],
    ["Subject", row.subject],
    ["Policy", row.policy],
    ["Version", row.version],
    ["Content hash", row.contentHash],
    ["Data", row.data],
    ["Commitment to the text", row.commitment],
    ["Previous hash", row.previousHash],
  ];
  const isAboutThing = row.subject !== `${row.policy} ${row.version}`;
  return (
    <>
      <SummaryList
        rows={[
          ...hashed.flatMap(([term, value]) => (value === null ? [] : [{ term, value: <code>{value}</code> }])),
          { term: "Hash of all of these", value: <code>{row.hash}</code> },
          ...(detail === null
            ? []
            : [{ term: "Text", value: detail === "erased" ? "Erased." : <UserText>{detail.text}</UserText> }]),
        ]}
      />
      <p className="flex flex-wrap gap-x-6 gap-y-1">
        {subjectHref && <Link href={subjectHref}>Open {row.subject}</Link>}
        {isAboutThing && (
          <Link href={writeEvidenceAddress({ subject: row.subject })}>All rows about {row.subject}</Link>
        )}
        <Link href={writeEvidenceAddress({ actor: isPerson ? (actorName ?? row.actor) : "the portal" })}>
          All rows by {isPerson ? (actorName ?? "the same person") : "the portal"}
        </Link>
      </p>
    </>
  );
}
