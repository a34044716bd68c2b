import { isOpen, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import type { Shown } from "#app/_portal/form/form.tsx";
import type { ExceptionView, RiskRecord } from "#server/policy/exception/queries.ts";
import { SECTION_WORDS } from "#domain/policy/exception/request.ts";

type RiskShown = Pick<Shown<ExceptionView, "/exceptions/[reference]/risks/[number]">, "params" | "view">;

/** The risk that an address is about, starting from 1; undefined if the request has no such number. */
export const riskAt = ({ params, view }: RiskShown): RiskRecord | undefined =>
  isRiskNumber(params.number) ? view.exception.risks[Number(params.number) - 1] : undefined;

/** Whether an address is about a risk, or about one that existed while the request could be changed. */
export const hasRisk = (shown: RiskShown): boolean =>
  isRiskNumber(shown.params.number) && (!isOpen(shown.view) || riskAt(shown) !== undefined);

/** Whether a part of an address is a risk's number. */
export const isRiskNumber = (text: string): boolean => /^[1-9]\d?$/.test(text);

/** The third part of a request. */
export const risksPage = sectionPage({
  path: "/exceptions/[reference]/risks",
  heading: SECTION_WORDS.risks,
  section: "risks",
});
