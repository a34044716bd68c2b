import type { Field } from "#app/_portal/form/field.tsx";
import { RadioScale } from "#app/_ui/radio-scale.tsx";
import { isScore } from "#domain/policy/exception/request.ts";
import { SCORES, type Score } from "#domain/base/risk/risk.ts";

/** A field for a score from 1 to 5, null where none was chosen. @param words what each score means */
export function scale(legend: string, words: Readonly<Record<Score, string>>): Field<Score | null> {
  return {
    read(form, name) {
      const value = Number(form.text(name));
      return isScore(value) ? value : null;
    },
    show: ({ name, formState, stored }) => (
      <RadioScale
        name={name}
        legend={legend}
        error={formState.errorOf(name)}
        chosen={formState.value(name, typeof stored === "number" ? String(stored) : "") || undefined}
        options={SCORES.map((score) => ({ value: String(score), label: `${score} ${words[score]}` }))}
      />
    ),
  };
}
