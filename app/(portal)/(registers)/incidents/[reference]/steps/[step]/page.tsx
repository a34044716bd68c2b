import { redirect } from "next/navigation";
import { DeletionNotice } from "#app/(portal)/(registers)/_incident/deletion-notice.tsx";
import { headingOf, isHeadingField, STEP_HELP } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { showPage } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { isDeleteStep } from "#domain/registers/incident/step.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { step, incident } = shown.view;
  const { reference, deletion, holds, steps, closedAt } = incident;
  const address = `/incidents/${reference}`;
  if (closedAt) redirect(`/incidents/${reference}`);
  if (isDeleteStep(step) && deletion === "unasked") redirect(`/incidents/${reference}/steps/hold`);
  const number = steps.findIndex((one) => one.step === step) + 1;
  const previous = steps[number - 2]?.step;
  const isFree = deletion === "free";
  return (
    <PortalPage actor={shown.actor}>
      <Stack gap="loose">
        <Stack>
          <BackLink href={previous ? `${address}/steps/${previous}` : address}>Back</BackLink>
          <ErrorSummary errors={[...shown.formState.problems]} />
          <p className="text-small text-soft">
            Step {number} of {steps.length}. Your report <span className="whitespace-nowrap">{reference}</span> is
            saved.
          </p>
          {!isHeadingField(step) && <PageHeading>{headingOf(step)}</PageHeading>}
        </Stack>
        {isDeleteStep(step) && !isFree && <DeletionNotice state={deletion} holds={holds} />}
        {isDeleteStep(step) && isFree && (STEP_HELP[step] ?? []).map((line) => <p key={line}>{line}</p>)}
        {form.show(shown)}
        <p>
          <Link href={address}>Finish later</Link>
        </p>
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
