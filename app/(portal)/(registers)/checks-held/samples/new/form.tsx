import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { date, openChoice, select, startKey, text } from "#app/_portal/form/field.tsx";
import { MOST_SAMPLED } from "#domain/registers/understanding-check/sample.ts";
import { getSampleChoices } from "#server/registers/understanding-check/sample-queries.ts";
import { startSample } from "#server/registers/understanding-check/sample-service.ts";

const page = definePage({
  path: "/checks-held/samples/new",
  read: ({ actor }) => getSampleChoices(actor),
  heading: "Ask people chosen at random",
  back: { href: "/checks-held", label: "Checks held" },
  intro: ({ view: { policies } }) =>
    policies.length === 0 ? (
      <p>Your organisation has no policy in force that people could be asked about.</p>
    ) : (
      <p>
        Each person chosen says what the policy says about two situations, one try each. They see the clauses
        afterwards. Only governance officers see who they are.
      </p>
    ),
});

/** On which policy, among whom, how many, and until when. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    policy: openChoice("Which policy?"),
    population: select(
      "From which group?",
      "People who have left or have not started are not chosen, and neither are you.",
    ),
    size: text("How many people?", {
      hint: `Up to ${MOST_SAMPLED.toLocaleString("en-GB")}. Where there are fewer, all of them are asked.`,
      width: "short",
      inputMode: "numeric",
    }),
    lastDay: date("Until when can they answer?", "the last day", "A working day. For example, 27 3 2026"),
  },
  body: ({ field, view: { policies, populations } }) => (
    <>
      {policies.length === 1
        ? policies.map(({ slug, frontMatter: { title } }) => (
            <p key={slug}>
              <input type="hidden" name="policy" value={slug} />
              On {title}, as it is now.
            </p>
          ))
        : field("policy", { options: Object.fromEntries(policies.map((one) => [one.slug, one.frontMatter.title])) })}
      {field("population", {
        options: Object.fromEntries(populations.map(({ value, name, people }) => [value, `${name} (${people})`])),
      })}
      {field("size")}
      {field("lastDay")}
    </>
  ),
  button: "Choose them and ask",
  submit: ({ actor, values: { startKey, ...draft } }) => startSample(actor, { startKey, draft }),
  done: ({ reference }) => `/checks-held/samples/${reference}?done=1`,
});
