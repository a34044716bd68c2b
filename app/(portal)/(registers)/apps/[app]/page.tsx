import { AppTag } from "#app/(portal)/(registers)/_app/app-tag.tsx";
import { definePage, showPage } from "#app/_portal/form/page.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { APP_STATES } from "#domain/registers/app/app.ts";
import { getApp } from "#server/registers/app/queries.ts";

const page = definePage({
  path: "/apps/[app]",
  read: ({ actor, params }) => getApp(actor, params.app),
  heading: ({ view }) => view.name,
  title: ({ view }) => `${view.name}, register of apps`,
});

const { generateMetadata, Page } = showPage(page, ({ actor, view: app }) => (
  <PortalPage actor={actor}>
    <Stack gap="section">
      <Stack>
        <BackLink href="/apps">Register of apps</BackLink>
        <PageHeading kicker="App">
          <bdi>{app.name}</bdi>
        </PageHeading>
        <AppTag state={app.state} />
      </Stack>
      <SummaryList
        rows={{
          "What for": <UserText>{app.purpose}</UserText>,
          "Who may use it": <UserText>{app.whoMay}</UserText>,
          "Settings required": app.settings.length === 0 ? "None" : <UserText>{app.settings.join("\n")}</UserText>,
          "Impact assessment": app.dpiaReference
            ? `${app.dpiaReference}${app.dpiaOn ? `, ${dateInWords(app.dpiaOn)}` : ""}`
            : "There is none",
          "Owner of the risk": app.riskOwner.name,
          "Decided again by": dateInWords(app.reviewOn),
        }}
      />
      {app.mayDecide && (
        <p className="no-print">
          <ButtonLink href={`/apps/${app.slug}/decide`} look="quiet">
            Decide again
          </ButtonLink>
        </p>
      )}
      <Section title="Decisions">
        <Steps
          items={app.decisions.map(({ at, state, reason, person }) => ({
            title: APP_STATES[state],
            when: <Moment at={at} />,
            who: person.id === actor.personId ? "You" : person.name,
            children: <UserText>{reason}</UserText>,
          }))}
        />
      </Section>
    </Stack>
  </PortalPage>
));

export { generateMetadata, Page as default };
