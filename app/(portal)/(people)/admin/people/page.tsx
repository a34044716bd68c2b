import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { directory } from "./register.tsx";

export const metadata: Metadata = { title: "People" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The directory of the administrator's body, with a search and links to change it. */
export default async function PeoplePage({ searchParams }: Props) {
  const actor = await requireActor();
  const found = await directory.read(actor, await searchParams);
  if (!found) notFound();
  return (
    <PortalPage actor={actor} gap="loose">
        <Stack>
          <PageHeading>People</PageHeading>
          <p className="flex flex-wrap gap-3">
            <ButtonLink href="/admin/people/import">Import a list</ButtonLink>
            <ButtonLink href="/admin/people/new" look="quiet">
              Add a person
            </ButtonLink>
            <ButtonLink href="/admin/people/teams" look="quiet">
              Teams
            </ButtonLink>
          </p>
        </Stack>
        {directory.show(found)}
      </PortalPage>
  );
}
