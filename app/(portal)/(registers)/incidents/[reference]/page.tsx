import { showPage } from "#app/_portal/form/form.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { noteReading } from "#server/registers/incident/case-service.ts";
import { CaseView } from "./case-view.tsx";
import { page } from "./form.tsx";
import { OwnerView } from "./case-parts.tsx";
import { ReportView } from "./report-view.tsx";

const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, view } = shown;
  if (view.standing !== "reporter" && view.standing !== "owner" && (await isLookedAt()))
    await noteReading(actor, view.reference, "opened");
  const href = `/incidents/${view.reference}`;
  const informed = [...(view.managerName === null ? [] : [view.managerName]), ...view.handlerNames];
  return (
    <PortalPage actor={actor}>
      {view.standing === "handler" && <NotReached actor={actor} href={href} />}
      {view.standing === "reporter" && <NotReached actor={actor} href={href} among={informed} />}
      {view.standing === "handler" ? (
        <CaseView shown={shown} />
      ) : view.standing === "owner" ? (
        <OwnerView shown={shown} />
      ) : (
        <ReportView shown={shown} />
      )}
    </PortalPage>
  );
});
export { generateMetadata, Page as default };
