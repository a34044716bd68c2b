import { backToRisks, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { RISK_LABELS, riskForm } from "../risk-form.tsx";
import { hasRisk, isRiskNumber, riskAt } from "./risk-at.ts";

const page = sectionPage({
  path: "/exceptions/[reference]/risks/[number]",
  heading: ({ params }) => `Change risk ${params.number}`,
  section: "risks",
  labels: RISK_LABELS,
  back: backToRisks,
  // Removed in another tab: what was typed is still there, and saving adds it again.
  isThere: (shown) => hasRisk(shown) || (isRiskNumber(shown.params.number) && shown.formState.isReturned),
});

/** Changes one risk of a request; the form says which one, because numbers shift when one is removed. */
export const { generateMetadata, Page, GET, POST } = riskForm(page, riskAt, (shown) => riskAt(shown)?.id ?? "");
