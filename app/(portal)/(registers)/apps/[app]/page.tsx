import { AppTag } from "#app/(portal)/(registers)/_app/app-tag.tsx";
import { definePage, showPage } from "#app/_portal/form/page.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
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
        rows={[
          { term: "What for", value: <UserText>{app.purpose}</UserText> },
          { term: "Who may use it", value: <UserText>{app.whoMay}</UserText> },
          {
            term: "Settings required",
            value: app.settings.length === 0 ? "None" : <UserText>{app.settings.join("\n")}</UserText>,
          },
          {
            term: "Impact assessment",
            value: app.dpiaReference
              ? `${app.dpiaReference}${app.dpiaOn ? `, ${dateInWords(app.dpiaOn)}` : ""}`
              : "There is none",
          },
          { term: "Owner of the risk", value: app.riskOwner.name },
          { term: "Decided again by", value: dateInWords(app.reviewOn) },
        ]}
      />
      {app.mayDecide && (
        <p className="no-print">
          <ButtonLink href={`/apps/${app.slug}/decide`} look="quiet">
            Decide again
          </ButtonLink>
        </p>
      )}
      <Stack as="section">
        <h2>Decisions</h2>
        <Steps
          items={app.decisions.map(({ at, state, reason, person }) => ({
            title: APP_STATES[state],
            when: <Moment at={at} />,
            who: person.id === actor.personId ? "You" : person.name,
            children: <UserText>{reason}</UserText>,
          }))}
        />
      </Stack>
    </Stack>
  </PortalPage>
));

export { generateMetadata, Page as default };
