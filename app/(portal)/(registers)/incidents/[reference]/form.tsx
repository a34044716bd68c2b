import { FieldList } from "#app/(portal)/(registers)/_incident/field-list.tsx";
import { NOTHING_TYPED } from "#app/_portal/form-state.ts";
import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused, type Shown } from "#app/_portal/form/form.tsx";
import type { FormResult } from "#app/_portal/receive-form.ts";
import { Confirmation } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { PART_FIELDS, PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import type { IncidentField, Values } from "#domain/registers/incident/field.ts";
import type { CaseResult } from "#server/registers/incident/case-rules.ts";
import * as service from "#server/registers/incident/case-service.ts";
import { getIncident, type IncidentView } from "#server/registers/incident/queries.ts";

const REPORTED = "You have reported it";

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
  kicker: ({ view: { standing, reference } }) =>
    ({
      handler: `Case ${reference}`,
      owner: `After ${reference}`,
      reporter: "Your report",
      manager: "A report of your team",
    })[standing],
  back: ({ view: { standing } }) =>
    standing === "owner"
      ? { href: "/tasks", label: "Your tasks" }
      : { href: "/incidents", label: standing === "handler" ? "All reports" : "Reports" },
  confirmation: ({ view }) =>
    view.isNew && (
      <Confirmation title={REPORTED} reference={view.reference}>
        <p>Keep this number. You did the right thing.</p>
      </Confirmation>
    ),
});

/** How many the page showed, or which one it is about. */
const count = {
  ...current(),
  read: (sent: FormValues, name: string) => (/^\d{1,6}$/.test(sent.text(name)) ? Number(sent.text(name)) : -1),
};

/** Whether this is the form that came back with problems. */
export const isRefused = ({ formState }: Pick<ShownIncident, "formState">, name: string): boolean =>
  formState.isReturned && formState.value("do") === name;

interface CaseForm {
  /** Its name; before its fields, since the page has several such forms; and where on the page it is. */
  name: string;
  prefix?: string;
  anchor?: string;
  button: string;
  fields(view: IncidentView): readonly IncidentField[];
  values?(view: IncidentView): Values | undefined;
  /** How many entries of its kind the page showed. */
  seen(view: IncidentView): number | undefined;
  save(actor: Actor, reference: string, seen: number, form: FormValues): Promise<CaseResult>;
}

/** One of the small forms of a case. */
const caseForm = ({ name, prefix = `${name}-`, anchor = name, button, fields, seen, save, ...form }: CaseForm) =>
  defineForm(page, {
    do: name,
    fields: { seen: count },
    stored: ({ view }) => ({ seen: seen(view) }),
    body: ({ view, formState }) => (
      <FieldList
        fields={fields(view)}
        values={form.values?.(view)}
        formState={isRefused({ formState }, name) ? formState : NOTHING_TYPED}
        prefix={prefix}
      />
    ),
    button,
    async submit({ actor, params, path, values, form: sent }) {
      const result = await save(actor, params.reference, values.seen, without(prefix, sent));
      return answerOf(result, path, anchor, prefix);
    },
  });

/** Records a part of the case; its fields show the current values. */
const partForm = (part: service.RecordedPart, more: Partial<CaseForm> = {}) =>
  caseForm({
    name: part,
    button: `Save: ${PART_TITLES[part].toLowerCase()}`,
    fields: () => PART_FIELDS[part],
    values: (view) => partOf(view, part)?.values,
    seen: (view) => partOf(view, part)?.history.length,
    save: (actor, reference, seen, form) => service.recordPart(actor, reference, part, seen, form),
    ...more,
  });

export const partForms = {
  clock: partForm("clock"),
  ruling: partForm("ruling"),
  assessment: partForm("assessment"),
  decision: partForm("decision"),
  regulator: partForm("regulator"),
  people: partForm("people"),
  lessons: partForm("lessons"),
  /** Closes the case: how it ended, and for each open thing to whom it is handed over. */
  closing: caseForm({
    name: "closing",
    button: "Close it now",
    fields: (view) => view.case?.closing.fields ?? [],
    values: (view) => view.case?.closing.owners,
    seen: (view) => partOf(view, "closing")?.history.length,
    save: service.closeCase,
  }),
  // It is new each time.
  reopening: partForm("reopening", { button: "Reopen it now", values: () => undefined }),
} as const satisfies Record<CasePart, unknown>;

export const addActionForm = caseForm({
  name: "add-action",
  prefix: "action-",
  anchor: "actions",
  button: "Add the action",
  fields: () => service.ACTION_FIELDS,
  seen: (view) => view.actionCount,
  save: service.addAction,
});

export const completeActionForm = defineForm(page, {
  do: "complete-action",
  fields: { position: count },
  async submit({ actor, params, path, values }) {
    return answerOf(await service.completeAction(actor, params.reference, values.position), path, "actions");
  },
});

const partOf = ({ case: parts }: IncidentView, part: CasePart) => parts?.parts.find((one) => one.part === part);

/** @param anchor where on the page it is @param prefix of its fields there */
function answerOf(result: CaseResult, path: string, anchor: string, prefix = ""): FormResult {
  switch (result.code) {
    case "saved":
      return { to: `${path}#${anchor}` };
    case "too-late":
      return refused(
        `${result.by} saved a change first, so yours was not saved. The current text is above what you wrote. Read it, then save yours again if it is still right.`,
        anchor,
      );
    case "invalid":
      return {
        problems: result.problems.map(({ field, message }) => ({ field: field ? prefix + field : anchor, message })),
      };
    case "not-found":
      return null;
  }
}

/** The fields under the names that the part uses: on the page each part has its own. */
const without = (prefix: string, { values }: FormValues): FormValues =>
  new FormValues(
    Object.fromEntries(
      Object.entries(values).map(([name, all]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, all]),
    ),
  );
