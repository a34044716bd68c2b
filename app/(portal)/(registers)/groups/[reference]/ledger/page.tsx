import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, ButtonLine, PageHeading, PageSection, PrintHint, Stack } from "#app/_ui/layout.tsx";
import { ErrorSummary, SummaryList, Tag, type TagTone } from "#app/_ui/content.tsx";
import { FilterForm, TextField } from "#app/_ui/fields.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { ledgerSentences, ledgerStateInWords, type LedgerState } from "#domain/registers/clear-down/ledger.ts";
import { getLedger, type Ledger } from "#server/registers/clear-down/ledger-queries.ts";
import { recordLedgerUse } from "#server/registers/clear-down/service.ts";
import { readDays, type AskedDays } from "./read-days.ts";

const TONES: Record<LedgerState, TagTone> = {
  due: "neutral",
  cleared: "good",
  late: "warning",
  missed: "warning",
  held: "warning",
  "after-hold": "good",
};

/**
 * What happened to a group's messages, period by period, in sentences for answering a requester. One page, also in
 * print.
 */
const page = definePage({
  path: "/groups/[reference]/ledger",
  async read({ actor, params, query }) {
    const asked = readDays(query);
    const ledger = await getLedger(actor, params.reference, asked);
    return ledger && { ledger, asked };
  },
  heading: "Disposal ledger",
  title: ({ view: { asked, ledger } }) =>
    `${asked.problems.length > 0 ? "Error: " : ""}Disposal ledger of ${ledger.group.reference}`,
});

const { generateMetadata, Page } = showPage(page, async ({ actor, view: { ledger, asked } }) => {
  const { group, body, rule, entries, isOverseen } = ledger;
  if (await isLookedAt()) await recordLedgerUse(actor, ledger, "read");
  return (
    <PortalPage actor={actor} gap="section">
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/groups/${group.reference}/clear-downs`}>Clear-downs of this group</BackLink>
          <ErrorSummary errors={[...asked.problems]} />
          <PageHeading kicker={`${body.name} · ${group.reference}`}>Disposal ledger</PageHeading>
        </Stack>
        <SummaryList
          rows={{
            Group: <bdi>{group.name}</bdi>,
            App: group.app,
            "On the register since": dateInWords(group.approvedOn),
            "Closed on": group.closedOn && dateInWords(group.closedOn),
            "Rule now": rule,
            "Due between": betweenInWords(asked),
          }}
        />
        <Filter path={`/groups/${group.reference}/ledger`} asked={asked} />
      </Stack>
      <PageSection title="What happened to the messages">
        {entries.length === 0 ? <p>Nothing had to be cleared in that time.</p> : <Entries ledger={ledger} />}
      </PageSection>
      <Stack gap="tight">
        {isOverseen && (
          <p className="no-print text-small text-soft">
            The evidence records that you read or saved it. It names people: take the names out before you hand it to
            somebody outside.
          </p>
        )}
        <ButtonLine href={`/groups/${group.reference}/ledger.csv${asked.query}`} look="quiet">
          Save as a file (CSV)
        </ButtonLine>
        <PrintHint />
      </Stack>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const Entries = ({ ledger: { entries, by } }: { ledger: Ledger }) => (
  <ol role="list" className="list-none border-t border-line">
    {entries.map((entry) => (
      <li key={entry.period.dueOn} data-keep="" className="space-y-1.5 border-b border-line py-3">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <strong>{dateInWords(entry.period.dueOn)}</strong>{" "}
          <Tag tone={TONES[entry.state]}>{ledgerStateInWords(entry, by)}</Tag>
        </p>
        <p className="max-w-text wrap-anywhere">{ledgerSentences(entry, by).join(" ")}</p>
      </li>
    ))}
  </ol>
);

function Filter({ path, asked: { from, to, typed, problems } }: { path: string; asked: AskedDays }) {
  const errorOf = (name: string) => problems.find(({ field }) => field === name)?.message;
  return (
    <FilterForm action={path} clearHref={from || to ? path : undefined}>
      <TextField name="from" label="Due from" type="date" defaultValue={typed.from} error={errorOf("from")} />
      <TextField name="to" label="Due until" type="date" defaultValue={typed.to} error={errorOf("to")} />
    </FilterForm>
  );
}

const betweenInWords = ({ from, to }: AskedDays): string =>
  !from && !to
    ? "The whole time"
    : [from && `from ${dateInWords(from)}`, to && `until ${dateInWords(to)}`].filter(Boolean).join(" ");
