import { showPage } from "#app/_portal/form/page.ts";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { noteReading } from "#server/registers/incident/case-service.ts";
import { CaseView } from "./case-view.tsx";
import { page } from "./form.tsx";
import { ReportView } from "./report-view.tsx";

const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, view } = shown;
  if (view.standing !== "reporter" && (await isLookedAt())) await noteReading(actor, view.reference, "opened");
  return (
    <PortalPage actor={actor}>
      {view.standing === "handler" ? <CaseView shown={shown} /> : <ReportView shown={shown} />}
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
