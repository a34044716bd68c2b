import type { ReactNode } from "react";

/** A page that says it kindly: what happened, and what to do now. For what is not there and for what went wrong. */
export function DeadEnd({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="max-w-text space-y-5">
      <h1 className="text-display">{title}</h1>
      {children}
    </div>
  );
}
