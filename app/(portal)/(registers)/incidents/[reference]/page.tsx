import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { noteReading } from "#server/registers/incident/case-service.ts";
import { getIncident } from "#server/registers/incident/queries.ts";
import { CaseView } from "./case-view.tsx";
import { ReportView } from "./report-view.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  if (!page) return { title: "Page not found" };
  const { incident, refill, isDone } = page;
  return { title: `${refill.titlePrefix}${isDone ? REPORTED : `${incident.title}, ${incident.reference}`}` };
}

const REPORTED = "You have reported it";

/** A report: for who made it, for their manager, and as a case for those who handle it. */
export default async function IncidentPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, incident, refill, isDone } = page;
  if (incident.standing !== "reporter" && (await isLookedAt())) await noteReading(actor, incident.reference, "opened");
  return (
    <PortalPage actor={actor}>
      {incident.standing === "handler" ? (
        <CaseView actor={actor} incident={incident} refill={refill} />
      ) : (
        <ReportView actor={actor} incident={incident} refill={refill} doneTitle={isDone ? REPORTED : null} />
      )}
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const incident = await getIncident(actor, (await params).reference);
  if (!incident) return null;
  const { kept, done } = await searchParams;
  const refill = await refillFor(actor, kept, `/incidents/${incident.reference}`);
  return { actor, incident, refill, isDone: Boolean(done) && incident.standing === "reporter" };
}
