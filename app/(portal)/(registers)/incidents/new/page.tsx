import type { Metadata } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readFormState } from "#app/_portal/form-state.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { ChooseKind } from "./choose-kind.tsx";
import { FirstStep, firstHeading } from "./first-step.tsx";
import { readNewReport, type NewReportQuery } from "./read-new.ts";

type Props = { searchParams: Promise<NewReportQuery> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const actor = await requireActor();
  const query = await searchParams;
  const { kind, path } = await readNewReport(actor, query);
  const { titlePrefix } = await readFormState(actor, query.kept, path);
  return { title: `${titlePrefix}${kind ? firstHeading(kind) : "What happened?"}` };
}

/** Something was shared by mistake, or something else went wrong: what happened, then the step that makes the report. */
export default async function ReportPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const report = await readNewReport(actor, query);
  const formState = await readFormState(actor, query.kept, report.path);
  return (
    <PortalPage actor={actor}>
      {report.kind ? (
        <FirstStep actor={actor} kind={report.kind} report={report} formState={formState} />
      ) : (
        <ChooseKind actor={actor} report={report} isUnanswered={query.kind !== undefined} />
      )}
    </PortalPage>
  );
}
