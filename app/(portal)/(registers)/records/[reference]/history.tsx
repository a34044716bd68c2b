import { Moment } from "#app/_portal/moment.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords, isDay } from "#domain/base/calendar/calendar.ts";
import { RECORD_STEPS } from "#domain/registers/record/record.ts";
import type { RecordView } from "#server/registers/record/queries.ts";

const FIELD_NAMES: Readonly<Record<string, string>> = {
  about: "What it is about",
  saidOn: "Said on",
  saidTime: "At",
  method: "How it was copied",
  group: "Group",
  chat: "Chat",
  participants: "Who took part",
  content: "What was said",
  system: "Copied into",
  systemReference: "Found there as",
  className: "Retention class",
  eventOn: "Counts from",
  keepUntil: "Kept until",
};

/** What was done with a record, oldest first; for a correction, the previous values. */
export function RecordHistory({ history }: Pick<RecordView, "history">) {
  return (
    <Section title="History">
      <Steps
        items={history.map(({ at, by, step, reason, before }) => ({
          title: RECORD_STEPS[step],
          when: <Moment at={at} />,
          who: by,
          children: (reason !== null || before !== null) && (
            <>
              {reason !== null && <UserText>{reason}</UserText>}
              {before !== null && (
                <Disclosure summary="Earlier text">
                  <SummaryList
                    rows={Object.keys(FIELD_NAMES)
                      .filter((field) => before[field])
                      .map((field) => ({ term: FIELD_NAMES[field], value: <Before value={before[field] ?? ""} /> }))}
                  />
                </Disclosure>
              )}
            </>
          ),
        }))}
      />
    </Section>
  );
}

function Before({ value }: { value: string }) {
  return isDay(value) ? dateInWords(value) : <UserText>{value}</UserText>;
}
