import type { Metadata } from "next";
import { ListSearch, NOTHING_FOUND } from "#app/_portal/list-search.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { readPageCursor, readSearchText, type ListPage } from "#domain/base/list/page.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getConsentRegister, getOwnConsents, type ConsentView } from "#server/registers/consent/queries.ts";
import { ConsentTag } from "./consent-tag.tsx";
import { ConsentFormLinks } from "./consent-form-links.tsx";

export const metadata: Metadata = { title: "Photo consents" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The photo consents that the reader recorded; for governance officers all those of the body. */
export default async function PhotosPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const text = readSearchText(query);
  const [own, all] = await Promise.all([
    getOwnConsents(actor, readPageCursor(query, "own")),
    getConsentRegister(actor, text, readPageCursor(query)),
  ]);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Photo consents</PageHeading>
          <p>
            A picture of people needs their consent, on your employer’s form. Record the form that you hold: “Check a
            message” then offers it when you ask about a photo.
          </p>
          <p className="no-print">
            <ButtonLink href="/photos/new">Record a consent</ButtonLink>
          </p>
          <ConsentFormLinks actor={actor} />
        </Stack>
        {all && (
          <Stack as="section">
            <h2>All of your organisation</h2>
            <ListSearch path="/photos" label="Reference or name" text={text} page={all} />
            <Consents
              caption="All photo consents"
              consents={all}
              isRegister
              empty={text ? NOTHING_FOUND : "Nobody has recorded one yet."}
            />
            <PageLinks
              label="Pages of all photo consents"
              page={all}
              path="/photos"
              filters={text ? [["q", text]] : []}
            />
          </Stack>
        )}
        <Stack as="section">
          {all && <h2 id="own">Recorded by you</h2>}
          <Consents
            caption="Photo consents that you recorded"
            consents={own}
            empty="You have not recorded any yet. Only you and the governance officers see what you record here."
          />
          <PageLinks label="Pages of those recorded by you" page={own} path="/photos" list="own" />
        </Stack>
      </Stack>
    </PortalPage>
  );
}

type ConsentsProps = { caption: string; consents: ListPage<ConsentView>; isRegister?: boolean; empty: string };

function Consents({ caption, consents, isRegister = false, empty }: ConsentsProps) {
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={{
        Reference: (consent) => (
          <Link href={`/photos/${consent.reference}`} className="whitespace-nowrap">
            {consent.reference}
          </Link>
        ),
        "In the picture": (consent) => <bdi>{consent.name}</bdi>,
        Until: (consent) => dateInWords(consent.until),
        "Recorded by": isRegister && ((consent) => (consent.isMine ? "You" : consent.person.name)),
        State: (consent) => <ConsentTag state={consent.state} />,
      }}
      rows={consents.rows}
      empty={empty}
    />
  );
}
