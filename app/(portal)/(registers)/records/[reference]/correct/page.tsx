import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getRecord, getSetting } from "#server/registers/record/queries.ts";
import { RecordFields } from "#app/(portal)/(registers)/records/record-fields.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}Correct ${page.record.reference}` : "Page not found" };
}

/** The form of a record with what stands in it, and why that is not right. */
export default async function CorrectPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, record, setting, refill } = page;
  const { reference, revision } = record;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={`/records/${reference}`}>Record {reference}</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>Correct {reference}</PageHeading>
          <p>What stands in it now is kept in its history, with your name and your reason.</p>
        </Stack>
        <PostForm
          actor={actor}
          action={`/records/${reference}/correct/send`}
          hidden={{ revision: refill.value("revision", String(revision)) }}
        >
          <RecordFields setting={setting} refill={refill} stored={record} />
          <Stack as="section">
            <h2>Why you correct it</h2>
            <TextField
              name="reason"
              label="Reason"
              lines={3}
              defaultValue={refill.value("reason")}
              error={refill.errorOf("reason")}
            />
          </Stack>
          <Button>Save the correction</Button>
        </PostForm>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const record = await getRecord(actor, (await params).reference);
  const setting = record?.mayCorrect ? await getSetting(actor, record) : null;
  if (!record || !setting) return null;
  const refill = await refillFor(actor, (await searchParams).kept, `/records/${record.reference}/correct`);
  return { actor, record, setting, refill };
}
