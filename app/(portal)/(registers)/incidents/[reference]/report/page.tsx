import { PageSection } from "#app/_ui/layout.tsx";
import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { answerRows, Facts } from "#app/(portal)/(registers)/_incident/facts.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { Missing, SummaryList, type SummaryRow, summaryRows, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import { REPORT_WITHIN_HOURS } from "#domain/registers/incident/clock.ts";
import { momentOf, valueOf } from "#domain/registers/incident/field.ts";
import { governanceContact } from "#domain/policy/policy/accident.ts";
import { clock } from "#server/base/clock.ts";
import { noteReading } from "#server/registers/incident/case-service.ts";
import { getIncident, type IncidentView } from "#server/registers/incident/queries.ts";

/** The case in the order in which the regulator asks, to print, file or copy from. For those who handle it. */
const page = definePage({
  path: "/incidents/[reference]/report",
  async read({ actor, params }) {
    const incident = await getIncident(actor, params.reference);
    return incident?.case ? incident : null;
  },
  heading: ({ view }) => `Report of ${view.reference}`,
  kicker: ({ view }) => view.body?.name,
  gap: "section",
  back: ({ view }) => ({ href: `/incidents/${view.reference}`, label: `Case ${view.reference}` }),
  intro: ({ actor, view }) => (
    <>
      <p>
        {view.title}. Made on <Moment at={clock.now()} /> by {actor.name}. Confidential.
      </p>
      <PrintButton />
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, async ({ actor, view: incident }) => {
  if (await isLookedAt()) await noteReading(actor, incident.reference, "exported");
  const { body, reportedAt, reporter, actions } = incident;
  const part = (name: CasePart, names?: readonly string[]) => partRows(incident, name, names);
  return (
    <>
      <PageSection title="1 What happened">
        <Facts incident={incident} />
      </PageSection>
      <PageSection title="2 When, and how it was found">
        <SummaryList
          rows={[
            ...summaryRows({
              Happened: happened(incident),
              "Known since": <KnownSince incident={incident} />,
              "Found by": reporter ? reporter.name : "Not stated",
              "Reported inside": <Moment at={reportedAt} />,
            }),
            ...part("clock", ["personal", "reason"]),
          ]}
        />
      </PageSection>
      <PageSection title="3 Which data, how many people and records">
        <SummaryList rows={part("assessment", ["data", "people", "records"])} />
      </PageSection>
      <PageSection title="4 Likely consequences">
        <SummaryList rows={part("assessment", ["consequences", "likelihood", "severity"])} />
      </PageSection>
      <PageSection title="5 Measures taken or planned">
        <SummaryList
          rows={[...part("assessment", ["measures"]), ...part("ruling"), ...actions.map(actionRow), ...part("lessons")]}
        />
      </PageSection>
      <PageSection title="6 Telling the people concerned">
        <SummaryList rows={part("people")} />
      </PageSection>
      <PageSection title="7 Data protection contact">
        <ProtectionContact body={body} />
      </PageSection>
      <PageSection title="8 Decision and report to the regulator">
        <SummaryList rows={[...part("decision"), ...part("regulator", ["reported", "way", "authorityReference"])]} />
      </PageSection>
      <PageSection title={`9 Delay beyond ${REPORT_WITHIN_HOURS} hours`}>
        <p>
          <Delay incident={incident} />
        </p>
      </PageSection>
      {incident.closedAt && (
        <PageSection title="10 Closing">
          <SummaryList rows={part("closing")} />
        </PageSection>
      )}
    </>
  );
});
export { generateMetadata, Page as default };

const actionRow = ({ text, owner, dueOn, done }: IncidentView["actions"][number]) => ({
  term: `Action, due ${dateInWords(dueOn)}`,
  value: (
    <>
      <UserText>{text}</UserText>
      <span className="text-small text-soft">
        {owner}. {done === null ? "Not done yet." : `Done: ${done}.`}
      </span>
    </>
  ),
});

/** Who answers the regulator: the data protection officer, or else the body's contact for such questions. */
function ProtectionContact({ body }: Pick<IncidentView, "body">) {
  const contacts = body?.contacts ?? [];
  const officer = contacts.find(({ id }) => id === "dpo") ?? governanceContact(contacts);
  if (!officer) return <Missing>Nobody is named</Missing>;
  return (
    <SummaryList
      rows={{
        Contact: officer.name,
        Address: officer.address ?? <Missing>Address not given</Missing>,
        Body: body?.name ?? "",
      }}
    />
  );
}

/** The current answers of a part, some or all, with who recorded them; a gap if nothing is recorded. */
function partRows(incident: IncidentView, part: CasePart, names?: readonly string[]): SummaryRow[] {
  const latest = incident.case?.parts.find((one) => one.part === part)?.history.at(-1);
  if (!latest) return [{ term: PART_TITLES[part], value: <Missing>Not recorded yet</Missing> }];
  const answers = latest.answers.filter(({ name }) => names === undefined || names.includes(name));
  const recorded = (
    <>
      <Moment at={latest.at} />, {latest.by}
    </>
  );
  return [...answerRows(answers), { term: "Recorded", value: recorded }];
}

const happened = ({ steps }: IncidentView) => answerOn(steps, "happened") ?? "Not known, or when it was noticed";

const KnownSince = ({ incident: { clock: hours, steps } }: { incident: IncidentView }) =>
  hours ? <Moment at={hours.awareAt} /> : (answerOn(steps, "noticed") ?? "Not stated");

const answerOn = (steps: IncidentView["steps"], asked: "happened" | "noticed"): string | undefined =>
  steps.find(({ step }) => step === "when")?.answers.find(({ name }) => name === asked)?.words;

function Delay({ incident: { clock: hours, case: parts } }: { incident: IncidentView }) {
  if (!hours) return "No clock is running: no personal data is thought to have been disclosed.";
  const end = (
    <>
      The {REPORT_WITHIN_HOURS} hours end on <Moment at={hours.deadline} />.{" "}
    </>
  );
  const { decision, regulator } = parts?.answers ?? {};
  const reported = momentOf(regulator, "reported");
  if (valueOf(decision, "report") === "no") return <>{end}It is not reported, for the reason above.</>;
  if (!reported) return <>{end}Nothing is reported yet.</>;
  if (reported <= hours.deadline) return <>{end}It was reported in time.</>;
  return (
    <>
      {end}It was reported later, because:{" "}
      <UserText>{valueOf(regulator, "delay") || "no reason was recorded"}</UserText>
    </>
  );
}
