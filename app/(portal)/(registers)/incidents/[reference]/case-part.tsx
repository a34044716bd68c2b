import type { ReactNode } from "react";
import { answerRows } from "#app/_incident/answer-rows.tsx";
import { FieldList } from "#app/_incident/field-list.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { PART_FIELDS, PART_TITLES, type CasePart } from "#domain/registers/incident/case.ts";
import type { PartView } from "#server/registers/incident/queries.ts";

type CasePartSectionProps = {
  actor: Actor;
  reference: string;
  view: PartView;
  refill: Refill;
  children?: ReactNode;
};

/** One part of a case: what holds, its small form, and what was said before. */
export function CasePartSection({ actor, reference, view, refill, children }: CasePartSectionProps) {
  const { part, isOpen, values, history } = view;
  const latest = history.at(-1);
  const title = PART_TITLES[part];
  const isRefused = refill.isRefilled && refill.value("do") === part;
  // Reopening and closing are new each time; the other parts are changed from what holds.
  const isAnew = part === "closing" || part === "reopening";
  return (
    <Stack as="section">
      <h2 id={part}>{title}</h2>
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
      {!latest && !isAnew && <p className="text-soft">{EMPTY_WORDS[part]}</p>}
      {children}
      {isOpen && (
        <Disclosure
          summary={
            <>
              {BUTTONS[part] ?? (latest ? "Change" : "Record")}
              {!BUTTONS[part] && <VisuallyHidden>: {title}</VisuallyHidden>}
            </>
          }
          open={isRefused}
        >
          <PostForm actor={actor} action={`/incidents/${reference}/send`} hidden={{ do: part, seen: history.length }}>
            <FieldList
              fields={PART_FIELDS[part]}
              values={isAnew ? undefined : values}
              refill={isRefused ? refill : NOTHING_TYPED}
              prefix={`${part}-`}
            />
            <Button>{SAVE_WORDS[part] ?? `Save: ${title.toLowerCase()}`}</Button>
          </PostForm>
        </Disclosure>
      )}
    </Stack>
  );
}

function Recorded({ at, by, isMine }: PartView["history"][number]) {
  return (
    <>
      <Moment at={at} />, {isMine ? "you" : by}
    </>
  );
}

/** The forms of the other parts, when one of them came back. */
const NOTHING_TYPED: Refill = {
  problems: [],
  isRefilled: false,
  titlePrefix: "",
  value: (_, stored = "") => stored,
  isChosen: (_, __, stored = false) => stored,
  errorOf: () => undefined,
};

const BUTTONS: Partial<Record<CasePart, string>> = { closing: "Close the case", reopening: "Reopen the case" };
const SAVE_WORDS: Partial<Record<CasePart, string>> = { closing: "Close it now", reopening: "Reopen it now" };

const EMPTY_WORDS: Partial<Record<CasePart, string>> = {
  clock: "As it was reported. Say so if no personal data is out, or if the body knew earlier or later.",
  ruling: "Nothing recorded yet. Look at the holds first.",
  assessment: "Nothing recorded yet.",
  decision: "Nothing decided yet. The reason is recorded either way.",
  regulator: "Nothing reported yet.",
  people: "Nothing recorded yet. Where the risk is high, they must be told without delay.",
  lessons: "None recorded yet.",
};
