import type { ReactNode } from "react";
import { Arrow } from "./arrow.tsx";
import { FieldFrame } from "./field-frame.tsx";

type SelectFieldProps = {
  name: string;
  label: ReactNode;
  id?: string | undefined;
  options: { value: string; label: string }[];
  defaultValue?: string | undefined;
  hint?: ReactNode;
  error?: ReactNode;
  /** For a page that reacts at once: it then keeps `defaultValue` up to date itself. */
  onChange?: ((value: string) => void) | undefined;
};

/** A choice from a list that is too long for radio buttons. It submits nothing by itself: the form needs its button. */
export function SelectField({
  name,
  label,
  options,
  defaultValue,
  hint,
  error,
  onChange,
  id = name,
}: SelectFieldProps) {
  return (
    <FieldFrame
      key={onChange ? undefined : defaultValue}
      id={id}
      label={label}
      hint={hint}
      error={error}
      className="min-w-0"
    >
      {(tied) => (
        <div className="relative w-full sm:w-fit sm:max-w-full">
          <select
            id={id}
            name={name}
            {...(onChange
              ? { value: defaultValue, onChange: ({ target }) => onChange(target.value) }
              : { defaultValue })}
            {...tied}
            className={`block min-h-12 w-full max-w-full cursor-pointer appearance-none truncate rounded-card border-2 bg-raised py-2.5 ps-3.5 pe-11 sm:min-w-64 ${
              error ? "border-error" : "border-edge"
            }`}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} className="bg-raised text-ink">
                {option.label}
              </option>
            ))}
          </select>
          <Arrow to="down" className="pointer-events-none absolute end-4 top-1/2 size-3 -translate-y-1/2" />
        </div>
      )}
    </FieldFrame>
  );
}
