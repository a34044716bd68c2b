import { FieldList } from "#app/(portal)/(registers)/_incident/field-list.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { current } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage, type Shown } from "#app/_portal/form/page.ts";
import type { FormResult } from "#app/_portal/receive-form.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { PART_FIELDS, PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import type { CaseResult } from "#server/registers/incident/case-rules.ts";
import {
  ACTION_FIELDS,
  addAction,
  completeAction,
  recordPart,
  type RecordedPart,
  closeCase,
} from "#server/registers/incident/case-service.ts";
import { getIncident, type IncidentView } from "#server/registers/incident/queries.ts";

export const REPORTED = "You have reported it";

export type ShownIncident = Shown<IncidentView & { isNew: boolean }, "/incidents/[reference]">;

/** A report: for whoever made it, for their manager, and as a case for those who handle it. */
export const page = definePage({
  path: "/incidents/[reference]",
  reference: "INC",
  async read({ actor, params, query }) {
    const incident = await getIncident(actor, params.reference);
    return incident && { ...incident, isNew: Boolean(query["done"]) && incident.standing === "reporter" };
  },
  heading: ({ view }) => (view.isNew ? REPORTED : view.title),
  title: ({ view }) => (view.isNew ? REPORTED : `${view.title}, ${view.reference}`),
});

/** How many the page showed, or which one it is about. */
const count = {
  ...current(),
  read: (sent: FormValues, name: string) => (/^\d{1,6}$/.test(sent.text(name)) ? Number(sent.text(name)) : -1),
};

/** Whether this is the form that came back with problems. */
export function isRefused({ formState }: Pick<ShownIncident, "formState">, name: string): boolean {
  return formState.isReturned && formState.value("do") === name;
}

const SAVE_WORDS: Partial<Record<CasePart, string>> = { reopening: "Reopen it now" };

/**
 * Records a part of the case. @param isAnew it is new each time, while the others are changed from the current values
 */
const partForm = (part: RecordedPart, isAnew = false) =>
  defineForm(page, {
    do: part,
    fields: { seen: count },
    stored: ({ view }) => ({ seen: partOf(view, part)?.history.length }),
    body: ({ view, formState }) => (
      <FieldList
        fields={PART_FIELDS[part]}
        values={isAnew ? undefined : partOf(view, part)?.values}
        formState={isRefused({ formState }, part) ? formState : NOTHING_TYPED}
        prefix={`${part}-`}
      />
    ),
    button: SAVE_WORDS[part] ?? `Save: ${PART_TITLES[part].toLowerCase()}`,
    async submit({ actor, params, path, values, form }) {
      const result = await recordPart(actor, params.reference, part, values.seen, without(`${part}-`, form));
      return answerOf(result, path, part, `${part}-`);
    },
  });

/** Closes the case: how it ended, and for each open thing to whom it is handed over. */
const closingForm = defineForm(page, {
  do: "closing",
  fields: { seen: count },
  stored: ({ view }) => ({ seen: partOf(view, "closing")?.history.length }),
  body: ({ view, formState }) => (
    <FieldList
      fields={view.case?.closing.fields ?? []}
      values={view.case?.closing.owners}
      formState={isRefused({ formState }, "closing") ? formState : NOTHING_TYPED}
      prefix="closing-"
    />
  ),
  button: "Close it now",
  async submit({ actor, params, path, values, form }) {
    const result = await closeCase(actor, params.reference, values.seen, without("closing-", form));
    return answerOf(result, path, "closing", "closing-");
  },
});

export const partForms = {
  clock: partForm("clock"),
  ruling: partForm("ruling"),
  assessment: partForm("assessment"),
  decision: partForm("decision"),
  regulator: partForm("regulator"),
  people: partForm("people"),
  lessons: partForm("lessons"),
  closing: closingForm,
  reopening: partForm("reopening", true),
} as const satisfies Record<CasePart, unknown>;

export const addActionForm = defineForm(page, {
  do: "add-action",
  fields: { seen: count },
  stored: ({ view }) => ({ seen: view.actionCount }),
  body: ({ formState }) => (
    <FieldList
      fields={ACTION_FIELDS}
      values={undefined}
      formState={isRefused({ formState }, "add-action") ? formState : NOTHING_TYPED}
      prefix="action-"
    />
  ),
  button: "Add the action",
  async submit({ actor, params, path, values, form }) {
    const result = await addAction(actor, params.reference, values.seen, without("action-", form));
    return answerOf(result, path, "actions", "action-");
  },
});

export const completeActionForm = defineForm(page, {
  do: "complete-action",
  fields: { position: count },
  async submit({ actor, params, path, values }) {
    return answerOf(await completeAction(actor, params.reference, values.position), path, "actions");
  },
});

function partOf({ case: parts }: IncidentView, part: CasePart) {
  return parts?.parts.find((one) => one.part === part);
}

/** @param anchor where on the page it is @param prefix of its fields there */
function answerOf(result: CaseResult, path: string, anchor: string, prefix = ""): FormResult {
  switch (result.code) {
    case "saved":
      return { to: `${path}#${anchor}` };
    case "too-late":
      return {
        problems: [
          {
            field: anchor,
            message: `${result.by} saved a change first, so yours was not saved. The current text is above what you wrote. Read it, then save yours again if it is still right.`,
          },
        ],
      };
    case "invalid":
      return {
        problems: result.problems.map(({ field, message }) => ({
          field: field === "" ? anchor : prefix + field,
          message,
        })),
      };
    case "not-found":
      return null;
  }
}

/** The fields under the names that the part uses: on the page each part has its own. */
function without(prefix: string, { values }: FormValues): FormValues {
  return new FormValues(
    Object.fromEntries(
      Object.entries(values).map(([name, all]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, all]),
    ),
  );
}

/** The forms of the other parts, when one of them came back. */
const NOTHING_TYPED: FormState = {
  problems: [],
  isReturned: false,
  titlePrefix: "",
  value: (_, stored = "") => stored,
  isChosen: (_, __, stored = false) => stored,
  errorOf: () => undefined,
};
