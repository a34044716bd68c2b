import type { ReactNode } from "react";
import { VisuallyHidden } from "./visually-hidden.tsx";

/** The message at a field that has to be corrected. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="font-bold text-error">
      <VisuallyHidden>Error: </VisuallyHidden>
      {children}
    </p>
  );
}
