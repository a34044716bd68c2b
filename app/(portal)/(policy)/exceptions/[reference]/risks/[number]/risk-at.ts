import { isOpen } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import type { Shown } from "#app/_portal/form/page.ts";
import type { ExceptionView, RiskRecord } from "#server/policy/exception/queries.ts";

type RiskShown = Pick<Shown<ExceptionView, "/exceptions/[reference]/risks/[number]">, "params" | "view">;

/** The risk that an address is about: the first is 1; undefined where the request has none of that number. */
export function riskAt({ params, view }: RiskShown): RiskRecord | undefined {
  return isRiskNumber(params.number) ? view.exception.risks[Number(params.number) - 1] : undefined;
}

/** Whether an address is about a risk, or about what had been one when the request could be changed. */
export function hasRisk(shown: RiskShown): boolean {
  return isRiskNumber(shown.params.number) && (!isOpen(shown.view) || riskAt(shown) !== undefined);
}

/** Whether a part of an address is a risk's number. */
export function isRiskNumber(text: string): boolean {
  return /^[1-9]\d?$/.test(text);
}
