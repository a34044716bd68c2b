import type { ReactNode } from "react";
import { answerRows } from "#app/(portal)/(registers)/_incident/facts.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import type { PartView } from "#server/registers/incident/queries.ts";
import { isRefused, partForms, type ShownIncident } from "./form.tsx";

type CasePartSectionProps = { shown: ShownIncident; view: PartView; children?: ReactNode };

/** One part of a case: what currently applies, its small form, and what was recorded before. */
export function CasePartSection({ shown, view, children }: CasePartSectionProps) {
  const { part, isOpen, history } = view;
  const latest = history.at(-1);
  const title = PART_TITLES[part];
  return (
    <Section title={title} id={part}>
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
    </Section>
  );
}

function Recorded({ at, by, isMine }: PartView["history"][number]) {
  return (
    <>
      <Moment at={at} />, {isMine ? "you" : by}
    </>
  );
}

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
