import { HoldCheck, DoNotDelete } from "#app/_portal/hold-check.tsx";
import { FieldList } from "#app/(portal)/(registers)/_incident/field-list.tsx";
import { headingOf, isHeadingField } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { valueOf } from "#domain/registers/incident/field.ts";
import { INCIDENT_STEP_NAMES } from "#domain/registers/incident/step.ts";
import { getStep } from "#server/registers/incident/queries.ts";
import { answerStep } from "#server/registers/incident/service.ts";

const stepOf = (name: string) => INCIDENT_STEP_NAMES.find((step) => step === name);

/** One step of the reader's own report. The report exists already: each step adds to it, in any order. */
export const page = definePage({
  path: "/incidents/[reference]/steps/[step]",
  reference: "INC",
  async read({ actor, params }) {
    const step = stepOf(params.step);
    const toAnswer = step && (await getStep(actor, params.reference, step));
    return toAnswer ? { ...toAnswer, step } : null;
  },
  heading: ({ view }) => headingOf(view.step),
});

/** Saves the step, and goes on to what is left. */
export const form = defineForm(page, {
  fields: {},
  body({ view: { step, incident, fields, values }, formState }) {
    if (step !== "hold")
      return <FieldList fields={fields} values={values} formState={formState} heading={isHeadingField(step)} />;
    if (incident.holds.length > 0) return <DoNotDelete holds={incident.holds} />;
    return (
      <HoldCheck
        name="hold"
        nation={incident.body?.nation ?? "uk"}
        formState={formState}
        stored={valueOf(values, "hold")}
      />
    );
  },
  button: "Save and continue",
  async submit({ actor, params, form: sent }) {
    const step = stepOf(params.step);
    return step ? answerStep(actor, params.reference, step, sent) : null;
  },
  done(result, { params: { reference } }) {
    const report = `/incidents/${reference}`;
    if (result.code === "closed") return report;
    return result.next ? `${report}/steps/${result.next}` : `${report}?done=1`;
  },
});
