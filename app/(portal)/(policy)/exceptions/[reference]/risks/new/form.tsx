import { backToRisks, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { makeRiskId } from "#server/policy/exception/draft-service.ts";
import { RISK_LABELS, riskForm } from "../risk-form.tsx";

const page = sectionPage({
  path: "/exceptions/[reference]/risks/new",
  heading: "Add a risk",
  section: "risks",
  labels: RISK_LABELS,
  back: backToRisks,
});

/** Adds a risk to a request. */
export const { generateMetadata, Page, GET, POST } = riskForm(
  page,
  () => undefined,
  ({ view }) => makeRiskId(view.exception),
);
