import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoNotDelete, HoldCheck } from "#app/_hold/hold-check.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { dateValues } from "#app/_portal/date-values.ts";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getRecord } from "#server/registers/record/queries.ts";
import { recordRows } from "#app/(portal)/(registers)/records/record-rows.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}Dispose of ${page.record.reference}` : "Page not found" };
}

/** An officer's decision on a record whose time is over: it goes, or it stays until another day. */
export default async function DisposalPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, record, refill } = page;
  const { reference, revision, keepUntil, className, holds } = record;
  const action = `/records/${reference}/disposal/send`;
  const hidden = { revision: refill.value("revision", String(revision)) };
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/records/${reference}`}>Record {reference}</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>Dispose of {reference}?</PageHeading>
          <p>
            {className ?? "It"}: kept until {keepUntil && dateInWords(keepUntil)}.
          </p>
        </Stack>
        <SummaryList rows={recordRows(record)} />
        <Stack as="section">
          <h2>Dispose of it</h2>
          {holds.length > 0 ? (
            <DoNotDelete holds={holds} />
          ) : (
            <PostForm actor={actor} action={action} hidden={{ ...hidden, do: "dispose" }}>
              <p>
                Its text, and what stood in it before, is erased here for good. The reference, class, days and your name
                stay, as the log. What is in {<bdi>{record.system}</bdi>} is disposed of there.
              </p>
              <HoldCheck
                nation={record.nation}
                chosen={refill.value("holdAnswer")}
                error={refill.errorOf("holdAnswer")}
              />
              <TextField
                name="reason"
                label="Note for the log, if there is one"
                hint="It stays. Name nobody."
                lines={2}
                defaultValue={refill.value("reason")}
                error={refill.errorOf("reason")}
              />
              <Button>Dispose of it</Button>
            </PostForm>
          )}
        </Stack>
        <Stack as="section">
          <h2>Or keep it longer</h2>
          <PostForm actor={actor} action={action} hidden={{ ...hidden, do: "keep" }}>
            <DateField
              name="until"
              legend="Until when?"
              hint="You are asked again after it. For example, 27 3 2028"
              values={dateValues(refill, "until")}
              error={refill.errorOf("until")}
            />
            <TextField
              name="keepReason"
              label="Why?"
              lines={2}
              defaultValue={refill.value("keepReason")}
              error={refill.errorOf("keepReason")}
            />
            <Button look="quiet">Keep it longer</Button>
          </PostForm>
        </Stack>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const record = await getRecord(actor, (await params).reference);
  if (!record?.mayDispose) return null;
  const refill = await refillFor(actor, (await searchParams).kept, `/records/${record.reference}/disposal`);
  return { actor, record, refill };
}
