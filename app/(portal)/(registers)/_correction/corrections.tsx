import type { ReactNode } from "react";
import { Moment } from "#app/_portal/moment.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Steps } from "#app/_ui/steps.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords, isDay } from "#domain/base/calendar/calendar.ts";
import type { CorrectionView } from "#server/registers/correction/queries.ts";

export const CORRECTED_MEANWHILE =
  "Somebody else corrected it after you opened it. Nothing was saved. Open it again to see what changed.";

type Props = {
  corrections: readonly CorrectionView[];
  /** The names of its fields, in their order. */
  names: Readonly<Record<string, string>>;
  /** The form that corrects it, if the reader may. */
  form?: ReactNode;
  /** The form came back, so it is shown. */
  isOpen?: boolean;
};

/** What stood in an entry of a register before it was corrected, the oldest first, and the form that corrects it. */
export function Corrections({ corrections, names, form, isOpen = false }: Props) {
  return (
    <Stack as="section">
      {corrections.length > 0 && (
        <>
          <h2>Corrections</h2>
          <Steps
            items={corrections.map(({ at, by, reason, before }) => ({
              title: "Corrected",
              when: <Moment at={at} />,
              who: by,
              children: (
                <>
                  <UserText>{reason}</UserText>
                  <Disclosure summary="What stood before">
                    <SummaryList
                      rows={Object.entries(names)
                        .filter(([field]) => before[field])
                        .map(([field, term]) => ({ term, value: <Before value={before[field] ?? ""} /> }))}
                    />
                  </Disclosure>
                </>
              ),
            }))}
          />
        </>
      )}
      {form && (
        <Disclosure summary="Correct it" open={isOpen} onPaper={false}>
          <p>What stands now is kept, with your name and your reason.</p>
          {form}
        </Disclosure>
      )}
    </Stack>
  );
}

function Before({ value }: { value: string }) {
  return isDay(value) ? dateInWords(value) : <UserText>{value}</UserText>;
}
