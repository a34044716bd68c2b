import type { ReactNode } from "react";
import { FieldError } from "./field-error.tsx";

type FileFieldProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** What the browser offers first: ".csv,text/csv". */
  accept?: string | undefined;
};

/** One file to send. The form needs `encType="multipart/form-data"`; a file that was refused has to be chosen again. */
export function FileField({ name, label, hint, error, accept }: FileFieldProps) {
  const hintId = hint ? `${name}-hint` : undefined;
  const errorId = error ? `${name}-error` : undefined;
  return (
    <div className="max-w-form space-y-1.5">
      <label htmlFor={name} className="block font-bold">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="text-small text-soft">
          {hint}
        </p>
      )}
      {error && errorId && <FieldError id={errorId}>{error}</FieldError>}
      <input
        type="file"
        id={name}
        name={name}
        accept={accept}
        aria-describedby={[hintId, errorId].filter(Boolean).join(" ") || undefined}
        aria-invalid={error ? true : undefined}
        className={`block min-h-12 w-full rounded-card border-2 bg-raised px-3.5 py-2.5 file:me-4 file:cursor-pointer file:rounded-small file:border file:border-edge file:bg-sunk file:px-3 file:py-1 file:text-ink ${
          error ? "border-error" : "border-edge"
        }`}
      />
    </div>
  );
}
