import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { BeginPage } from "./begin-page.tsx";
import { ChoosePolicy } from "./choose-policy.tsx";
import { readNewRequest, type NewRequestQuery } from "./read-new.ts";

type Props = { searchParams: Promise<NewRequestQuery> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const place = await readNewRequest(await requireActor(), await searchParams);
  return { title: place.kind === "choose" ? "Which policy?" : "Ask for an exception" };
}

/** Begins a request: from a verdict with its situation, from a clause, or from nothing. */
export default async function NewExceptionPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const place = await readNewRequest(actor, query);
  if (place.kind === "not-found") notFound();
  return (
    <PortalPage actor={actor} place="exceptions">
      {place.kind === "choose" ? (
        <ChoosePolicy policies={place.policies} />
      ) : (
        <BeginPage actor={actor} place={place} kept={query.kept} />
      )}
    </PortalPage>
  );
}
