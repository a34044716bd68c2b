import { showPage } from "#app/_portal/form/form.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { Thumbprint } from "#app/_portal/thumbprint.tsx";
import { ButtonLink, Disclosure, Link, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { ErrorSummary, SummaryList, UserText } from "#app/_ui/content.tsx";
import { PORTAL_ACTOR, sentenceOf } from "#domain/evidence/journal/event.ts";
import type { EvidenceEntry, EvidenceRegister } from "#server/evidence/journal/queries.ts";
import { recordReadings } from "#server/evidence/journal/reading-service.ts";
import { form, page } from "./form.tsx";
import { evidence } from "./register.tsx";

const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, view } = shown;
  const { found, page: listed, asked } = view;
  if (await isLookedAt()) await recordReadings(actor, await found.readOf(listed.rows));
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <ErrorSummary errors={[...shown.formState.problems]} />
        <PageHeading>Evidence</PageHeading>
        <Stack>
          <p>
            Every change to the records of your body, as it was recorded. Nobody can change or remove a row here. If you
            search for a person, that is recorded too.
          </p>
          <p className="no-print">
            <ButtonLink href="/evidence/export" look="quiet">
              Export a period
            </ButtonLink>{" "}
            <ButtonLink href="/evidence/heads" look="quiet">
              Published heads
            </ButtonLink>
          </p>
        </Stack>
        {found.isNameTooShort && <p>Too many people have “{asked["actor"]}” in their name. Type more of the name.</p>}
        {evidence.show(
          view,
          listed.rows.length > 0 ? (
            <ol role="list" className="list-none border-t border-line">
              {listed.rows.map((entry) => (
                <EvidenceEntryRow key={entry.row.position} entry={entry} />
              ))}
            </ol>
          ) : undefined,
        )}
        {listed.rows.length > 0 && <div className="no-print">{form.show(shown)}</div>}
        <Checking found={found} />
      </Stack>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const Checking = ({ found: { head, thumbprint } }: { found: EvidenceRegister }) => (
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
        If the newest rows are cut off, no gap shows, and somebody who owns the database could rewrite the whole chain.
        So note the last hash somewhere else now and then, and have it compared. Your mail digest has it too, with the
        thumbprint of the key.
      </p>
      <p>
        Whoever runs the portal checks all rows with <code>npm run evidence:verify</code>. Anybody else checks{" "}
        <Link href="/evidence/export">an export</Link>. <Link href="/evidence/proof">What an export proves</Link>
      </p>
    </Disclosure>
  </Stack>
);

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
          <Link href={`/evidence?${new URLSearchParams({ subject: row.subject })}`}>All rows about {row.subject}</Link>
        )}
        <Link href={`/evidence?${new URLSearchParams({ actor: isPerson ? (actorName ?? row.actor) : "the portal" })}`}>
          All rows by {isPerson ? (actorName ?? "the same person") : "the portal"}
        </Link>
      </p>
    </>
  );
}
