import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused, together } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, Link, PageSection, Panel } from "#app/_ui/layout.tsx";
import { ListedText, UserText } from "#app/_ui/content.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { LONGEST_ACTIVITY_REASON, LONGEST_TITLE } from "#domain/registers/continuity/activity.ts";
import { can } from "#domain/access/permission/permission.ts";
import { getCurrentActivity, getHistory } from "#server/registers/continuity/queries.ts";
import { declareActivity } from "#server/registers/continuity/service.ts";

/** What is declared now, for everybody; past activities, for governance officers and auditors. */
const page = definePage({
  path: "/continuity",
  read: ({ actor, query }) =>
    together({ current: getCurrentActivity(actor), history: getHistory(actor, readPageCursor(query)) }),
  heading: "Business continuity",
  gap: "section",
});

const form = defineForm(page, {
  fields: {
    startKey: startKey(),
    title: text("What is it?", {
      hint: `Everybody in your body sees it on every page. “E-mail and Teams are down”, for example. Up to ${LONGEST_TITLE} characters.`,
    }),
    reason: text("Why is it declared?", {
      hint: `For the record: governance officers and auditors see it. Up to ${LONGEST_ACTIVITY_REASON.toLocaleString("en-GB")} characters.`,
      lines: 5,
    }),
  },
  button: (
    <>
      <p>It begins the moment you press the button, and lasts until a governance officer ends it.</p>
      <Button>Declare it now</Button>
    </>
  ),
  submit: ({ actor, values: { title, ...sent } }) =>
    declareActivity(actor, { ...sent, title: title.replaceAll(/\s+/g, " ") }),
  done: (result) =>
    result.code === "declared"
      ? `/continuity/${result.reference}?done=1`
      : refused(
          `${result.by} has declared ${result.reference} already. There is one activity at a time, so yours was not declared.`,
        ),
});

export const { generateMetadata, Page, GET, POST } = formsPage(
  page,
  [form],
  (shown) => {
    const { current, history } = shown.view;
    return (
      <>
        {can(shown.actor, "continuity.declare", shown.actor) && !current && (
          <PageSection title="Declare one">{form.show(shown)}</PageSection>
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
