import {
  getRequestLimits,
  type ExceptionView,
  type RiskRecord,
  type ExceptionRecord,
} from "#server/policy/exception/queries.ts";
import { sourcesIn, policyOf } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { sectionForm, type SectionPath, type SectionResult } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { custom, hidden, openChoice, text, type Field, type ValuesOf } from "#app/_portal/form/field.tsx";
import type { Page, Shown, TypedParams } from "#app/_portal/form/form.tsx";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import {
  MOST_MITIGATIONS,
  isScore,
  LONGEST_REQUEST_LINE,
  type Mitigation,
  riskProblems,
  type Risk,
} from "#domain/policy/exception/request.ts";
import {
  IMPACT_WORDS,
  LIKELIHOOD_WORDS,
  SCORES,
  type Score,
  type MitigationOwner,
  MITIGATION_OWNERS,
  type RiskScores,
} from "#domain/base/risk/risk.ts";
import { isRiskNumber } from "./[number]/risk-at.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { dateValues } from "#app/_portal/date-values.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { DateField, RadioScale, SelectField, TextField } from "#app/_ui/fields.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { dayOf, type FieldProblem, type FormValues, readDate } from "#domain/base/form/form-values.ts";
import { saveRisk } from "#server/policy/exception/draft-service.ts";

/** Fields of the form that hold free text. */
export const RISK_LABELS: Readonly<Record<string, string>> = {
  description: "The risk",
  ...Object.fromEntries(
    Array.from({ length: MOST_MITIGATIONS }, (_, index) => [`mitigation-${index + 1}-text`, `Mitigation ${index + 1}`]),
  ),
};

