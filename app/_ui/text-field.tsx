import type { InputHTMLAttributes, ReactNode } from "react";
import { FieldFrame } from "./field-frame.tsx";

type TextFieldProps = {
  name: string;
  label: ReactNode;
  /** Id of the field; by default its name, unless a page has two of that name. */
  id?: string | undefined;
  hint?: ReactNode;
  error?: ReactNode;
  defaultValue?: string | undefined;
  /** Visible lines; more than one makes it a text area. */
  lines?: number | undefined;
  width?: "full" | "half" | "short" | undefined;
  type?: "text" | "email" | "search" | "tel" | "url" | "date" | "datetime-local" | "password" | undefined;
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  "autoComplete" | "inputMode" | "maxLength" | "spellCheck" | "required" | "min" | "max"
>;

const WIDTHS = { full: "w-full", half: "w-full max-w-80", short: "w-full max-w-48" };

/**
 * A field for one or more lines of text. The form has `noValidate`; the server says what is wrong, and keeps the text.
 */
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
  const shared = {
    id,
    name,
    defaultValue,
    // In the direction in which people write, whatever the page's.
    dir: "auto",
    className: `block min-h-12 rounded-card border-2 bg-raised px-3.5 py-2.5 ${WIDTHS[width]} ${
      error ? "border-error" : "border-edge"
    }`,
  } as const;
  return (
    <FieldFrame key={defaultValue} id={id} label={label} hint={hint} error={error}>
      {(tied) =>
        lines > 1 ? (
          <textarea
            {...shared}
            {...tied}
            rows={lines}
            maxLength={rest.maxLength}
            spellCheck={rest.spellCheck}
            required={rest.required}
          />
        ) : (
          <input {...shared} {...tied} {...rest} type={type} />
        )
      }
    </FieldFrame>
  );
}
