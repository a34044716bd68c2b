import { VisuallyHidden } from "./visually-hidden.tsx";

/** How to keep a page: for confirmations, receipts and reports. Not printed itself. */
export function PrintHint() {
  return (
    <p className="no-print text-small text-soft">
      Print or save this page: press <kbd>Ctrl</kbd> and <kbd>P</kbd> (<kbd aria-hidden="true">⌘</kbd>
      <VisuallyHidden>Command</VisuallyHidden> <kbd>P</kbd> on a Mac).
    </p>
  );
}