/** In the order of the page. */
const fields = {
  risk: hidden(),
  source: openChoice("Does the policy name this risk?"),
  description: text("What could go wrong?", {
    hint: "In your situation, and for whom. If you chose one of the policy's risks, you can leave this empty.",
    lines: 4,
  }),
  likelihoodBefore: scale("How likely is it?", LIKELIHOOD_WORDS),
  impactBefore: scale("How much would it matter?", IMPACT_WORDS),
  /** The number of mitigations that the form has room for. */
  rows: custom((form, name) => rowsOf(form.text(name))),
  likelihoodAfter: scale("How likely is it then?", LIKELIHOOD_WORDS),
  impactAfter: scale("How much would it matter then?", IMPACT_WORDS),
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
      const duties = dutiesOf(policy?.current);
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
          <PageSection title="As it is now" gap="loose">
            {field("likelihoodBefore")}
            {field("impactBefore")}
          </PageSection>
          <PageSection title="What you will do to reduce it" gap="loose">
            {Array.from({ length: rows }, (_, index) => (
              <MitigationFields
                key={index}
                number={index + 1}
                stored={stored[index]}
                owners={owners}
                duties={duties}
                formState={formState}
              />
            ))}
            {rows < MOST_MITIGATIONS && (
              <Button look="quiet" name="then" value="more">
                Add another mitigation
              </Button>
            )}
          </PageSection>
          <PageSection title="What is left then" gap="loose">
            {field("likelihoodAfter")}
            {field("impactAfter")}
          </PageSection>
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

/** A field for a score from 1 to 5, null where none was chosen. @param words what each score means */
function scale(legend: string, words: Readonly<Record<Score, string>>): Field<Score | null> {
  return {
    read(form, name) {
      const value = Number(form.text(name));
      return isScore(value) ? value : null;
    },
    show: ({ name, formState, stored }) => (
      <RadioScale
        name={name}
        legend={legend}
        error={formState.errorOf(name)}
        chosen={formState.value(name, typeof stored === "number" ? String(stored) : "") || undefined}
        options={SCORES.map((score) => ({ value: String(score), label: `${score} ${words[score]}` }))}
      />
    ),
  };
}

/** Who is responsible for it, in words addressed to the requester. */
const OWNER_LABELS = {
  requester: "I do",
  "line-manager": "My line manager",
  "governance-officer": "The governance officers",
  "policy-owner": "The policy owner",
} as const satisfies Record<MitigationOwner, string>;

type MitigationFieldsProps = {
  number: number;
  stored: Mitigation | undefined;
  /** Those of them who are there. */
  owners: readonly MitigationOwner[];
  duties: Duties;
  formState: FormState;
};

/** What the policy asks people to do, by id: what they may do about a risk as well. */
type Duties = ReadonlyMap<string, string>;

const dutiesOf = (version: PolicyVersion | null | undefined): Duties =>
  new Map([...(version?.table.obligations.values() ?? [])].map(({ id, text }) => [id, text]));

/** One mitigation: what is done, who is responsible, and by when if it is a task. An empty one is left out. */
function MitigationFields({ number, stored, owners, duties, formState }: MitigationFieldsProps) {
  const name = (part: string) => `mitigation-${number}-${part}`;
  return (
    <fieldset className="min-w-0 space-y-5 border-s-4 border-line ps-4">
      <legend className="font-bold">Mitigation {number}</legend>
      {duties.size > 0 && (
        <SelectField
          name={name("duty")}
          label="What the policy asks for (optional)"
          defaultValue={formState.value(name("duty"))}
          error={formState.errorOf(name("duty"))}
          options={[
            { value: "", label: "None of it: in my own words" },
            ...[...duties].map(([value, label]) => ({ value, label })),
          ]}
        />
      )}
      <TextField
        name={name("text")}
        label="What will be done?"
        hint={`${duties.size > 0 ? "Added to what you chose. " : ""}For example, “Delete the chat once the event is over.” Up to ${LONGEST_REQUEST_LINE} characters.`}
        lines={2}
        defaultValue={formState.value(name("text"), stored?.text)}
        error={formState.errorOf(name("text"))}
      />
      <SelectField
        name={name("owner")}
        label="Who is responsible?"
        defaultValue={formState.value(name("owner"), stored?.owner ?? "requester")}
        error={formState.errorOf(name("owner"))}
        options={owners.map((value) => ({ value, label: OWNER_LABELS[value] }))}
      />
      <DateField
        name={name("due")}
        legend="By when? (only if it is a task)"
        hint="Leave it empty if it is always in place. It is then confirmed by the last day of the exception."
        error={formState.errorOf(name("due"))}
        values={dateValues(formState, name("due"), stored?.dueOn)}
      />
    </fieldset>
  );
}

const SCORE_FIELDS = {
  likelihoodBefore: "Choose how likely it is as it is now.",
  impactBefore: "Choose how much it would matter as it is now.",
  likelihoodAfter: "Choose how likely it is with what you will do.",
  impactAfter: "Choose how much it would matter with what you will do.",
} as const satisfies Record<keyof RiskScores, string>;

/** Saves the risk that a form describes; or only adds a row for another mitigation. */
async function saveTypedRisk(
  actor: Actor,
  exception: ExceptionRecord,
  { risk: id, source, description, rows, ...typed }: ValuesOf<typeof fields>,
  form: FormValues,
  isLater: boolean,
): Promise<SectionResult> {
  if (form.text("then") === "more") return { problems: [], at: `mitigation-${nextRow(rows)}-text` };
  const problems: FieldProblem[] = [];
  const duties = dutiesOf((await policyOf(actor, exception)).policy?.current);
  if (source === "" && !isLater)
    problems.push({ field: "source", message: "Choose one of the policy's risks, or say that it is another one." });
  const mitigations = Array.from({ length: rows }, (_, index) => readMitigation(form, index + 1, { duties, problems }));
  const score = (field: keyof RiskScores): Score => {
    if (typed[field] === null) problems.push({ field, message: SCORE_FIELDS[field] });
    return typed[field] ?? 1;
  };
  const risk: Risk = {
    clause: source === "" || source === "own" ? null : source,
    description,
    likelihoodBefore: score("likelihoodBefore"),
    impactBefore: score("impactBefore"),
    likelihoodAfter: score("likelihoodAfter"),
    impactAfter: score("impactAfter"),
    mitigations: mitigations.filter((one) => one !== null),
  };
  if (problems.length === 0) {
    const result = await saveRisk(actor, exception.reference, id, risk, isLater);
    return "problems" in result ? { problems: inPageOrder(result.problems) } : result;
  }
  const isOwn = risk.clause === null;
  const limits = await getRequestLimits(actor, exception);
  const others = riskProblems({ ...risk, ...NO_SCORES }, { ...limits, until: exception.wantedUntil }, isLater);
  problems.push(...others.filter(({ field }) => isOwn || field !== "description" || description !== ""));
  return { problems: inPageOrder(problems) };
}

/** If a score is missing, the others cannot be compared yet. */
const NO_SCORES = { likelihoodBefore: 1, impactBefore: 1, likelihoodAfter: 1, impactAfter: 1 } as const;

/** The number of mitigations that a form has room for, from its hidden field. */
function rowsOf(text: string): number {
  const rows = /^\d$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(rows, 1), MOST_MITIGATIONS);
}

const nextRow = (rows: number): number => Math.min(rows + 1, MOST_MITIGATIONS);

/** One mitigation as typed; null for an empty row. A day that does not exist is added to `problems`. */
function readMitigation(
  form: FormValues,
  number: number,
  { duties, problems }: { duties: Duties; problems: FieldProblem[] },
): Mitigation | null {
  const field = `mitigation-${number}-due`;
  const duty = duties.get(form.text(`mitigation-${number}-duty`));
  const text = [duty, form.text(`mitigation-${number}-text`)].filter(Boolean).join(" ");
  const due = readDate(form, field, "the day it is due");
  if (due.kind === "wrong") problems.push({ field, message: due.message });
  if (text === "" && due.kind === "empty") return null;
  const owner = form.text(`mitigation-${number}-owner`);
  return { text, owner: isOwner(owner) ? owner : "requester", dueOn: dayOf(due) };
}

const isOwner = (value: string): value is MitigationOwner => Object.hasOwn(MITIGATION_OWNERS, value);

function inPageOrder(problems: readonly FieldProblem[]): FieldProblem[] {
  const order = ["", ...Object.keys(fields)];
  const rank = ({ field }: FieldProblem) => order.indexOf(field.startsWith("mitigation") ? "rows" : field);
  return [...problems].sort((a, b) => rank(a) - rank(b));
}
