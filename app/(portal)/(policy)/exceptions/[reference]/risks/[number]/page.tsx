import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditingPage } from "#app/_exception/request-form-page.tsx";
import { RiskForm, RISK_LABELS } from "../risk-form.tsx";
import { readRisk, type RiskProps } from "./read-risk.ts";

export async function generateMetadata(props: RiskProps): Promise<Metadata> {
  const { editing, number } = await readRisk(props);
  return { title: `${editing.refill.titlePrefix}Change risk ${number}, ${editing.exception.reference}` };
}

/** Changes one risk of a request. */
export default async function RiskPage(props: RiskProps) {
  const { editing, number, risk } = await readRisk(props);
  const { refill, isOpen } = editing;
  // Removed in another tab: what was typed is still there, and saving adds it again.
  if (!risk && isOpen && !refill.isRefilled) notFound();
  return (
    <EditingPage
      editing={editing}
      title={`Change risk ${number}`}
      section="risks"
      labels={RISK_LABELS}
      back={editing.backToRisks}
    >
      <RiskForm editing={editing} page={`risks/${number}`} risk={risk} riskId={risk?.id ?? ""} />
    </EditingPage>
  );
}
