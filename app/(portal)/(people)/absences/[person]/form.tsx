import { current, date } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { dayOf, problemsOfDays } from "#domain/base/form/form-values.ts";
import { getAbsences } from "#server/people/absence/queries.ts";
import { endAbsence, removeAbsence, saveAbsence } from "#server/people/absence/service.ts";

/** When somebody is away. `?absence=` names the one to correct. */
export const page = definePage({
  path: "/absences/[person]",
  async read({ actor, params, query }) {
    const found = await getAbsences(actor, params.person);
    return found && { ...found, corrected: found.absences.find(({ id }) => id === query["absence"]) ?? null };
  },
  heading: ({ view }) => (view.isActor ? "When you are away" : `When ${view.person.name} is away`),
  gap: "section",
  notice: ({ query }) => query["done"] !== undefined && <Banner title="It is saved" />,
  intro: ({ view: { isActor } }) => (
    <p>
      Days on which {isActor ? "you are" : "they are"} away do not count when {isActor ? "you have" : "they have"} to
      answer something by a day, and the daily mail waits until {isActor ? "you are" : "they are"} back. We only keep
      the days, never the reason.
    </p>
  ),
  suffix: (query) => (typeof query["absence"] === "string" ? `?absence=${encodeURIComponent(query["absence"])}` : ""),
});

export type ShownAbsences = Parameters<typeof absenceForm.show>[0];

/** Records an absence, or corrects one. */
export const absenceForm = defineForm(page, {
  fields: {
    absence: current(),
    firstDay: date("First day away", "the first day"),
    lastDay: date("Last day away", "the last day", "The day before the first day back. Five years at most."),
  },
  stored: ({ view: { corrected } }) => ({
    absence: corrected?.id ?? "",
    firstDay: corrected?.firstDay,
    lastDay: corrected?.lastDay,
  }),
  button: ({ view }) => (view.corrected ? "Save the days" : "Record it"),
  async submit({ actor, params, values: { absence, ...typed } }) {
    const days = { firstDay: dayOf(typed.firstDay) ?? "", lastDay: dayOf(typed.lastDay) ?? "" };
    const result = await saveAbsence(actor, params.person, { id: absence || null, ...days });
    if (result === "not-found" || result.ok) return result;
    // Both days are looked at, also where the first alone is refused.
    const said = problemsOfDays(typed, { firstDay: "Give the first day.", lastDay: "Give the last day." });
    return said.length > 0 ? { ...result, problems: said } : result;
  },
  done: (_, { params }) => `/absences/${params.person}?done=saved`,
});

/** Somebody is back before the last day. */
export const backForm = defineForm(page, {
  do: "back",
  fields: { absence: current() },
  submit: ({ actor, params, values }) => endAbsence(actor, params.person, values.absence),
  done: (_, { params }) => `/absences/${params.person}?done=saved`,
});

export const removeForm = defineForm(page, {
  do: "remove",
  fields: { absence: current() },
  submit: ({ actor, params, values }) => removeAbsence(actor, params.person, values.absence),
  done: (_, { params }) => `/absences/${params.person}?done=saved`,
});
