import { select, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { LONGEST_EXCUSE } from "#domain/registers/understanding-check/sample.ts";
import { getSampleCheck } from "#server/registers/understanding-check/sample-queries.ts";
import { closeSample, excuseSampled } from "#server/registers/understanding-check/sample-service.ts";

/** One check of people drawn by chance: what came of it. */
export const page = definePage({
  path: "/checks-held/samples/[reference]",
  reference: "CHK",
  read: ({ actor, params }) => getSampleCheck(actor, params.reference),
  heading: ({ view: { reference } }) => `Check ${reference}`,
  back: { href: "/checks-held", label: "Checks held" },
});

/** Somebody is asked no more. */
export const excuseForm = defineForm(page, {
  do: "excuse",
  fields: {
    personId: select("Who?"),
    reason: text("Why?", { hint: `Up to ${LONGEST_EXCUSE} characters. They can read it in their own data.`, lines: 2 }),
  },
  body: ({ field, view: { people } }) => (
    <>
      {field("personId", {
        options: Object.fromEntries(
          (people ?? [])
            .filter(({ state }) => state === "waiting")
            .map(({ personId, name, team }) => [personId, team === null ? name : `${name}, ${team}`]),
        ),
      })}
      {field("reason")}
    </>
  ),
  button: "Excuse them",
  submit: ({ actor, params, values }) => excuseSampled(actor, params.reference, values),
});

/** Nobody can answer any more. */
export const closeForm = defineForm(page, {
  do: "close",
  fields: {},
  button: "Close the check",
  submit: ({ actor, params }) => closeSample(actor, params.reference),
});
