import { showPage } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import type { DirectoryEntry } from "#server/access/identity/queries.ts";
import {
  AcknowledgementsSection,
  ContinuitySection,
  UnderstandingChecksSection,
  ClearDownsSection,
  ConsentsSection,
  EvidenceSection,
  ExceptionsSection,
  GroupsSection,
  HoldsSection,
  IncidentsSection,
  FormInputSection,
  QuestionsSection,
  ReceiptsSection,
  RecordsSection,
} from "./own-data.tsx";
import { page, type ShownMe } from "./form.tsx";
import { OwnMailSection } from "./mail-section.tsx";
import { Sessions } from "./sessions.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view } = shown;
  const { data } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <PageHeading>You in this portal</PageHeading>
        <WhoYouAre shown={shown} />
        <OwnMailSection shown={shown} />
        <Sessions shown={shown} />
        <Stack as="section" gap="loose">
          <h2>What we hold about you</h2>
          <AcknowledgementsSection acknowledgements={data.acknowledgements} />
          <ExceptionsSection exceptions={data.exceptions} />
          <QuestionsSection questions={data.questions} />
          <ReceiptsSection receiptCount={data.receiptCount} />
          <RecordsSection recordCount={data.recordCount} />
          <ConsentsSection consents={data.consents} />
          <UnderstandingChecksSection checks={data.checks} />
          <ContinuitySection activities={data.activities} />
          <GroupsSection groups={data.groups} />
          <IncidentsSection incidents={data.incidents} />
          <HoldsSection holds={data.holds} holdsPlaced={data.holdsPlaced} />
          <ClearDownsSection clearDowns={data.clearDowns} />
          <EvidenceSection evidence={data.evidence} />
          <FormInputSection count={data.formInputCount} />
          <Stack gap="tight">
            <h3>Take it with you</h3>
            <p>
              Everything we hold about you. It includes more than this page shows, such as where you decided, answered
              or were told something. Choose a page to read, with a copy for programs, or a file for programs only.
            </p>
            <p className="flex flex-wrap gap-3">
              <ButtonLink href="/me/data/zip" look="quiet">
                Download all my data (ZIP)
              </ButtonLink>
              <ButtonLink href="/me/data" look="quiet">
                Download my data (JSON)
              </ButtonLink>
            </p>
          </Stack>
        </Stack>
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

function WhoYouAre({ shown: { actor, view } }: { shown: ShownMe }) {
  const { data, bodyName } = view;
  const { team, joinedAt, lineManager, kind, startsOn, leavesOn, awayUntil } = data.directory;
  const days = { Start: startsOn, "Leaving date": leavesOn, "Away until": awayUntil };
  const { directoryNames } = data;
  return (
    <Stack as="section">
      <h2>Who you are here</h2>
      <SummaryList
        rows={[
          { term: "Name", value: actor.name },
          { term: "E-mail", value: actor.email },
          { term: "Roles", value: actor.roles.map((role) => ROLE_NAMES[role]).join(", ") },
          { term: "Team", value: team?.name ?? "You are not in a team" },
          { term: "Line manager", value: <Manager manager={lineManager} /> },
          { term: "Employer", value: actor.employer },
          ...(bodyName === actor.employer ? [] : [{ term: "Body", value: bodyName }]),
          { term: "Kind", value: PERSON_KIND_NAMES[kind] },
          ...Object.entries(days).flatMap(([term, day]) => (day ? [{ term, value: dateInWords(day) }] : [])),
          ...(directoryNames.userName === null || directoryNames.userName.toLowerCase() === actor.email
            ? []
            : [{ term: "User name in the directory", value: directoryNames.userName }]),
          ...(directoryNames.groups.length === 0
            ? []
            : [{ term: "Groups in the directory", value: directoryNames.groups.join(", ") }]),
          { term: "In the directory since", value: <Moment at={joinedAt} /> },
          ...data.accounts.map(({ issuer, boundAt }) => ({
            term: "Your work account",
            value: (
              <>
                The one at <span className="wrap-anywhere">{new URL(issuer).host}</span> that you first signed in with
                on <Moment at={boundAt} />. No other account opens the portal as you.
              </>
            ),
          })),
        ]}
      />
      <p>
        <Link href={`/absences/${actor.personId}`}>When you are away</Link>
      </p>
      <p className="text-small text-soft">This comes from the directory. Ask your administrator to correct it.</p>
    </Stack>
  );
}

function Manager({ manager }: { manager: DirectoryEntry["lineManager"] }) {
  if (!manager) return <Missing what="line manager" />;
  if (manager.isActor) return "You";
  return `${manager.name}, ${manager.roles.map((role) => ROLE_NAMES[role]).join(", ")}`;
}
