import { CORRECTION_FIELDS, CORRECTION_FORM, Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import { Banner, SummaryList, UserText } from "#app/_ui/content.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { lawOnDeleting, LONGEST_HOLD_TEXT, HOLD_REASONS, KEEP_EXPORTABLE } from "#domain/registers/hold/hold.ts";
import { getHold, listGroupsToHold } from "#server/registers/hold/queries.ts";
import * as service from "#server/registers/hold/service.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { HOLD_FIELDS, holdDays, WORD_FIELDS, TargetFields, TARGETS } from "../hold-fields.tsx";
import { HoldDetails } from "./hold-record.tsx";

/** One hold: what must be kept, for those whom it concerns; the record, for officers and auditors. */
const page = definePage({
  path: "/holds/[reference]",
  reference: "HLD",
  async read({ actor, params, query }) {
    const places = { waiting: readPageCursor(query, "waiting"), confirmed: readPageCursor(query, "confirmed") };
    const [hold, body, groups] = await Promise.all([
      getHold(actor, params.reference, places),
      getOwnBody(actor),
      listGroupsToHold(actor),
    ]);
    if (!hold) return null;
    const law = lawOnDeleting({ nation: body?.nation ?? "uk" }, hold.reason);
    const named = hold.record?.groups.map(({ reference }) => reference) ?? [];
    const others = groups?.groups?.filter(({ reference }) => !named.includes(reference)) ?? null;
    return { ...hold, law, others: { groups: groups ? others : [], count: groups?.count ?? 0 } };
  },
  heading: headingOf,
  title: (shown) => `${headingOf(shown)}, ${shown.view.reference}`,
  kicker: ({ view }) => `${view.reference}, ${view.endedAt ? "ended" : "in force"}`,
  back: { href: "/holds", label: "Holds" },
  gap: "section",
});

const confirmForm = defineForm(page, {
  do: "confirm",
  fields: {},
  button: "I will not delete them",
  submit: ({ actor, params }) => service.confirmHold(actor, params.reference),
});

const remindForm = defineForm(page, {
  do: "remind",
  fields: {},
  button: ({ view }) => {
    const { concerned = 0, confirmed = 0 } = view.record?.counts ?? {};
    const waiting = concerned - confirmed;
    return (
      <Button look="quiet">
        {waiting === 1 ? "Remind the one who has not" : `Remind the ${waiting} who have not`}
      </Button>
    );
  },
  submit: ({ actor, params }) => service.remindOfHold(actor, params.reference),
  done: ({ code }, { path }) =>
    code === "reminded"
      ? path
      : refused("Nobody was reminded: they were told today already, or everybody has confirmed."),
});

const extendForm = defineForm(page, {
  do: "extend",
  fields: TARGETS,
  body: ({ view, formState }) => <TargetFields groups={view.others} formState={formState} />,
  button: <Button look="quiet">Add them</Button>,
  submit: ({ actor, params, values }) => service.extendHold(actor, params.reference, values),
  done: ({ code }, { path }) =>
    code === "extended"
      ? path
      : refused("The hold has ended since you opened this page. Nobody was added. Place a new one."),
});

const releaseFromHoldForm = defineForm(page, {
  do: "release",
  fields: {
    person: text("Who?", { hint: "Their work e-mail address, or their whole name.", width: "half" }),
    releaseWhy: text("Why does it concern them no longer?", { lines: 2 }),
  },
  button: <Button look="quiet">Release them</Button>,
  submit: ({ actor, params, values: { person, releaseWhy } }) =>
    service.releaseFromHold(actor, params.reference, { person, why: releaseWhy }),
});

const correctHoldForm = defineForm(page, {
  ...CORRECTION_FORM,
  fields: { ...HOLD_FIELDS, ...WORD_FIELDS, ...CORRECTION_FIELDS },
  stored: ({ view: { reason, keep, record } }) => ({
    seen: record?.corrections.length ?? 0,
    reason,
    keep,
    occurredOn: record?.occurredOn,
    note: record?.note,
    words: record?.words.join("\n"),
    reviewOn: record?.reviewOn,
  }),
  submit: ({ actor, params, values }) =>
    service.correctHold(actor, params.reference, { ...values, ...holdDays(values) }),
});

const endForm = defineForm(page, {
  do: "end",
  fields: {
    endReason: text("Why does it end?", {
      hint: `For the record: governance officers and auditors see it. Up to ${LONGEST_HOLD_TEXT.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  button: "End the hold",
  submit: ({ actor, params, values }) => service.endHold(actor, params.reference, values.endReason),
  done: (result, { path }) =>
    result.code === "ended" ? path : refused(`${result.by} has ended it already. Your reason was not recorded.`),
});

function headingOf({ view }: { view: { endedAt: Date | null } }): string {
  return view.endedAt ? "This hold has ended" : "Do not delete these messages";
}

type Shown = Parameters<typeof remindForm.show>[0];

export const { generateMetadata, Page, GET, POST } = formsPage(
  page,
  [confirmForm, remindForm, extendForm, releaseFromHoldForm, correctHoldForm, endForm],
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
        <PageSection title="Confirm that you have read this">
          <p>Turn off disappearing messages where they would delete some of these. Keep them on your phone.</p>
          {confirmForm.show(shown)}
        </PageSection>
      )}
    </>
  );
}

const HoldForms = ({ shown, isSomebodyWaiting }: { shown: Shown; isSomebodyWaiting: boolean }) => (
  <>
    {isSomebodyWaiting && remindForm.show(shown)}
    <PageSection title="Add groups or people">
      <p>New people are told at once.</p>
      {extendForm.show(shown)}
    </PageSection>
    <PageSection title="Release one person">
      <p>They are told that they no longer have to keep the messages. Its groups stay under the hold.</p>
      {releaseFromHoldForm.show(shown)}
    </PageSection>
    <PageSection title="End the hold">
      <p>
        The people it concerns are told that they no longer have to keep the messages. Anything that was due to be
        deleted is asked for again. You cannot undo this.
      </p>
      {endForm.show(shown)}
    </PageSection>
  </>
);
