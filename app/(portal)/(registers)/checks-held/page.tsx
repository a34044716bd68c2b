import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { listSampleChecks, type SampleEntry } from "#server/registers/understanding-check/sample-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { checksHeld } from "./register.tsx";

export const metadata: Metadata = { title: "Checks held" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The checks held on whether people understand and follow a policy. */
export default async function ChecksHeldPage({ searchParams }: Props) {
  const actor = await requireActor();
  const [checks, samples] = await Promise.all([checksHeld.read(actor, await searchParams), listSampleChecks(actor)]);
  if (!checks) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <PageHeading>Checks held</PageHeading>
          <p>
            Interviews, surveys and other checks that people understand and follow a policy: held elsewhere, with the
            result, or here with people chosen at random.
          </p>
          {can(actor, "check-held.record", actor) && (
            <p className="no-print">
              <ButtonLink href="/checks-held/new">Record a check</ButtonLink>
            </p>
          )}
          {can(actor, "check-sample.run", actor) && (
            <p className="no-print">
              <Link href="/checks-held/samples/new">Ask people chosen at random</Link>
            </p>
          )}
        </Stack>
        {checksHeld.show(checks)}
        {samples && samples.length > 0 && <SampleChecks samples={samples} />}
      </Stack>
    </PortalPage>
  );
}

function SampleChecks({ samples }: { samples: readonly SampleEntry[] }) {
  return (
    <Section title="People chosen at random">
      <DataTable
        caption="Checks of people chosen at random, latest first"
        captionHidden
        columns={{
          Reference: ({ reference }) => (
            <Link href={`/checks-held/samples/${reference}`} className="whitespace-nowrap">
              {reference}
            </Link>
          ),
          Policy: ({ policyTitle, version }) => `${policyTitle}, version ${version}`,
          "Chosen from": ({ populationName }) => populationName,
          Asked: ({ asked }) => asked,
          "Last day": ({ lastDay }) => dateInWords(lastDay),
          State: ({ isOver }) => (isOver ? "Over" : "Open"),
        }}
        rows={samples}
        empty="None yet."
      />
    </Section>
  );
}
