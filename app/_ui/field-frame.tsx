import type { ReactNode } from "react";
import { FieldError } from "./field-error.tsx";

interface Props {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  /** Renders the field, with the attributes that link it to hint and message. */
  children: (tied: { "aria-describedby": string | undefined; "aria-invalid": true | undefined }) => ReactNode;
}

/** Label, hint and message above a field, in the order in which they are read out. */
export function FieldFrame({ id, label, hint, error, className = "", children }: Props) {
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  return (
    <div className={`max-w-form space-y-1.5 ${className}`}>
      <label htmlFor={id} className="block font-bold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="text-small text-soft">
          {hint}
        </p>
      )}
      {error && errorId && <FieldError id={errorId}>{error}</FieldError>}
      {children({
        "aria-describedby": [hintId, errorId].filter(Boolean).join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
      })}
    </div>
  );
}
