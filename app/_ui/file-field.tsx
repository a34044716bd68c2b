import type { ReactNode } from "react";
import { FieldFrame } from "./field-frame.tsx";

type FileFieldProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** The file types that the browser suggests: ".csv,text/csv". */
  accept?: string | undefined;
};

/** One file to send. The form needs `encType="multipart/form-data"`; a file that was refused has to be chosen again. */
export function FileField({ name, label, hint, error, accept }: FileFieldProps) {
  return (
    <FieldFrame id={name} label={label} hint={hint} error={error}>
      {(tied) => (
        <input
          type="file"
          id={name}
          name={name}
          accept={accept}
          {...tied}
          className={`block min-h-12 w-full rounded-card border-2 bg-raised px-3.5 py-2.5 file:me-4 file:cursor-pointer file:rounded-small file:border file:border-edge file:bg-sunk file:px-3 file:py-1 file:text-ink ${
            error ? "border-error" : "border-edge"
          }`}
        />
      )}
    </FieldFrame>
  );
}
