import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { answerRows } from "#app/(portal)/(registers)/_incident/answer-rows.tsx";
import { Facts } from "#app/(portal)/(registers)/_incident/facts.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList, type SummaryRow } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import { REPORT_WITHIN_HOURS } from "#domain/registers/incident/clock.ts";
import { momentOf, valueOf } from "#domain/registers/incident/field.ts";
import { governanceContact } from "#domain/policy/policy/accident.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { noteReading } from "#server/registers/incident/case-service.ts";
import { getIncident, type IncidentView } from "#server/registers/incident/queries.ts";

type Props = { params: Promise<{ reference: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { incident } = await readPage(props);
  return { title: incident?.case ? `Report of ${incident.reference}` : "Page not found" };
}

/** The case in the order in which the regulator asks, to print, file or copy from. For those who handle it. */
export default async function RegulatorReportPage(props: Props) {
  const { actor, incident } = await readPage(props);
  if (!incident?.case) notFound();
  if (await isLookedAt()) await noteReading(actor, incident.reference, "exported");
  const { reference, title, body, reportedAt, reporter, actions } = incident;
  const rowsOf = (part: CasePart, names?: readonly string[]) => partRows(incident, part, names);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <BackLink href={`/incidents/${reference}`}>Case {reference}</BackLink>
          <PageHeading kicker={body?.name}>Report of {reference}</PageHeading>
          <p>
            {title}. Made on <Moment at={clock.now()} /> by {actor.name}. Confidential.
          </p>
          <PrintButton />
        </Stack>
        <Part title="1 What happened">
          <Facts incident={incident} />
        </Part>
        <Part title="2 When, and how it was found">
          <SummaryList
            rows={[
              { term: "Happened", value: happened(incident) },
              { term: "Known since", value: <KnownSince incident={incident} /> },
              { term: "Found by", value: reporter ? reporter.name : "Not stated" },
              { term: "Reported inside", value: <Moment at={reportedAt} /> },
              ...rowsOf("clock", ["personal", "reason"]),
            ]}
          />
        </Part>
        <Part title="3 Which data, how many people and records">
          <SummaryList rows={rowsOf("assessment", ["data", "people", "records"])} />
        </Part>
        <Part title="4 Likely consequences">
          <SummaryList rows={rowsOf("assessment", ["consequences", "likelihood", "severity"])} />
        </Part>
        <Part title="5 Measures taken or planned">
          <SummaryList
            rows={[
              ...rowsOf("assessment", ["measures"]),
              ...rowsOf("ruling"),
              ...actions.map(actionRow),
              ...rowsOf("lessons"),
            ]}
          />
        </Part>
        <Part title="6 Telling the people concerned">
          <SummaryList rows={rowsOf("people")} />
        </Part>
        <Part title="7 Data protection contact">
          <ProtectionContact body={body} />
        </Part>
        <Part title="8 Decision and report to the regulator">
          <SummaryList
            rows={[...rowsOf("decision"), ...rowsOf("regulator", ["reported", "way", "authorityReference"])]}
          />
        </Part>
        <Part title={`9 Delay beyond ${REPORT_WITHIN_HOURS} hours`}>
          <p>
            <Delay incident={incident} />
          </p>
        </Part>
        {incident.closedAt && (
          <Part title="10 Closing">
            <SummaryList rows={rowsOf("closing")} />
          </Part>
        )}
      </Stack>
    </PortalPage>
  );
}

function actionRow({ text, owner, dueOn, done }: IncidentView["actions"][number]) {
  return {
    term: `Action, due ${dateInWords(dueOn)}`,
    value: (
      <>
        <UserText>{text}</UserText>
        <span className="text-small text-soft">
          {owner}. {done === null ? "Not done yet." : `Done: ${done}.`}
        </span>
      </>
    ),
  };
}

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

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <Section title={title}>{children}</Section>;
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

function happened({ steps }: IncidentView) {
  const when = steps.find(({ step }) => step === "when")?.answers.find(({ name }) => name === "happened");
  return when?.words ?? "Not known, or when it was noticed";
}

function KnownSince({ incident: { clock: hours, steps } }: { incident: IncidentView }) {
  if (hours) return <Moment at={hours.awareAt} />;
  return (
    steps.find(({ step }) => step === "when")?.answers.find(({ name }) => name === "noticed")?.words ?? "Not stated"
  );
}

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

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  return { actor, incident: await getIncident(actor, (await params).reference) };
});
