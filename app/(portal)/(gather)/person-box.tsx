import type { ReactNode } from "react";

type PersonBoxProps = { id: string; isChosen: boolean; children: ReactNode };

/** A person in a table with a box to tick; the field is `person`, once for each. */
export function PersonBox({ id, isChosen, children }: PersonBoxProps) {
  return (
    <label className="flex min-h-target cursor-pointer items-start gap-3">
      <input
        type="checkbox"
        name="person"
        value={id}
        defaultChecked={isChosen}
        className="mt-0.5 size-6 shrink-0 accent-(--color-accent)"
      />
      {children}
    </label>
  );
}
