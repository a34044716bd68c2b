import type { Metadata } from "next";
import { EditingPage, readEditing, type EditingProps } from "#app/_exception/request-form-page.tsx";
import { makeRiskId } from "#server/policy/exception/draft-service.ts";
import { RiskForm, RISK_LABELS } from "../risk-form.tsx";

export async function generateMetadata(props: EditingProps): Promise<Metadata> {
  const { refill, exception } = await readEditing(props, "risks/new");
  return { title: `${refill.titlePrefix}Add a risk, ${exception.reference}` };
}

/** Adds a risk to a request. */
export default async function NewRiskPage(props: EditingProps) {
  const editing = await readEditing(props, "risks/new");
  return (
    <EditingPage editing={editing} title="Add a risk" section="risks" labels={RISK_LABELS} back={editing.backToRisks}>
      <RiskForm editing={editing} page="risks/new" riskId={makeRiskId(editing.exception)} />
    </EditingPage>
  );
}
