import { showPage } from "#app/_portal/form/page.ts";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { disposalForm, exportForm, page } from "./form.tsx";
import { records } from "./register.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { own, register } = shown.view;
  return (
    <PortalPage actor={shown.actor}>
      <Stack gap="section">
        <Stack>
          <ErrorSummary errors={[...shown.formState.problems]} />
          <PageHeading>Captured records</PageHeading>
          <p>
            What was said in a chat and matters to the organisation: noted here, kept in an approved system. A decision
            that was reached in a chat belongs here too.
          </p>
          <p className="no-print">
            <ButtonLink href="/records/new">Capture a record</ButtonLink>
          </p>
        </Stack>
        {register && (
          <Section title="Search all records">
            <DoneWithMany query={shown.query} />
            {records.show(
              register,
              register.asked["standing"] === "due" && register.found.mayDispose && register.page.rows.length > 0
                ? disposalForm.show(shown)
                : undefined,
            )}
            {register.page.rows.length > 0 && (
              <div className="no-print space-y-2">
                {exportForm.show(shown, {
                  button: <Button look="quiet">Save all that was found as a CSV file</Button>,
                })}
                <p className="text-small text-soft">The evidence records that you did, and what you searched for.</p>
              </div>
            )}
          </Section>
        )}
        <Stack as="section">
          {register && <h2 id="own">Captured by you</h2>}
          <DataTable
            caption="Records that you captured"
            captionHidden
            columns={{
              Reference: ({ reference }) => (
                <Link href={`/records/${reference}`} className="whitespace-nowrap">
                  {reference}
                </Link>
              ),
              About: (record) => (record.disposedAt ? <Tag>Disposed of</Tag> : <bdi>{record.about}</bdi>),
              "Said on": ({ saidOn }) => dateInWords(saidOn),
              Class: ({ className }) => className ?? "Not chosen yet",
            }}
            rows={own.rows}
            empty="You have not captured anything yet. When a chat decides something, or somebody may ask for it later, capture it."
          />
          <PageLinks label="Pages of those captured by you" page={own} path="/records" list="own" />
        </Stack>
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

type DoneProps = { query: Readonly<Record<string, string | string[] | undefined>> };

/** What was done with those ticked last: the figures of the address, which prove nothing by themselves. */
function DoneWithMany({ query: { did, done, already } }: DoneProps) {
  const [changed, left] = [Number(done), Number(already)];
  if (typeof did !== "string" || !Number.isSafeInteger(changed) || !Number.isSafeInteger(left)) return null;
  const what = did === "keep" ? "kept longer" : "disposed of";
  return (
    <Banner
      tone={left > 0 ? "warning" : undefined}
      title={changed === 1 ? `One record is ${what}` : `${changed} records are ${what}`}
    >
      {left > 0 && (
        <p>
          {left === 1 ? "One was" : `${left} were`} left as before: there is a hold, there may be a request, or somebody
          else was faster.
        </p>
      )}
    </Banner>
  );
}
