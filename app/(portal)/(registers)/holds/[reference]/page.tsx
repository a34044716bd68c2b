import { NotReached } from "#app/_portal/not-reached.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Section } from "#app/_ui/section.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { HOLD_REASONS, KEEP_EXPORTABLE } from "#domain/registers/hold/hold.ts";
import { Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { confirmForm, correctHoldForm, endForm, extendForm, page, releaseFromHoldForm, remindForm } from "./form.tsx";
import { HoldDetails } from "./hold-record.tsx";

type Shown = Parameters<typeof remindForm.show>[0];

const { generateMetadata, Page } = framedPage(
  page,
  (shown) => {
    const { formState, view: hold } = shown;
    const { endedAt, record, mayPlace } = hold;
    if (!record) return null;
    const mayChange = mayPlace && !endedAt;
    return (
      <>
        <HoldDetails hold={hold} record={record} />
        <Corrections
          corrections={record.corrections}
          names={{
            reason: "Why",
            occurredOn: "Request or event of",
            keep: "What to keep",
            words: "Words",
            note: "Note",
            reviewOn: "Look again on",
          }}
          form={mayChange && correctHoldForm.show(shown)}
          formState={formState}
        />
        {mayChange && <HoldForms shown={shown} isSomebodyWaiting={record.counts.confirmed < record.counts.concerned} />}
      </>
    );
  },
  (shown) => <Lead shown={shown} />,
);
export { generateMetadata, Page as default };

/** What must be kept, why and since when; for those whom it concerns, that they have read it. */
function Lead({ shown }: { shown: Shown }) {
  const { actor, query, view: hold } = shown;
  const { reference, reason, keep, placedAt, endedAt, own, record, law } = hold;
  return (
    <>
      {query["done"] && record && !endedAt && (
        <Banner title="The hold is in force">
          <p>
            {record.counts.concerned === 1 ? "One person is" : `${record.counts.concerned} people are`} told now, and
            asked to confirm.
          </p>
        </Banner>
      )}
      {record && <NotReached actor={actor} href={`/holds/${reference}`} />}
      <SummaryList
        rows={{
          [endedAt ? "What had to be kept" : "What to keep"]: <UserText>{keep}</UserText>,
          Why: HOLD_REASONS[reason],
          Since: <Moment at={placedAt} />,
          Ended: endedAt && <Moment at={endedAt} />,
          "You confirmed it": own?.confirmedAt && <Moment at={own.confirmedAt} />,
        }}
      />
      {endedAt ? (
        <p>The usual rules for keeping and deleting apply again, unless another hold concerns you.</p>
      ) : (
        <>
          <p>{law}</p>
          <p>{KEEP_EXPORTABLE}</p>
        </>
      )}
      {own && !own.confirmedAt && !endedAt && (
        <Section title="Confirm that you have read this">
          <p>Turn off disappearing messages where they would delete some of these. Keep them on your phone.</p>
          {confirmForm.show(shown)}
        </Section>
      )}
    </>
  );
}

function HoldForms({ shown, isSomebodyWaiting }: { shown: Shown; isSomebodyWaiting: boolean }) {
  return (
    <>
      {isSomebodyWaiting && remindForm.show(shown)}
      <Section title="Add groups or people">
        <p>New people are told at once.</p>
        {extendForm.show(shown)}
      </Section>
      <Section title="Release one person">
        <p>They are told that they no longer have to keep the messages. Its groups stay under the hold.</p>
        {releaseFromHoldForm.show(shown)}
      </Section>
      <Section title="End the hold">
        <p>
          The people it concerns are told that they no longer have to keep the messages. Anything that was due to be
          deleted is asked for again. You cannot undo this.
        </p>
        {endForm.show(shown)}
      </Section>
    </>
  );
}
