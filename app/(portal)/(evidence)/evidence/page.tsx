import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Thumbprint } from "#app/_portal/thumbprint.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { isDay } from "#domain/base/calendar/calendar.ts";
import {
  EVIDENCE_EVENT_LABELS,
  EVIDENCE_EVENT_NAMES,
  PORTAL_ACTOR,
  sentenceOf,
} from "#domain/evidence/journal/event.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { type EvidenceEntry, type EvidencePage, getEvidencePage } from "#server/evidence/journal/queries.ts";
import { recordReadings } from "#server/evidence/journal/reading-service.ts";
import {
  type EvidenceAddress,
  readEvidenceAddress,
  writeEvidenceAddress,
  writeEvidenceFilters,
} from "./evidence-address.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { problems } = readEvidenceAddress(await searchParams);
  return { title: `${problems.length > 0 ? "Error: " : ""}Evidence` };
}

/** The journal of the reader's body, newest first, for governance officers and auditors. */
export default async function EvidencePageView({ searchParams }: Props) {
  const actor = await requireActor();
  const address = readEvidenceAddress(await searchParams);
  const page = await getEvidencePage(actor, address.filter, address.cursor);
  if (!page) notFound();
  if (await isLookedAt()) await recordReadings(actor, page.readOf);
  const { typed } = address;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <ErrorSummary errors={[...address.problems]} />
        <PageHeading>Evidence</PageHeading>
        <Stack>
          <p>
            Every change to the records of your body, as it was recorded. Nobody can change or remove a row here. If you
            search for a person, that is recorded too.
          </p>
          <p className="no-print">
            <ButtonLink href="/evidence/export" look="quiet">
              Export a period
            </ButtonLink>
          </p>
        </Stack>
        <Filters address={address} page={page} />
        {page.entries.rows.length > 0 ? (
          <ol role="list" className="list-none border-t border-line">
            {page.entries.rows.map((entry) => (
              <EvidenceEntryRow key={entry.row.position} entry={entry} />
            ))}
          </ol>
        ) : (
          <p>{nothingFound(address, page)}</p>
        )}
        <PageLinks
          label="Pages of the evidence"
          page={page.entries}
          path="/evidence"
          filters={writeEvidenceFilters(typed)}
        />
        <Checking page={page} />
      </Stack>
    </PortalPage>
  );
}

function Filters({ address: { typed, problems }, page }: { address: EvidenceAddress; page: EvidencePage }) {
  const errorOf = (name: string) => problems.find(({ field }) => field === name)?.message;
  // A date field shows nothing if there is no such day; a text field keeps it.
  const dayField = (name: "from" | "until") => ({
    type: isDay(typed[name]) || typed[name] === "" ? ("date" as const) : ("text" as const),
    defaultValue: typed[name],
    error: errorOf(name),
  });
  const isFiltered = Object.values(typed).some((value) => value !== "");
  const all = (label: string) => ({ value: "", label });
  return (
    <FilterForm action="/evidence" clearHref={isFiltered ? "/evidence" : undefined}>
      <SelectField
        name="event"
        label="What happened"
        options={[
          all("Anything"),
          ...EVIDENCE_EVENT_NAMES.map((name) => ({ value: name, label: EVIDENCE_EVENT_LABELS[name] })),
        ]}
        defaultValue={typed.event}
      />
      <SelectField
        name="policy"
        label="Policy"
        options={[all("Any"), ...page.policies.map(({ slug, title }) => ({ value: slug, label: title }))]}
        defaultValue={typed.policy}
      />
      <TextField name="actor" label="By (a name, or its beginning)" defaultValue={typed.actor} autoComplete="off" />
      <TextField name="subject" label="Reference" defaultValue={typed.subject} autoComplete="off" spellCheck={false} />
      <TextField name="from" label="From" {...dayField("from")} />
      <TextField name="until" label="Until" {...dayField("until")} />
    </FilterForm>
  );
}

function nothingFound({ typed }: EvidenceAddress, { isNameTooShort }: EvidencePage): string {
  if (isNameTooShort) return `Too many people have “${typed.actor}” in their name. Type more of the name.`;
  const isFiltered = Object.values(typed).some((value) => value !== "");
  if (isFiltered) return "Nothing fits these filters. Change one of them, or clear them all.";
  return "Nothing is recorded yet. It begins when somebody answers a policy or asks for an exception.";
}

function Checking({ page: { head, thumbprint } }: { page: EvidencePage }) {
  return (
    <Stack gap="tight">
      {head.position > 0 && (
        <p>
          The newest row, to note somewhere else:{" "}
          <code className="wrap-anywhere">{`${head.body}:${head.position}:${head.hash}`}</code>
        </p>
      )}
      {thumbprint !== null && (
        <Thumbprint text={thumbprint}>
          The key that signs exports of your body. Read its thumbprint out to your auditor by telephone, or send it by
          letter: whoever has it from you can tell who signed an export.
        </Thumbprint>
      )}
      <Disclosure summary="What this proves, and how to check it">
        <p>
          Each row carries the hash of the row before it. Changing, moving, removing or adding a row breaks the hashes
          from there on.
        </p>
        <p>
          If the newest rows are cut off, no gap shows, and somebody who owns the database could rewrite the whole
          chain. So note the last hash somewhere else now and then, and have it compared. Your mail digest has it too,
          with the thumbprint of the key.
        </p>
        <p>
          Whoever runs the portal checks all rows with <code>npm run evidence:verify</code>. Anybody else checks{" "}
          <Link href="/evidence/export">an export</Link>. <Link href="/evidence/proof">What an export proves</Link>
        </p>
      </Disclosure>
    </Stack>
  );
}

/** One row of the journal: its sentence and time and, folded away below, everything recorded. */
function EvidenceEntryRow({ entry }: { entry: EvidenceEntry }) {
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
