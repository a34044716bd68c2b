import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { breaches } from "../register.tsx";

export const metadata: Metadata = { title: "Register of breaches" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What UK GDPR Article 33(5) asks a body to document, for officers and auditors. */
export default async function BreachesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const found = await breaches.read(actor, await searchParams);
  if (!found) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <PageHeading>Register of breaches</PageHeading>
          <p>
            Each report that may be about personal data, as UK GDPR Article 33(5) asks: what happened, its effects, and
            what was done. It names nobody, and has nothing that somebody typed. The case has the rest.
          </p>
        </Stack>
        {breaches.show(found)}
      </Stack>
    </PortalPage>
  );
}
