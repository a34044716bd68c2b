import { framedPage } from "#app/_portal/form/form.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Button, Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { absenceInWords } from "#domain/people/absence/absence.ts";
import { backForm, page, removeForm, absenceForm, type ShownAbsences } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
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

export { generateMetadata, Page as default };

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
