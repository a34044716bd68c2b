import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { correctActivityForm, form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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
      {view.mayEnd && <Section title="End it">{form.show(shown)}</Section>}
    </>
  );
});
export { generateMetadata, Page as default };
