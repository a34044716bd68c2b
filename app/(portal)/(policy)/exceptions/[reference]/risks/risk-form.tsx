import { getRequestLimits } from "#server/policy/exception/queries.ts";
import { sourcesIn } from "#app/(portal)/(policy)/_exception/risk-sources.ts";
import { policyOf } from "#app/(portal)/(policy)/_exception/policy-of.ts";
import { sectionForm, type SectionPath } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { custom, hidden, openChoice, text } from "#app/_portal/form/field.tsx";
import type { Page, Shown, TypedParams } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { Section } from "#app/_ui/section.tsx";
import { MOST_MITIGATIONS } from "#domain/policy/exception/request.ts";
import { IMPACT_WORDS, LIKELIHOOD_WORDS } from "#domain/base/risk/risk.ts";
import type { ExceptionView, RiskRecord } from "#server/policy/exception/queries.ts";
import { isRiskNumber } from "./[number]/risk-at.ts";
import { MitigationFields } from "./mitigation-fields.tsx";
import { nextRow, rowsOf, saveTypedRisk } from "./save-typed-risk.ts";
import { scale } from "./scale.tsx";

/** Fields of the form that hold free text. */
export const RISK_LABELS: Readonly<Record<string, string>> = {
  description: "The risk",
  ...Object.fromEntries(
    Array.from({ length: MOST_MITIGATIONS }, (_, index) => [`mitigation-${index + 1}-text`, `Mitigation ${index + 1}`]),
  ),
};

const fields = {
  risk: hidden(),
  source: openChoice("Does the policy name this risk?"),
  description: text("What could go wrong?", {
    hint: "In your situation, and for whom. If you chose one of the policy's risks, you can leave this empty.",
    lines: 4,
  }),
  likelihoodBefore: scale("How likely is it?", LIKELIHOOD_WORDS),
  impactBefore: scale("How much would it matter?", IMPACT_WORDS),
  likelihoodAfter: scale("How likely is it then?", LIKELIHOOD_WORDS),
  impactAfter: scale("How much would it matter then?", IMPACT_WORDS),
  rows: custom((form, name) => rowsOf(form.text(name))),
};

/**
 * The form of one risk: what could go wrong, how likely and how bad, what is done about it, and what risk remains.
 * @param idFor the id of a risk that does not exist yet
 */
export function riskForm<Path extends SectionPath>(
  page: Page<Path, ExceptionView>,
  riskOf: (shown: Shown<ExceptionView, Path>) => RiskRecord | undefined,
  idFor: (shown: Shown<ExceptionView, Path>) => string,
) {
  return sectionForm(page, {
    fields,
    stored(shown) {
      const { id = idFor(shown), clause, ...risk } = riskOf(shown) ?? {};
      return { ...risk, risk: id, source: clause === null ? "own" : clause };
    },
    async body(shown) {
      const { actor, view, formState, field } = shown;
      const { policy } = await policyOf(actor, view.exception);
      const { owners } = await getRequestLimits(actor, view.exception);
      const options = policy?.current ? sourcesIn(policy.current) : null;
      const stored = riskOf(shown)?.mitigations ?? [];
      const asked = rowsOf(formState.value("rows", String(stored.length)));
      const rows = formState.isChosen("then", "more") ? nextRow(asked) : asked;
      return (
        <>
          {/* The Enter key presses a form's first button, which must not be the one that adds a row. */}
          <button name="then" value="continue" tabIndex={-1} aria-hidden="true" className="sr-only" />
          <input type="hidden" name="rows" value={rows} />
          {options ? field("source", { options }) : <input type="hidden" name="source" value="own" />}
          {field("description")}
          <Section title="As it is now" gap="loose">
            {field("likelihoodBefore")}
            {field("impactBefore")}
          </Section>
          <Section title="What you will do to reduce it" gap="loose">
            {Array.from({ length: rows }, (_, index) => (
              <MitigationFields
                key={index}
                number={index + 1}
                stored={stored[index]}
                owners={owners}
                formState={formState}
              />
            ))}
            {rows < MOST_MITIGATIONS && (
              <Button look="quiet" name="then" value="more">
                Add another mitigation
              </Button>
            )}
          </Section>
          <Section title="What is left then" gap="loose">
            {field("likelihoodAfter")}
            {field("impactAfter")}
          </Section>
        </>
      );
    },
    next: "/risks",
    async save({ actor, exception, params, form, values, isLater }) {
      const { number = "1" }: TypedParams = params;
      return isRiskNumber(number) ? saveTypedRisk(actor, exception, values, form, isLater) : null;
    },
  });
}
