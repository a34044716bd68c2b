import { redirect } from "next/navigation";
import { FieldList } from "#app/(portal)/(registers)/_incident/field-list.tsx";
import { headingOf, isHeadingField, STEP_HELP } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { DeletionNotice } from "#app/(portal)/(registers)/_incident/advice.tsx";
import { HoldCheck, DoNotDelete } from "#app/_portal/hold-check.tsx";
import { defineForm, definePage, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { BackLink, LinkLine, PageHeading, Stack } from "#app/_ui/layout.tsx";
import { valueOf } from "#domain/registers/incident/field.ts";
import { INCIDENT_STEP_NAMES, isDeleteStep } from "#domain/registers/incident/step.ts";
import { getStep } from "#server/registers/incident/queries.ts";
import { answerStep } from "#server/registers/incident/service.ts";

const stepOf = (name: string) => INCIDENT_STEP_NAMES.find((step) => step === name);

/** One step of the reader's own report. The report exists already: each step adds to it, in any order. */
const page = definePage({
  path: "/incidents/[reference]/steps/[step]",
  reference: "INC",
  async read({ actor, params }) {
    const step = stepOf(params.step);
    const toAnswer = step && (await getStep(actor, params.reference, step));
    return toAnswer ? { ...toAnswer, step } : null;
  },
  heading: ({ view }) => headingOf(view.step),
});

const form = defineForm(page, {
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

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { step, incident } = shown.view;
  const { reference, deletion, holds, steps, closedAt } = incident;
  const address = `/incidents/${reference}`;
  if (closedAt) redirect(`/incidents/${reference}`);
  if (isDeleteStep(step) && deletion === "unasked") redirect(`/incidents/${reference}/steps/hold`);
  const number = steps.findIndex((one) => one.step === step) + 1;
  const previous = steps[number - 2]?.step;
  const isFree = deletion === "free";
  return (
    <PortalPage actor={shown.actor} gap="loose">
      <Stack>
        <BackLink href={previous ? `${address}/steps/${previous}` : address}>Back</BackLink>
        <ErrorSummary errors={[...shown.formState.problems]} />
        <p className="text-small text-soft">
          Step {number} of {steps.length}. Your report <span className="whitespace-nowrap">{reference}</span> is saved.
        </p>
        {!isHeadingField(step) && <PageHeading>{headingOf(step)}</PageHeading>}
      </Stack>
      {isDeleteStep(step) && !isFree && <DeletionNotice state={deletion} holds={holds} />}
      {isDeleteStep(step) && isFree && (STEP_HELP[step] ?? []).map((line) => <p key={line}>{line}</p>)}
      {form.show(shown)}
      <LinkLine href={address}>Finish later</LinkLine>
    </PortalPage>
  );
});

export const { GET, POST } = form.route();
