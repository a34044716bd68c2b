type TickBoxProps = { name: string; value: string; isChosen: boolean; children: React.ReactNode };

/** A row of a table with a box to tick; the field is sent once for each that is ticked. */
export const TickBox = ({ name, value, isChosen, children }: TickBoxProps) => (
  <label className="flex min-h-target cursor-pointer items-start gap-3">
    <input
      type="checkbox"
      name={name}
      value={value}
      defaultChecked={isChosen}
      className="mt-0.5 size-6 shrink-0 accent-(--color-accent)"
    />
    {children}
  </label>
);
