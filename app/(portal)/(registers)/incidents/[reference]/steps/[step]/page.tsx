import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DeletionNotice } from "#app/_incident/deletion-notice.tsx";
import { FieldList } from "#app/_incident/field-list.tsx";
import { headingOf, isHeadingField, STEP_HELP } from "#app/_incident/step-words.ts";
import { DoNotDelete, HoldCheck } from "#app/_hold/hold-check.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { valueOf } from "#domain/registers/incident/field.ts";
import { isDeleteStep, INCIDENT_STEP_NAMES } from "#domain/registers/incident/step.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getStep } from "#server/registers/incident/queries.ts";

type Props = {
  params: Promise<{ reference: string; step: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? `${page.refill.titlePrefix}${headingOf(page.step)}` : "Page not found" };
}

/** One step of one's own report. The report exists already: each step adds to it, in any order. */
export default async function StepPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, step, toAnswer, refill } = page;
  const { incident, fields, values } = toAnswer;
  const { reference, deletion, holds, body, steps, closedAt } = incident;
  const address = `/incidents/${reference}`;
  if (closedAt) redirect(`/incidents/${reference}`);
  if (isDeleteStep(step) && deletion === "unasked") redirect(`/incidents/${reference}/steps/hold`);
  const number = steps.findIndex((one) => one.step === step) + 1;
  const previous = steps[number - 2]?.step;
  const isFree = deletion === "free";
  const isHeld = step === "hold" && holds.length > 0;
  const isHeading = isHeadingField(step);
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={previous ? `${address}/steps/${previous}` : address}>Back</BackLink>
          <ErrorSummary errors={[...refill.problems]} />
          <p className="text-small text-soft">
            Step {number} of {steps.length}. Your report <span className="whitespace-nowrap">{reference}</span> is
            saved.
          </p>
          {!isHeading && <PageHeading>{headingOf(step)}</PageHeading>}
        </Stack>
        {isDeleteStep(step) && !isFree && <DeletionNotice state={deletion} holds={holds} />}
        {isDeleteStep(step) && isFree && (STEP_HELP[step] ?? []).map((line) => <p key={line}>{line}</p>)}
        <PostForm actor={actor} action={`${address}/steps/${step}/send`}>
          {isHeld && <DoNotDelete holds={holds} />}
          {step === "hold" && !isHeld && (
            <HoldCheck
              name="hold"
              nation={body?.nation ?? "uk"}
              chosen={refill.value("hold", valueOf(values, "hold"))}
              error={refill.errorOf("hold")}
            />
          )}
          {step !== "hold" && <FieldList fields={fields} values={values} refill={refill} heading={isHeading} />}
          <Button>Save and continue</Button>
        </PostForm>
        <p>
          <Link href={address}>Finish later</Link>
        </p>
      </Stack>
    </PortalPage>
  );
}

async function readPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const { reference, step: name } = await params;
  const step = INCIDENT_STEP_NAMES.find((one) => one === name);
  const toAnswer = step && (await getStep(actor, reference, step));
  if (!step || !toAnswer) return null;
  const path = `/incidents/${toAnswer.incident.reference}/steps/${step}`;
  return { actor, step, toAnswer, refill: await refillFor(actor, (await searchParams).kept, path) };
}
