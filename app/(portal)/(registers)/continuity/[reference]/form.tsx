import { PageSection, Panel } from "#app/_ui/layout.tsx";
import { CORRECTION_FIELDS, CORRECTION_FORM, Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { LONGEST_ACTIVITY_REASON, LONGEST_TITLE } from "#domain/registers/continuity/activity.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { correctActivity, endActivity } from "#server/registers/continuity/service.ts";

const page = definePage({
  path: "/continuity/[reference]",
  reference: "CON",
  read: ({ actor, params }) => getActivity(actor, params.reference),
  heading: ({ view }) => view.title,
  isName: true,
  title: ({ view }) => `Business continuity ${view.reference}`,
  kicker: ({ view }) => `${view.reference}, ${view.endedAt ? "ended" : "declared now"}`,
  back: { href: "/continuity", label: "Business continuity" },
});

const form = defineForm(page, {
  do: "end",
  fields: {
    endReason: text("Why does it end?", {
      hint: `For the record: governance officers and auditors see it. Up to ${LONGEST_ACTIVITY_REASON.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  button: "End it now",
  submit: ({ actor, params, values }) => endActivity(actor, params.reference, values.endReason),
  done: (result, { path }) =>
    result.code === "ended" ? path : refused(`${result.by} has ended it already. Your reason was not recorded.`),
});

const correctActivityForm = defineForm(page, {
  ...CORRECTION_FORM,
  fields: {
    title: text("What is it?", { hint: `Up to ${LONGEST_TITLE} characters.` }),
    reason: text("Why was it declared?", { lines: 5 }),
    ...CORRECTION_FIELDS,
  },
  stored: ({ view: { corrections, title, record } }) => ({ seen: corrections.length, title, reason: record?.reason }),
  submit: ({ actor, params, values: { title, ...sent } }) =>
    correctActivity(actor, params.reference, { ...sent, title: title.replaceAll(/\s+/g, " ") }),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form, correctActivityForm], (shown) => {
  const { query, formState, view } = shown;
  const { startedAt, endedAt, record } = view;
  const whoWas = ({ name, isActor }: { name: string; isActor: boolean }) => (isActor ? "You" : name);
  const unsent = endedAt && formState.isReturned ? formState.value("endReason") : "";
  return (
    <>
      {query["done"] && !endedAt && (
        <Banner title="It is declared">
          <p>Every page of your body says so from now on. End it here as soon as it is over.</p>
        </Banner>
      )}
      <SummaryList
        rows={{
          Reference: view.reference,
          Declared: <Moment at={startedAt} />,
          Ended: endedAt ? <Moment at={endedAt} /> : "Not yet",
          "Declared by": record && whoWas(record.startedBy),
          "Why it was declared": record && <UserText>{record.reason}</UserText>,
          "Ended by": record?.endedBy && whoWas(record.endedBy),
          "Why it ended": record && record.endReason !== null && <UserText>{record.endReason}</UserText>,
        }}
      />
      {!endedAt && <p>While it lasts, the check has an answer for it, where the policy does.</p>}
      {unsent !== "" && (
        <Panel title="What you wrote, not sent">
          <UserText>{unsent}</UserText>
        </Panel>
      )}
      <Corrections
        corrections={view.corrections}
        names={{ title: "What it is", reason: "Why it was declared" }}
        form={view.mayCorrect && correctActivityForm.show(shown)}
        formState={formState}
      />
      {view.mayEnd && <PageSection title="End it">{form.show(shown)}</PageSection>}
    </>
  );
});
