import { current, text } from "#app/_portal/form/field.tsx";
import { refused } from "#app/_portal/form/form.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Button, Disclosure, Stack } from "#app/_ui/layout.tsx";
import { Steps, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords, isDay } from "#domain/base/calendar/calendar.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import type { CorrectionView } from "#server/registers/correction/queries.ts";

const CORRECTED_MEANWHILE =
  "Somebody else corrected it after you opened it. Nothing was saved. Open it again to see what changed.";

/** What the form that corrects an entry has after its own fields: how many corrections its page showed, and why. */
export const CORRECTION_FIELDS = {
  seen: { ...current(), read: (sent: FormValues, name: string) => Number(sent.text(name)) },
  why: text("Why are you correcting it?", { lines: 2 }),
};

/** How every form that corrects an entry is called, and what it answers. */
export const CORRECTION_FORM = {
  do: "correct",
  button: <Button look="quiet">Save the correction</Button>,
  done: ({ code }: { code: string }, { path }: { path: string }) =>
    code === "corrected" ? path : refused(CORRECTED_MEANWHILE),
};

type Names = Readonly<Record<string, string>>;
type CorrectionsProps = {
  corrections: readonly CorrectionView[];
  /** The names of its fields, in their order. */
  names: Names;
  form?: React.ReactNode;
  formState: FormState;
};

/** What stood in an entry of a register before it was corrected, the oldest first, and the form that corrects it. */
export const Corrections = ({ corrections, names, form, formState }: CorrectionsProps) => (
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
                <TextBefore summary="What stood before" before={before} names={names} />
              </>
            ),
          }))}
        />
      </>
    )}
    {form && (
      <Disclosure summary="Correct it" open={formState.isReturned && formState.value("why") !== ""} onPaper={false}>
        <p>What stands now is kept, with your name and your reason.</p>
        {form}
      </Disclosure>
    )}
  </Stack>
);

type TextBeforeProps = { summary: string; before: CorrectionView["before"]; names: Names };

/** The fields of an entry before it was corrected, folded away. */
export function TextBefore({ summary, before, names }: TextBeforeProps) {
  const valueOf = (field: string) => {
    const value = before[field] ?? "";
    return isDay(value) ? dateInWords(value) : value !== "" && <UserText>{value}</UserText>;
  };
  return (
    <Disclosure summary={summary}>
      <SummaryList rows={Object.fromEntries(Object.entries(names).map(([field, term]) => [term, valueOf(field)]))} />
    </Disclosure>
  );
}
