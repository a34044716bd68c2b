import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { ListedText, UserText } from "#app/_ui/user-text.tsx";
import { can } from "#domain/access/permission/permission.ts";
import type { ListPage } from "#domain/base/list/page.ts";
import type { ActivityView } from "#server/registers/continuity/queries.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, formState, view } = shown;
  const { current, history } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <ErrorSummary errors={[...formState.problems]} />
          <PageHeading>Business continuity</PageHeading>
          {current ? (
            <p className="text-lead">
              Declared since <Moment at={current.startedAt} />:{" "}
              <Link href={`/continuity/${current.reference}`}>
                <bdi>{current.title}</bdi>
              </Link>
            </p>
          ) : (
            <p className="text-lead">No business continuity activity is declared now.</p>
          )}
          <p>
            A governance officer declares one when the usual ways of working fail. While it lasts, every page says so,
            and the check has an answer for it, where the policy does.
          </p>
          {current && formState.isReturned && <Unsent formState={formState} />}
        </Stack>
        {can(actor, "continuity.declare", actor) && !current && (
          <Section title="Declare one">{form.show(shown)}</Section>
        )}
        {history && <History activities={history} />}
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

/** What another officer has meanwhile done. */
function Unsent({ formState }: { formState: FormState }) {
  return (
    <Panel title="What you wrote, not sent">
      <UserText>
        {[formState.value("title"), formState.value("reason")].filter((text) => text !== "").join("\n\n")}
      </UserText>
    </Panel>
  );
}

function History({ activities }: { activities: ListPage<ActivityView> }) {
  return (
    <Section title="All activities">
      <DataTable
        caption="All business continuity activities, newest first"
        captionHidden
        columns={{
          Reference: ({ reference }) => (
            <Link href={`/continuity/${reference}`} className="whitespace-nowrap">
              {reference}
            </Link>
          ),
          What: ({ title }) => <ListedText>{title}</ListedText>,
          Declared: ({ startedAt }) => <Moment at={startedAt} />,
          Ended: ({ endedAt }) => (endedAt ? <Moment at={endedAt} /> : "Not yet"),
        }}
        rows={activities.rows}
        empty="None have been declared. Once one is, it appears here, even after it has ended."
      />
      <PageLinks label="Pages of all activities" page={activities} path="/continuity" />
    </Section>
  );
}
