type CopyTextProps = {
  id: string;
  label: string;
  text: string;
  /** Lines that are visible without scrolling. */
  lines: number;
};

/** A text to take elsewhere: it can be selected and scrolled with the keyboard, but not changed. */
export function CopyText({ id, label, text, lines }: CopyTextProps) {
  return (
    <div className="max-w-form space-y-1.5">
      <label htmlFor={id} className="block font-bold">
        {label}
      </label>
      <textarea
        id={id}
        readOnly
        dir="auto"
        rows={lines}
        value={text}
        className="block [field-sizing:content] min-h-12 w-full rounded-card border-2 border-line bg-sunk px-3.5 py-2.5 print:border"
      />
    </div>
  );
}
