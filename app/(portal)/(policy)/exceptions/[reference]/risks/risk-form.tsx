import type { Editing } from "#app/_exception/request-form-page.tsx";
import { policyOf } from "#app/_exception/policy-of.ts";
import { SaveButtons } from "#app/_exception/save-buttons.tsx";
import { sendPath } from "#app/_exception/section-path.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { RadioScale } from "#app/_ui/radio-scale.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { MOST_MITIGATIONS } from "#domain/policy/exception/request.ts";
import { IMPACT_WORDS, LIKELIHOOD_WORDS, SCORES, type RiskScores, type Score } from "#domain/base/risk/risk.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { RiskRecord } from "#server/policy/exception/queries.ts";
import { MitigationFields } from "./mitigation-fields.tsx";
import { nextRow, rowsOf } from "./receive-risk.ts";

/** Fields of the form that hold free text. */
export const RISK_LABELS: Readonly<Record<string, string>> = {
  description: "The risk",
  ...Object.fromEntries(
    Array.from({ length: MOST_MITIGATIONS }, (_, index) => [`mitigation-${index + 1}-text`, `Mitigation ${index + 1}`]),
  ),
};

type RiskFormProps = { editing: Editing; page: string; risk?: RiskRecord | undefined; riskId: string };

/** The form of one risk: what could go wrong, how likely and how bad, what is done about it, and what is then left. */
export async function RiskForm({ editing, page, risk, riskId }: RiskFormProps) {
  const { actor, exception, refill, isFromCheck } = editing;
  const { policy } = await policyOf(actor, exception);
  const stored = risk?.mitigations ?? [];
  const asked = rowsOf(refill.value("rows", String(stored.length)));
  const rows = refill.isChosen("then", "more") ? nextRow(asked) : asked;
  return (
    <PostForm
      actor={actor}
      action={sendPath(exception.reference, page, isFromCheck)}
      hidden={{ risk: refill.value("risk", riskId), rows }}
    >
      {/* The Enter key presses a form's first button: it must not be the one that adds a row. */}
      <button name="then" value="continue" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <Source version={policy?.current ?? null} risk={risk} refill={refill} />
      <TextField
        name="description"
        label="What could go wrong?"
        hint="In your situation, and for whom. If you chose one of the policy's risks, you can leave this empty."
        lines={4}
        defaultValue={refill.value("description", risk?.description)}
        error={refill.errorOf("description")}
      />
      <Stack as="section" gap="loose">
        <h2>As it is now</h2>
        <Scale
          name="likelihoodBefore"
          legend="How likely is it?"
          words={LIKELIHOOD_WORDS}
          risk={risk}
          refill={refill}
        />
        <Scale
          name="impactBefore"
          legend="How much would it matter?"
          words={IMPACT_WORDS}
          risk={risk}
          refill={refill}
        />
      </Stack>
      <Stack as="section" gap="loose">
        <h2>What you will do to make it smaller</h2>
        {Array.from({ length: rows }, (_, index) => (
          <MitigationFields key={index} number={index + 1} stored={stored[index]} refill={refill} />
        ))}
        {rows < MOST_MITIGATIONS && (
          <Button look="quiet" name="then" value="more">
            Add another mitigation
          </Button>
        )}
      </Stack>
      <Stack as="section" gap="loose">
        <h2>What is left then</h2>
        <Scale
          name="likelihoodAfter"
          legend="How likely is it then?"
          words={LIKELIHOOD_WORDS}
          risk={risk}
          refill={refill}
        />
        <Scale
          name="impactAfter"
          legend="How much would it matter then?"
          words={IMPACT_WORDS}
          risk={risk}
          refill={refill}
        />
      </Stack>
      <SaveButtons />
    </PostForm>
  );
}

type PartProps = { risk: RiskRecord | undefined; refill: Refill };

/** Which of the policy's risks it is, where the policy names some. */
function Source({ version, risk, refill }: PartProps & { version: PolicyVersion | null }) {
  const clauses = version?.clauses.filter(({ kind }) => kind === "risk") ?? [];
  if (clauses.length === 0) return <input type="hidden" name="source" value="own" />;
  const option = (value: string, label: string, hint: string | undefined, isStored: boolean) => ({
    ...{ value, label, hint, checked: refill.isChosen("source", value, isStored) },
  });
  return (
    <RadioQuestion
      name="source"
      heading={false}
      question="Does the policy name this risk?"
      error={refill.errorOf("source")}
      options={[
        ...clauses.map(({ id, text }) => option(id, text, `Clause ${id}`, risk?.clause === id)),
        option("own", "No, it is another one", "Describe it below.", risk?.clause === null),
      ]}
    />
  );
}

type ScaleProps = PartProps & { name: keyof RiskScores; legend: string; words: Readonly<Record<Score, string>> };

function Scale({ name, legend, words, risk, refill }: ScaleProps) {
  return (
    <RadioScale
      name={name}
      legend={legend}
      error={refill.errorOf(name)}
      chosen={refill.value(name, risk ? String(risk[name]) : "") || undefined}
      options={SCORES.map((score) => ({ value: String(score), label: `${score} ${words[score]}` }))}
    />
  );
}
