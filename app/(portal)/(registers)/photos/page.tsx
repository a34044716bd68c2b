import type { Metadata } from "next";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { readPageCursor } from "#domain/base/list/page.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnConsents } from "#server/registers/consent/queries.ts";
import { ConsentTag } from "./consent-tag.tsx";
import { ConsentFormLinks } from "./consent-form-links.tsx";
import { consents } from "./register.tsx";

export const metadata: Metadata = { title: "Photo consents" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The photo consents that the reader recorded; for governance officers all those of the body. */
export default async function PhotosPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const [own, all] = await Promise.all([
    getOwnConsents(actor, readPageCursor(query, "own")),
    consents.read(actor, query),
  ]);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Photo consents</PageHeading>
          <p>
            A picture of people needs their consent, on your employer’s form. Record the form that you hold: it is then
            offered when you ask about a photo.
          </p>
          <p className="no-print">
            <ButtonLink href="/photos/new">Record a consent</ButtonLink>
          </p>
          <ConsentFormLinks actor={actor} />
        </Stack>
        {all && <Section title="All of your organisation">{consents.show(all)}</Section>}
        <Stack as="section">
          {all && <h2 id="own">Recorded by you</h2>}
          <DataTable
            caption="Photo consents that you recorded"
            captionHidden
            columns={{
              Reference: ({ reference }) => (
                <Link href={`/photos/${reference}`} className="whitespace-nowrap">
                  {reference}
                </Link>
              ),
              "In the picture": ({ name }) => <bdi>{name}</bdi>,
              Until: ({ until }) => dateInWords(until),
              State: ({ state }) => <ConsentTag state={state} />,
            }}
            rows={own.rows}
            empty="You have not recorded any yet. Only you and the governance officers see what you record here."
          />
          <PageLinks label="Pages of those recorded by you" page={own} path="/photos" list="own" />
        </Stack>
      </Stack>
    </PortalPage>
  );
}
