import { DeletionNotice, PolicySteps, IncidentContacts } from "#app/(portal)/(registers)/_incident/advice.tsx";
import { Facts } from "#app/(portal)/(registers)/_incident/facts.tsx";
import { INCIDENT_STEP_TITLES } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { PageHead } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, TaskList } from "#app/_ui/content.tsx";
import { ButtonLink, PageSection, PrintHint, Stack } from "#app/_ui/layout.tsx";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { isDeleteStep } from "#domain/registers/incident/step.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import type { IncidentView } from "#server/registers/incident/queries.ts";
import { ActionList } from "./case-parts.tsx";
import { page, type ShownIncident } from "./form.tsx";

/** A report for whoever made it: what is left to do, what happens next, whom to ring. For their manager: the facts. */
export async function ReportView({ shown }: { shown: ShownIncident }) {
  const { actor, view: incident } = shown;
  const { reference, standing, open, steps, deletion, holds, closedAt, body, actions, kind } = incident;
  const isReporter = standing === "reporter";
  const hasDeletion = steps.some(({ step }) => isDeleteStep(step));
  const [next] = open;
  return (
    <Stack gap="section">
      <Stack gap="loose">
        <PageHead definition={page.definition} shown={shown} />
        {closedAt && (
          <Banner title="This case is closed">
            <p>
              It was closed on <Moment at={closedAt} />. Is there more to say? Ring the governance officer.
            </p>
          </Banner>
        )}
        {isReporter && hasDeletion && deletion !== "unasked" && !closedAt && (
          <DeletionNotice state={deletion} holds={holds} />
        )}
        {isReporter && next && !closedAt && (
          <PageSection title="Your steps">
            <TaskList
              id="left"
              items={steps.map(({ step, at }) => {
                const isOpen = open.includes(step);
                return {
                  href: `/incidents/${reference}/steps/${step}`,
                  title:
                    isDeleteStep(step) && deletion !== "free"
                      ? `${INCIDENT_STEP_TITLES[step]}, or keep it`
                      : INCIDENT_STEP_TITLES[step],
                  status: isOpen
                    ? { text: "To do", tone: "warning" }
                    : { text: at ? "Done" : "Not needed", tone: "good" },
                };
              })}
            />
            <ButtonLink href={`/incidents/${reference}/steps/${next}`}>Go on</ButtonLink>
          </PageSection>
        )}
      </Stack>
      {actions.length > 0 && (
        <PageSection title="What to do now">
          <ActionList shown={shown} empty="" />
        </PageSection>
      )}
      <PageSection title={isReporter ? "What happens next" : "What you can do"}>
        {isReporter ? <NextForReporter incident={incident} /> : <NextForManager />}
        {isReporter && (
          <ul>
            {KINDS[kind].advice.slice(kind === "shared" ? 2 : 0).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </PageSection>
      <IncidentContacts actor={actor} body={body} />
      <PageSection title="What was reported">
        <Facts incident={incident} />
      </PageSection>
      <PolicySteps policies={await listOwnPolicies(actor)} />
      <PrintHint />
    </Stack>
  );
}

function NextForReporter({ incident: { managerName, handlerNames, clock, reference } }: { incident: IncidentView }) {
  const informed = [...(managerName === null ? [] : [`${managerName}, your line manager`]), ...handlerNames];
  return (
    <ul>
      {informed.length > 0 ? (
        <li>These people have been told since you began: {informed.join("; ")}.</li>
      ) : (
        <li>The portal found nobody to tell. Ring one of the people below now.</li>
      )}
      {managerName === null && <li>Your line manager was not told by the portal.</li>}
      <li>They look at it, and ring you if they need to know more.</li>
      {clock?.isRunning && (
        <li>
          They decide by <Moment at={clock.deadline} /> whether to report it to the regulator. You do not have to do
          that.
        </li>
      )}
      <li>Come back to {reference} at any time, to add to it or to change what you said.</li>
    </ul>
  );
}

const NextForManager = () => (
  <ul>
    <li>Talk to the person who reported it. Ask what they need, and thank them: reporting quickly is always right.</li>
    <li>Do not delete anything, and make sure nobody else does, until the report says that it may be deleted.</li>
    <li>Whoever acts as governance officer handles the case. Ring them if you know more.</li>
  </ul>
);
