import type { InputHTMLAttributes, ReactNode } from "react";
import { FieldError } from "./field-error.tsx";

type TextFieldProps = {
  name: string;
  label: ReactNode;
  /** Id of the field; its name, unless a page has two of that name. */
  id?: string | undefined;
  hint?: ReactNode;
  error?: ReactNode;
  defaultValue?: string | undefined;
  /** Lines to write in; more than one makes it a text area. */
  lines?: number | undefined;
  width?: "full" | "half" | "short" | undefined;
  type?: "text" | "email" | "search" | "tel" | "url" | "date" | "datetime-local" | "password" | undefined;
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  "autoComplete" | "inputMode" | "maxLength" | "spellCheck" | "required" | "min" | "max"
>;

const WIDTHS = { full: "w-full", half: "w-full max-w-80", short: "w-full max-w-48" };

/** One line, or several, to write in. The form has `noValidate`; the server says what is wrong, and keeps the words. */
export function TextField(props: TextFieldProps) {
  const {
    name,
    label,
    hint,
    error,
    defaultValue,
    lines = 1,
    width = "full",
    type = "text",
    id = name,
    ...rest
  } = props;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const shared = {
    id,
    name,
    defaultValue,
    // In the direction in which they write, whatever the page's.
    dir: "auto",
    "aria-describedby": [hintId, errorId].filter(Boolean).join(" ") || undefined,
    "aria-invalid": error ? true : undefined,
    className: `block min-h-12 rounded-card border-2 bg-raised px-3.5 py-2.5 ${WIDTHS[width]} ${
      error ? "border-error" : "border-edge"
    }`,
  } as const;
  return (
    <div key={defaultValue} className="max-w-form space-y-1.5">
      <label htmlFor={id} className="block font-bold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="text-small text-soft">
          {hint}
        </p>
      )}
      {error && errorId && <FieldError id={errorId}>{error}</FieldError>}
      {lines > 1 ? (
        <textarea
          {...shared}
          rows={lines}
          maxLength={rest.maxLength}
          spellCheck={rest.spellCheck}
          required={rest.required}
        />
      ) : (
        <input {...shared} {...rest} type={type} />
      )}
    </div>
  );
}
