import { Button } from "./button.tsx";
import { FieldError } from "./field-error.tsx";

type SearchFieldProps = {
  /** Of the field in the address, and its id. */
  name: string;
  label: string;
  hint?: string | undefined;
  button: string;
  value?: string | undefined;
  error?: string | null | undefined;
};

/** One line for somebody's own words, with its button: the same on the start page, in the check and in the search. */
export function SearchField({ name, label, hint, button, value = "", error = null }: SearchFieldProps) {
  const described = [hint === undefined ? [] : `${name}-hint`, error === null ? [] : `${name}-error`].flat();
  return (
    <div className="max-w-form space-y-1.5">
      <label htmlFor={name} className="block font-bold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${name}-hint`} className="text-soft">
          {hint}
        </p>
      )}
      {error !== null && <FieldError id={`${name}-error`}>{error}</FieldError>}
      <div className="flex flex-wrap gap-3">
        <input
          id={name}
          name={name}
          type="search"
          dir="auto"
          defaultValue={value}
          autoComplete="off"
          enterKeyHint="search"
          aria-invalid={error === null ? undefined : true}
          aria-describedby={described.length === 0 ? undefined : described.join(" ")}
          className={`min-h-12 min-w-0 grow basis-56 rounded-card border-2 bg-raised px-3.5 py-2.5 ${error === null ? "border-edge" : "border-error"}`}
        />
        <Button>{button}</Button>
      </div>
    </div>
  );
}
