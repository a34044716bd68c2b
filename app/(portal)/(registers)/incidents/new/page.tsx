import type { Metadata } from "next";
import { randomUUID } from "node:crypto";
import { PolicySteps, IncidentContacts, ContactToRing } from "#app/(portal)/(registers)/_incident/advice.tsx";
import { FieldList } from "#app/(portal)/(registers)/_incident/field-list.tsx";
import { headingOf, isHeadingField } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { PortalPage, readOnce } from "#app/_portal/portal-page.tsx";
import { readFormState, type FormState } from "#app/_portal/form-state.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import { BackLink, Button, Link, PageHeading, PrintHint, Stack } from "#app/_ui/layout.tsx";
import { RadioQuestion } from "#app/_ui/fields.tsx";
import { Banner, ErrorSummary } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { INCIDENT_KINDS, KINDS, contactToRing, type IncidentKind } from "#domain/registers/incident/kind.ts";
import { fieldsOfStep, stepsOf } from "#domain/registers/incident/step.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnBody, listOwnPolicies } from "#server/policy/policy/queries.ts";
import { whoActs } from "#server/people/deputy/queries.ts";
import { getManagerIdOf } from "#server/people/directory/queries.ts";
import { readNewReport, type NewReportQuery, type NewReport } from "./read-new.ts";

type Props = { searchParams: Promise<NewReportQuery> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { report, formState } = await readPage(props);
  const { kind } = report;
  return { title: `${formState.titlePrefix}${kind ? firstHeading(kind) : "What happened?"}` };
}

/** Something was shared by mistake, or something else went wrong: what happened, then the step that makes the report. */
export default async function ReportPage(props: Props) {
  const { actor, query, report, formState } = await readPage(props);
  return (
    <PortalPage actor={actor}>
      {report.kind ? (
        <FirstStep actor={actor} kind={report.kind} report={report} formState={formState} />
      ) : (
        <ChooseKind actor={actor} report={report} isUnanswered={query.kind !== undefined} />
      )}
    </PortalPage>
  );
}

const readPage = readOnce(async ({ searchParams }: Props) => {
  const [actor, query] = [await requireActor(), await searchParams];
  const report = await readNewReport(actor, query);
  return { actor, query, report, formState: await readFormState(actor, query.kept, report.path) };
});

type ChooseKindProps = { actor: Actor; report: NewReport; isUnanswered: boolean };

/** "What happened?", the first question; below it what the policy says, and who to ring instead. */
export async function ChooseKind({ actor, report, isUnanswered }: ChooseKindProps) {
  const [body, policies] = await Promise.all([getOwnBody(actor), listOwnPolicies(actor)]);
  return (
    <Stack gap="section">
      <form action="/incidents/new" method="get" noValidate className="space-y-7">
        {Object.entries(report.carried).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <RadioQuestion
          name="kind"
          question="What happened?"
          help={
            <p>
              Keep calm: reporting quickly is always right, and takes two minutes. Do not delete anything yet. You can
              also report what you saw somebody else do.
            </p>
          }
          error={isUnanswered ? "Choose what happened." : undefined}
          options={INCIDENT_KINDS.map((kind) => ({
            value: kind,
            label: KINDS[kind].label,
            hint: KINDS[kind].hint,
            checked: kind === "shared",
          }))}
        />
        <Button>Continue</Button>
      </form>
      <p>
        Reported something before? <Link href="/incidents">See your reports</Link>
      </p>
      <p className="no-print">
        No connection next time? <Link href="/offline">Keep these steps and numbers on your phone</Link>
      </p>
      <PolicySteps policies={policies} />
      <IncidentContacts actor={actor} body={body} />
      <PrintHint />
    </Stack>
  );
}

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
  const recipients = [manager, handler ?? (manager === null ? "the portal" : null)].filter((one) => one !== null);
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
        {ring !== undefined && <ContactToRing actor={actor} body={await getOwnBody(actor)} id={ring} />}
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
          Once you press the button, {recipients.join(" and ")} {recipients.length > 1 ? "know" : "knows"}, whatever you
          leave for later.
          {handler === null && " An administrator is asked to find somebody who handles it."}
        </p>
        <Button>Report it</Button>
      </PostForm>
    </Stack>
  );
}
