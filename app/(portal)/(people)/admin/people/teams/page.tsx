import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { teams } from "./register.tsx";

export const metadata: Metadata = { title: "Teams" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The teams of the administrator's body, each with its manager. */
export default async function TeamsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const found = await teams.read(actor, await searchParams);
  if (!found) notFound();
  return (
    <PortalPage actor={actor} gap="loose">
        <Stack>
          <BackLink href="/admin/people">People</BackLink>
          <PageHeading>Teams</PageHeading>
          <p>
            The manager of a team is the line manager of everybody in it who has no other line manager in the directory.
            A team is made when somebody is put into it.
          </p>
        </Stack>
        {teams.show(found)}
      </PortalPage>
  );
}
