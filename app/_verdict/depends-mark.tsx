/** The mark of a cell that has several verdicts: a way that parts. Never alone: words stand beside it. */
export function DependsMark() {
  return (
    <svg viewBox="0 0 24 24" className="size-[1.35em] shrink-0" aria-hidden="true" focusable="false">
      <path
        d="M3 12h6l6-6h5m-3-3 3 3-3 3M9 12l6 6h5m-3-3 3 3-3 3"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.200"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
