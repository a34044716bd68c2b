import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { ListedText, UserText } from "#app/_ui/user-text.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(
  page,
  (shown) => {
    const { current, history } = shown.view;
    return (
      <>
        {can(shown.actor, "continuity.declare", shown.actor) && !current && (
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
      </>
    );
  },
  ({ formState, view: { current } }) => (
    <>
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
        A governance officer declares one when the usual ways of working fail. While it lasts, every page says so, and
        the check has an answer for it, where the policy does.
      </p>
      {current && formState.isReturned && (
        // What another officer has meanwhile done.
        <Panel title="What you wrote, not sent">
          <UserText>
            {[formState.value("title"), formState.value("reason")].filter((text) => text !== "").join("\n\n")}
          </UserText>
        </Panel>
      )}
    </>
  ),
);
export { generateMetadata, Page as default };
