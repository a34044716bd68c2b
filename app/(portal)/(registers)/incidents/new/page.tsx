import type { Metadata } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readFormState } from "#app/_portal/form-state.ts";
import { readOnce } from "#app/_portal/read-once.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { ChooseKind } from "./choose-kind.tsx";
import { FirstStep, firstHeading } from "./first-step.tsx";
import { readNewReport, type NewReportQuery } from "./read-new.ts";

type Props = { searchParams: Promise<NewReportQuery> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { report, formState } = await readPage(props);
  const { kind } = report;
  return { title: `${formState.titlePrefix}${kind ? firstHeading(kind) : "What happened?"}` };
}

/** Something was shared by mistake, or something else went wrong: what happened, then the step that makes the report. */
export default async function ReportPage(props: Props) {
  const { actor, query, report, formState } = await readPage(props);
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

const readPage = readOnce(async ({ searchParams }: Props) => {
  const [actor, query] = [await requireActor(), await searchParams];
  const report = await readNewReport(actor, query);
  return { actor, query, report, formState: await readFormState(actor, query.kept, report.path) };
});
