import { SituationAsked, AnsweredSituation } from "#app/(portal)/(policy)/_situation/situation-asked.tsx";
import { openChoice } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Stack } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { CHOICE_WORDS } from "#domain/policy/understanding/check-situation.ts";
import { getOwnSituations } from "#server/registers/understanding-check/sample-queries.ts";
import { answerSample } from "#server/registers/understanding-check/sample-service.ts";

/** The two situations that a check asks the reader about. */
const page = definePage({
  path: "/checks-held/samples/[reference]/answer",
  reference: "CHK",
  read: ({ actor, params }) => getOwnSituations(actor, params.reference),
  heading: ({ view: { situations } }) =>
    situations.length === 1 ? "What does the policy say about this?" : "What does the policy say about these two?",
  section: "tasks",
  back: { href: "/tasks", label: "Your tasks" },
  kicker: ({ view: { version } }) => `${version.frontMatter.title} · version ${version.version}`,
  intro: ({ view: { isOpen, lastDay } }) =>
    isOpen && (
      <p>
        You were chosen at random. Answer by {dateInWords(lastDay)}, one try each. You then see what the policy says. It
        shows where the text is hard to understand: a wrong answer has no consequences for you. Governance officers see
        what you answer, for this check alone.
      </p>
    ),
});

/** Both situations at once; what is right stands nowhere on the page. */
const form = defineForm(page, {
  fields: {
    choice1: openChoice("What does the policy say: may you?"),
    choice2: openChoice("What does the policy say: may you?"),
  },
  body: ({ field, view: { situations, version } }) =>
    situations.map((situation, at) => (
      <Stack key={situation.id}>
        <h2>Situation {at + 1}</h2>
        <SituationAsked version={version} situation={situation} />
        {field(at === 0 ? "choice1" : "choice2", {
          options: Object.fromEntries(situation.choices.map((verdict) => [verdict, CHOICE_WORDS[verdict]])),
        })}
      </Stack>
    )),
  button: "Record my answers",
  submit: ({ actor, params, values }) => answerSample(actor, params.reference, [values.choice1, values.choice2]),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { answers, isOpen, situations, version } = shown.view;
  return (
    <>
      {isOpen && form.show(shown)}
      {!isOpen && !answers && <p>This check takes no more answers. You do not need to do anything.</p>}
      {answers &&
        situations.map((situation, at) => (
          <Stack as="section" key={situation.id}>
            <h2>Situation {at + 1}</h2>
            <AnsweredSituation version={version} situation={situation} chosen={answers[at]?.chosen ?? null} />
          </Stack>
        ))}
    </>
  );
});
