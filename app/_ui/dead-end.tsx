import type { ReactNode } from "react";

/** A friendly page for missing things and errors: what happened, and what to do now. */
export function DeadEnd({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="max-w-text space-y-5">
      <h1 className="text-display">{title}</h1>
      {children}
    </div>
  );
}
