import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { PageHead } from "#app/_portal/form/form-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { ListedText, UserText } from "#app/_ui/user-text.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, formState, view } = shown;
  const { current, history } = view;
  const unsent = [formState.value("title"), formState.value("reason")].filter((text) => text !== "").join("\n\n");
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <PageHead definition={page.definition} shown={shown} />
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
          {current && formState.isReturned && (
            // What another officer has meanwhile done.
            <Panel title="What you wrote, not sent">
              <UserText>{unsent}</UserText>
            </Panel>
          )}
        </Stack>
        {can(actor, "continuity.declare", actor) && !current && (
          <Section title="Declare one">{form.show(shown)}</Section>
        )}
        {history && (
          <EntryList
            title="All activities"
            caption="All business continuity activities, newest first"
            path="/continuity"
            page={history}
            pages="Pages of all activities"
            columns={{
              What: ({ title }) => <ListedText>{title}</ListedText>,
              Declared: ({ startedAt }) => <Moment at={startedAt} />,
              Ended: ({ endedAt }) => (endedAt ? <Moment at={endedAt} /> : "Not yet"),
            }}
            empty="None have been declared. Once one is, it appears here, even after it has ended."
          />
        )}
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
