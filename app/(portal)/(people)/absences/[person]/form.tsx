import { current, date } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";
import { dayOf, problemsOfDays } from "#domain/base/form/form-values.ts";
import { getAbsences } from "#server/people/absence/queries.ts";
import { endAbsence, removeAbsence, saveAbsence } from "#server/people/absence/service.ts";
import { Button, Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { absenceInWords } from "#domain/people/absence/absence.ts";

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

export const { generateMetadata, Page, GET, POST } = formsPage(page, [backForm, removeForm, absenceForm], (shown) => {
  const { corrected, person } = shown.view;
  return (
    <>
      <Absences shown={shown} />
      <PageSection title={corrected ? `Correct the absence ${absenceInWords(corrected)}` : "Record an absence"}>
        {absenceForm.show(shown)}
        {corrected && <LinkLine href={`/absences/${person.id}`}>Record another absence instead</LinkLine>}
      </PageSection>
    </>
  );
});

const SOURCE_WORDS = { form: "On this page", list: "The list of people", scim: "The identity provider" } as const;
const STATE_WORDS = { over: "", runs: ", now", "to-come": ", to come" } as const;

function Absences({ shown }: { shown: ShownAbsences }) {
  const { isActor, absences, person } = shown.view;
  return (
    <PageSection title="Absences">
      <DataTable
        caption="Absences, latest first"
        empty={"No absence is recorded. Record one below."}
        columns={{
          Days: (one) => absenceInWords(one).replace(/^./, (letter) => letter.toUpperCase()) + STATE_WORDS[one.state],
          "Who said so": ({ source }) => SOURCE_WORDS[source],
          "Correct it": (one) => (
            <Link href={`/absences/${person.id}?absence=${one.id}`} about={` the absence ${absenceInWords(one)}`}>
              Correct
            </Link>
          ),
          "End it": (one) =>
            (one.state === "runs" ? backForm : removeForm).show(shown, {
              stored: { absence: one.id },
              button: (
                <Button look="quiet" about={`: the absence ${absenceInWords(one)}`}>
                  {one.state === "runs" ? `${isActor ? "I am" : "They are"} back` : "Remove"}
                </Button>
              ),
            }),
        }}
        rows={absences}
      />
      {absences.some(({ source }) => source !== "form") && (
        <p className="text-small text-soft">The list of people or the identity provider can change this again.</p>
      )}
    </PageSection>
  );
}
