import type { ReactNode } from "react";
import { ChoiceCard } from "./choice-card.tsx";
import { Fieldset } from "./fieldset.tsx";

type RadioScaleProps = {
  /** Name of the field, and id of its first option, so that an error summary can link to it. */
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** From one end of the scale to the other. */
  options: { value: string; label: ReactNode }[];
  chosen?: string | undefined;
};

/** A point on a scale, such as 1 to 5: short answers in one row, which wraps if it is narrow. */
export function RadioScale({ name, legend, hint, error, options, chosen }: RadioScaleProps) {
  return (
    <Fieldset key={`${name} ${chosen ?? ""}`} name={name} legend={legend} look="field" help={hint} error={error}>
      <div className="flex flex-wrap gap-2">
        {options.map((option, index) => (
          <ChoiceCard
            key={option.value}
            type="radio"
            id={index === 0 ? name : `${name}-${index + 1}`}
            name={name}
            option={{ ...option, checked: option.value === chosen }}
            faulty={Boolean(error)}
            compact
          />
        ))}
      </div>
    </Fieldset>
  );
}
