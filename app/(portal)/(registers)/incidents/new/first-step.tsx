import { randomUUID } from "node:crypto";
import { FieldList } from "#app/(portal)/(registers)/_incident/field-list.tsx";
import { ContactToRing } from "#app/(portal)/(registers)/_incident/incident-contacts.tsx";
import { headingOf, isHeadingField } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { contactToRing, KINDS, type IncidentKind } from "#domain/registers/incident/kind.ts";
import { fieldsOfStep, stepsOf } from "#domain/registers/incident/step.ts";
import { whoActs } from "#server/people/deputy/queries.ts";
import { getManagerIdOf } from "#server/people/directory/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import type { NewReport } from "./read-new.ts";

export function firstHeading(kind: IncidentKind): string {
  const [step] = stepsOf(kind);
  return step ? headingOf(step) : KINDS[kind].title;
}

type FirstStepProps = { actor: Actor; kind: IncidentKind; report: NewReport; formState: FormState };

/** The step that makes the report: once its button is pressed, those whom it concerns know. */
export async function FirstStep({ actor, kind, report, formState }: FirstStepProps) {
  const steps = stepsOf(kind);
  const [step] = steps;
  if (!step) return null;
  const isHeading = isHeadingField(step);
  const { advice, tellsManager } = KINDS[kind];
  const ring = contactToRing(kind);
  const handler = await whoActs(actor, "governance-officer");
  const manager = tellsManager && (await getManagerIdOf(actor.personId)) ? "your line manager" : null;
  const told = [manager, handler ?? (manager === null ? "the portal" : null)].filter((one) => one !== null);
  const back = new URLSearchParams(report.carried).toString();
  return (
    <Stack gap="loose">
      <Stack>
        <BackLink href={`/incidents/new${back && `?${back}`}`}>What happened?</BackLink>
        <ErrorSummary errors={[...formState.problems]} />
        <p className="text-small text-soft">Step 1 of {steps.length}</p>
        {!isHeading && <PageHeading>{headingOf(step)}</PageHeading>}
      </Stack>
      <Banner title={kind === "shared" ? "Keep calm" : "First"}>
        <ul>
          {advice.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {ring !== undefined && <ContactToRing body={await getOwnBody(actor)} id={ring} />}
      </Banner>
      <PostForm
        actor={actor}
        action={report.path.replace("/new", "/new/send")}
        hidden={{ startKey: formState.value("startKey", randomUUID()) }}
      >
        <FieldList
          fields={fieldsOfStep(step, "unasked")}
          values={undefined}
          formState={formState}
          heading={isHeading}
        />
        <p className="text-small text-soft">
          Once you press the button, {told.join(" and ")} {told.length > 1 ? "know" : "knows"}, whatever you leave for
          later.
          {handler === null && " An administrator is asked to find somebody who handles it."}
        </p>
        <Button>Report it</Button>
      </PostForm>
    </Stack>
  );
}
