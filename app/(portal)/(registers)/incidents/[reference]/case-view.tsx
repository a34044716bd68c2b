import { Facts } from "#app/(portal)/(registers)/_incident/facts.tsx";
import { INCIDENT_STEP_TITLES } from "#app/(portal)/(registers)/_incident/step-words.ts";
import { PageHead } from "#app/_portal/form/form.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { ButtonLink, Cluster, Disclosure, PageSection, Stack } from "#app/_ui/layout.tsx";
import { Banner, Tag } from "#app/_ui/content.tsx";
import type { CasePart } from "#domain/registers/incident/case.ts";
import type { DeletionState } from "#domain/registers/incident/deletion.ts";
import { valueOf, type Values } from "#domain/registers/incident/field.ts";
import { isDeleteStep } from "#domain/registers/incident/step.ts";
import type { IncidentView, PartView } from "#server/registers/incident/queries.ts";
import { ActionList, CasePartSection } from "./case-parts.tsx";
import { addActionForm, isRefused, page, type ShownIncident } from "./form.tsx";

/** The case, for those who handle it: the clock, the facts, and each part with its small form and its history. */
export function CaseView({ shown }: { shown: ShownIncident }) {
  const { view: incident } = shown;
  const { reference, closedAt, clock, holds, case: parts, open, deletion } = incident;
  if (!parts) return null;
  const isOwed = parts.isTellingOwed && closedAt === null;
  return (
    <Stack gap="section">
      <Stack gap="loose">
        <PageHead definition={page.definition} shown={shown} />
        <Cluster>
          <Tag tone={closedAt ? "good" : "warning"}>{closedAt ? "Closed" : "Open"}</Tag>
          {parts.isHighRisk && (
            <Tag tone={isOwed ? "warning" : "neutral"}>
              {isOwed ? "High risk: the people concerned must be told" : "High risk"}
            </Tag>
          )}
        </Cluster>
        <ClockBanner clock={clock} decision={parts.answers.decision} />
        {holds.length > 0 && <DoNotDelete holds={holds} />}
      </Stack>
      <PageSection title="What was reported">
        <Facts incident={incident} />
        {open.length > 0 && !closedAt && (
          <p className="text-small text-soft">
            The reporter still has to: {open.map((step) => INCIDENT_STEP_TITLES[step].toLowerCase()).join("; ")}.
          </p>
        )}
      </PageSection>
      {parts.parts
        .filter((view) => view.part !== "closing" && matters(view, incident))
        .map((view) => (
          <CasePartSection key={view.part} shown={shown} view={view}>
            {view.part === "ruling" && !closedAt && <p>{RULING_WORDS[deletion]}</p>}
          </CasePartSection>
        ))}
      <PageSection title="Actions" id="actions">
        <ActionList shown={shown} empty="There is nothing to do yet." />
        {!closedAt && (
          <Disclosure summary="Add an action" open={isRefused(shown, "add-action")}>
            {addActionForm.show(shown)}
          </Disclosure>
        )}
      </PageSection>
      {parts.parts
        .filter(({ part }) => part === "closing")
        .map((part) => (
          <CasePartSection key={part.part} shown={shown} view={part}>
            {part.isOpen && parts.missingToClose.length > 0 && (
              <>
                <p>Before you close it:</p>
                <ul>
                  {parts.missingToClose.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </>
            )}
          </CasePartSection>
        ))}
      <PageSection title="For the regulator and the file">
        <p>The whole case on one page, in the order that the regulator asks. We record that you made it.</p>
        <p>
          <ButtonLink href={`/incidents/${reference}/report`} look="quiet">
            Make the report
          </ButtonLink>
        </p>
      </PageSection>
    </Stack>
  );
}

/** Parts that do not apply to this case are left out, unless something was recorded. */
function matters({ part, isOpen, history }: PartView, { clock, steps }: IncidentView): boolean {
  if (history.length > 0) return true;
  if (part === "reopening") return isOpen;
  if (part === "ruling") return steps.some(({ step }) => isDeleteStep(step));
  return clock !== null || !OF_A_BREACH.includes(part);
}

/** What is recorded only if personal data may have been disclosed. */
const OF_A_BREACH: readonly CasePart[] = ["assessment", "decision", "regulator", "people"];

/** What the reporter has deleted so far. */
const RULING_WORDS = {
  unasked:
    "The reporter has not yet said whether anybody has asked for the messages, and will not delete anything until then.",
  held: "A hold is in force. The reporter is told not to delete, whatever you record here.",
  doubt: "The reporter is not sure that nobody has asked for it, and is waiting for your answer.",
  waiting: "Under the policy, nobody may delete it until you say so. The reporter is waiting for your answer.",
  refused: "The reporter is told to keep it.",
  free: "The reporter may delete it.",
} as const satisfies Record<DeletionState, string>;

function ClockBanner({ clock, decision }: { clock: IncidentView["clock"]; decision: Values | undefined }) {
  if (!clock) return <p>No clock is running: nobody thinks that personal data has been disclosed.</p>;
  const { awareAt, deadline, isOver, left, isRunning } = clock;
  const since = (
    <p>
      Known since <Moment at={awareAt} />. The 72 hours {isOver ? "ended" : "end"} on <Moment at={deadline} />, nights
      and weekends included.
    </p>
  );
  if (!isRunning)
    return (
      <Banner
        title={valueOf(decision, "report") === "yes" ? "Reported to the regulator" : "Not reported to the regulator"}
      >
        {since}
      </Banner>
    );
  return (
    <Banner tone="warning" title={`The 72 hours to report it: ${left}`}>
      {since}
      <p>
        {decision
          ? "It was decided to report it. Report it, and record when and how. You do not have to know everything yet."
          : "Decide whether to report it, and say why either way. You do not have to know everything yet."}
      </p>
    </Banner>
  );
}
