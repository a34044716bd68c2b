import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { dateValues } from "#app/_portal/date-values.ts";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { Thumbprint } from "#app/_portal/thumbprint.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getExportForm, JWKS_PATH } from "#server/evidence/journal/export-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const HEADING = "Export the evidence";
const PATH = "/evidence/export";

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const actor = await requireActor();
  if (!(await getExportForm(actor))) return { title: "Page not found" };
  return { title: `${(await refillFor(actor, (await searchParams).kept, PATH)).titlePrefix}${HEADING}` };
}

/** For governance officers and auditors: which period, and what goes with it. */
export default async function ExportPage({ searchParams }: Props) {
  const actor = await requireActor();
  const form = await getExportForm(actor);
  if (!form) notFound();
  const refill = await refillFor(actor, (await searchParams).kept, PATH);
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href="/evidence">Evidence</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <PageHeading>{HEADING}</PageHeading>
          <p>
            You get one ZIP file, signed by this portal, with a program that checks it. It needs nothing of ours.{" "}
            <Link href="/evidence/proof">What it proves, and what not</Link>
          </p>
        </Stack>
        <PostForm actor={actor} action="/evidence/export/send">
          <DateField
            name="from"
            legend="First day"
            hint={form.isEmpty ? "For example, 1 4 2026" : "The evidence of your body begins on this day."}
            values={dateValues(refill, "from", form.firstDay)}
            error={refill.errorOf("from")}
          />
          <DateField
            name="until"
            legend="Last day"
            hint="This day is included. London time."
            values={dateValues(refill, "until", form.today)}
            error={refill.errorOf("until")}
          />
          <RadioQuestion
            name="holds"
            heading={false}
            question="Do names and texts go with it?"
            error={refill.errorOf("holds")}
            options={[
              {
                value: "commitments",
                label: "No: identifiers and codes alone",
                hint: "Enough to prove that nothing was changed. It names nobody, and holds nothing that people wrote.",
                checked: refill.isChosen("holds", "commitments", true),
              },
              {
                value: "texts",
                label: "Yes: with names and texts",
                hint: "To read what was decided and why. It holds personal data: keep it as carefully as the portal does, and delete it when you are done.",
                checked: refill.isChosen("holds", "texts"),
              },
            ]}
          />
          <div className="space-y-2">
            <Button>Save the ZIP file</Button>
            <p className="text-small text-soft">The evidence says that you did.</p>
          </div>
        </PostForm>
        <Stack as="section">
          <h2>Check who signed it</h2>
          {form.thumbprint === null ? (
            <p>Your body has no key yet. The first export makes one, and this page then shows its thumbprint.</p>
          ) : (
            <Thumbprint text={form.thumbprint}>
              The key that signs exports of your body. Whoever checks one needs this thumbprint from you, and not from
              the export: read it out by telephone, or send it by letter.
            </Thumbprint>
          )}
          <p>
            Or they fetch the keys from{" "}
            <Link href={JWKS_PATH} file>
              {JWKS_PATH}
            </Link>{" "}
            of this portal, where earlier keys stay.{" "}
            <Link href="/evidence/proof">How to check an export, command by command</Link>
          </p>
        </Stack>
      </Stack>
    </PortalPage>
  );
}
