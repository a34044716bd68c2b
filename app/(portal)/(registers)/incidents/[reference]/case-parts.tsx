import { answerRows } from "#app/(portal)/(registers)/_incident/facts.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { PageHead } from "#app/_portal/form/form.tsx";
import { Button, Disclosure, PageSection, Stack, VisuallyHidden } from "#app/_ui/layout.tsx";
import { DataTable, ListedText, Steps, SummaryList } from "#app/_ui/content.tsx";
import { PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { PartView } from "#server/registers/incident/queries.ts";
import { isRefused, partForms, type ShownIncident, completeActionForm, page } from "./form.tsx";

type CasePartSectionProps = { shown: ShownIncident; view: PartView; children?: React.ReactNode };

/** One part of a case: what currently applies, its small form, and what was recorded before. */
export function CasePartSection({ shown, view: { part, isOpen, history }, children }: CasePartSectionProps) {
  const latest = history.at(-1);
  const title = PART_TITLES[part];
  return (
    <PageSection title={title} id={part}>
      {latest && (
        <>
          <SummaryList rows={[...answerRows(latest.answers), { term: "Recorded", value: <Recorded {...latest} /> }]} />
          {history.length > 1 && (
            <Disclosure summary={`Earlier: ${history.length - 1}`}>
              <Steps
                items={history.slice(0, -1).map((entry) => ({
                  title: entry.isMine ? "You" : entry.by,
                  when: <Moment at={entry.at} />,
                  children: <SummaryList rows={answerRows(entry.answers)} />,
                }))}
              />
            </Disclosure>
          )}
        </>
      )}
      {!latest && EMPTY_WORDS[part] && <p className="text-soft">{EMPTY_WORDS[part]}</p>}
      {children}
      {isOpen && (
        <Disclosure
          summary={
            <>
              {BUTTONS[part] ?? (latest ? "Change" : "Record")}
              {!BUTTONS[part] && <VisuallyHidden>: {title}</VisuallyHidden>}
            </>
          }
          open={isRefused(shown, part)}
        >
          {partForms[part].show(shown)}
        </Disclosure>
      )}
    </PageSection>
  );
}

const Recorded = ({ at, by, isMine }: PartView["history"][number]) => (
  <>
    <Moment at={at} />, {isMine ? "you" : by}
  </>
);

const BUTTONS: Partial<Record<CasePart, string>> = { closing: "Close the case", reopening: "Reopen the case" };

const EMPTY_WORDS: Partial<Record<CasePart, string>> = {
  clock: "As it was reported. Say so if no personal data was disclosed, or if the body knew earlier or later.",
  ruling: "Nothing recorded yet. Look at the holds first.",
  assessment: "Nothing recorded yet.",
  decision: "Nothing decided yet. The reason is recorded either way.",
  regulator: "Nothing reported yet.",
  people: "Nothing recorded yet. Where the risk is high, they must be told without delay.",
  lessons: "None recorded yet.",
};

/** What is to be done after an accident, each with its owner, its due day and a button to mark it as done. */
export function ActionList({ shown, empty }: { shown: ShownIncident; empty: string }) {
  const { actions, standing } = shown.view;
  return (
    <DataTable
      caption="Actions"
      empty={empty}
      columns={{
        Action: ({ text }) => <ListedText>{text}</ListedText>,
        Owner: ({ owner, isMine }) => (isMine ? "You" : owner),
        Due: ({ dueOn }) => dateInWords(dueOn),
        Done: ({ position, text, isMine, done }) =>
          done ??
          (isMine || standing === "handler"
            ? completeActionForm.show(shown, {
                stored: { position },
                button: (
                  <Button look="quiet">
                    Mark as done<VisuallyHidden>: {text}</VisuallyHidden>
                  </Button>
                ),
              })
            : "Not yet"),
      }}
      rows={actions}
    />
  );
}

/** What somebody was given to do after an accident, for those whom the report itself does not concern. */
export function OwnerView({ shown }: { shown: ShownIncident }) {
  const { handlerNames } = shown.view;
  return (
    <Stack gap="loose">
      <PageHead definition={page.definition} shown={shown} />
      <p>You can see what you were asked to do, and nothing else of the report.</p>
      <ActionList shown={shown} empty="There is nothing to do." />
      {handlerNames.length > 0 && <p>Is anything unclear? Ask {handlerNames.join(" or ")}.</p>}
    </Stack>
  );
}
