import { CORRECTION_FIELDS, CORRECTION_FORM, Corrections } from "#app/(portal)/(registers)/_correction/corrections.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { Confirmation, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
import { correctCheck } from "#server/registers/understanding-check/service.ts";
import { CHECK_FIELDS } from "../check-fields.tsx";
import { getUnderstandingCheck } from "#server/registers/understanding-check/queries.ts";

const DONE = "You have recorded the check";

const page = definePage({
  path: "/checks-held/[reference]",
  reference: "SUR",
  async read({ actor, params, query }) {
    const check = await getUnderstandingCheck(actor, params.reference);
    return check && { ...check, isDone: Boolean(query["done"]) && check.person.id === actor.personId };
  },
  heading: ({ view: { isDone, reference } }) => (isDone ? DONE : `Check ${reference}`),
  back: { href: "/checks-held", label: "Checks held" },
  confirmation: ({ view: { isDone, reference } }) =>
    isDone && (
      <Confirmation title={DONE} reference={reference}>
        <p>
          Auditors read it too. See <Link href="/checks-held">all checks held</Link>.
        </p>
      </Confirmation>
    ),
});

const correctCheckForm = defineForm(page, {
  ...CORRECTION_FORM,
  fields: { ...CHECK_FIELDS, ...CORRECTION_FIELDS },
  stored: ({ view: { kind, heldOn, heldBy, takenBy, result, actions, corrections } }) => ({
    seen: corrections.length,
    kind,
    heldOn,
    heldBy,
    takenBy,
    result,
    actions,
  }),
  submit: ({ actor, params, values: { seen, why, ...draft } }) =>
    correctCheck(actor, params.reference, { seen, why, draft }),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [correctCheckForm], (shown) => {
  const { actor, formState, view: check } = shown;
  return (
    <>
      <SummaryList
        rows={{
          Kind: CHECK_KIND_WORDS[check.kind],
          Policy: (
            <Link href={`/policies/${check.policy}/versions/${check.version}`}>
              {check.policy}, version {check.version}
            </Link>
          ),
          "Held on": dateInWords(check.heldOn),
          "Held by": <bdi>{check.heldBy}</bdi>,
          "Who took part": <bdi>{check.takenBy}</bdi>,
          Result: <UserText>{check.result}</UserText>,
          "What will be done about it": check.actions ? <UserText>{check.actions}</UserText> : "Nothing",
          "Recorded by": check.person.id === actor.personId ? "You" : check.person.name,
          "Recorded on": <Moment at={check.recordedAt} />,
        }}
      />
      <Corrections
        corrections={check.corrections}
        names={{
          kind: "Kind",
          heldOn: "Held on",
          heldBy: "Held by",
          takenBy: "Who took part",
          result: "Result",
          actions: "What will be done about it",
        }}
        form={check.mayCorrect && correctCheckForm.show(shown)}
        formState={formState}
      />
    </>
  );
});
