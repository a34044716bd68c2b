import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { ButtonLine, PageSection } from "#app/_ui/layout.tsx";
import { Steps, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { APP_STATES } from "#domain/registers/app/app.ts";
import { getApp } from "#server/registers/app/queries.ts";
import { AppTag } from "../register.tsx";

const page = definePage({
  path: "/apps/[app]",
  read: ({ actor, params }) => getApp(actor, params.app),
  heading: ({ view }) => view.name,
  isName: true,
  title: ({ view }) => `${view.name}, register of apps`,
  kicker: "App",
  gap: "section",
  back: { href: "/apps", label: "Register of apps" },
  intro: ({ view }) => <AppTag state={view.state} />,
});

const { generateMetadata, Page } = framedPage(page, ({ actor, view: app }) => (
  <>
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
      <ButtonLine href={`/apps/${app.slug}/decide`} look="quiet">
        Decide again
      </ButtonLine>
    )}
    <PageSection title="Decisions">
      <Steps
        items={app.decisions.map(({ at, state, reason, person }) => ({
          title: APP_STATES[state],
          when: <Moment at={at} />,
          who: person.id === actor.personId ? "You" : person.name,
          children: <UserText>{reason}</UserText>,
        }))}
      />
    </PageSection>
  </>
));
export { generateMetadata, Page as default };
