import { text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { lawOnDeleting, LONGEST_HOLD_TEXT } from "#domain/registers/hold/hold.ts";
import { getHold, listGroupsToHold } from "#server/registers/hold/queries.ts";
import {
  confirmHold,
  correctHold,
  endHold,
  extendHold,
  releaseFromHold,
  remindOfHold,
} from "#server/registers/hold/service.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { CORRECTION_FIELDS, CORRECTION_FORM } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { HOLD_FIELDS, holdDays, WORD_FIELDS } from "../hold-fields.tsx";
import { TargetFields, TARGETS } from "../target-fields.tsx";

/** One hold: what must be kept, for those whom it concerns; the record, for officers and auditors. */
export const page = definePage({
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

export const confirmForm = defineForm(page, {
  do: "confirm",
  fields: {},
  button: "I will not delete them",
  submit: ({ actor, params }) => confirmHold(actor, params.reference),
});

export const remindForm = defineForm(page, {
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
  submit: ({ actor, params }) => remindOfHold(actor, params.reference),
  done: ({ code }, { path }) =>
    code === "reminded"
      ? path
      : refused("Nobody was reminded: they were told today already, or everybody has confirmed."),
});

/** Names more groups and people. */
export const extendForm = defineForm(page, {
  do: "extend",
  fields: TARGETS,
  body: ({ view, formState }) => <TargetFields groups={view.others} formState={formState} />,
  button: <Button look="quiet">Add them</Button>,
  submit: ({ actor, params, values }) => extendHold(actor, params.reference, values),
  done: ({ code }, { path }) =>
    code === "extended"
      ? path
      : refused("The hold has ended since you opened this page. Nobody was added. Place a new one."),
});

/** Releases one person. */
export const releaseFromHoldForm = defineForm(page, {
  do: "release",
  fields: {
    person: text("Who?", { hint: "Their work e-mail address, or their whole name.", width: "half" }),
    releaseWhy: text("Why does it concern them no longer?", { lines: 2 }),
  },
  button: <Button look="quiet">Release them</Button>,
  submit: ({ actor, params, values: { person, releaseWhy } }) =>
    releaseFromHold(actor, params.reference, { person, why: releaseWhy }),
});

/** Corrects what it says. */
export const correctHoldForm = defineForm(page, {
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
  submit: ({ actor, params, values }) => correctHold(actor, params.reference, { ...values, ...holdDays(values) }),
});

export const endForm = defineForm(page, {
  do: "end",
  fields: {
    endReason: text("Why does it end?", {
      hint: `For the record: governance officers and auditors see it. Up to ${LONGEST_HOLD_TEXT.toLocaleString("en-GB")} characters.`,
      lines: 4,
    }),
  },
  button: "End the hold",
  submit: ({ actor, params, values }) => endHold(actor, params.reference, values.endReason),
  done: (result, { path }) =>
    result.code === "ended" ? path : refused(`${result.by} has ended it already. Your reason was not recorded.`),
});

function headingOf({ view }: { view: { endedAt: Date | null } }): string {
  return view.endedAt ? "This hold has ended" : "Do not delete these messages";
}
