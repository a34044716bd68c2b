/** The mark (a speech bubble with a tick) and the name. The words are part of it, so a link around it has its name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5 text-[1.25rem] leading-none font-extrabold tracking-tight text-ink">
      <svg viewBox="0 0 32 32" className="size-8 shrink-0" aria-hidden="true" focusable="false">
        <path
          d="M6 3h20a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H15l-7 6v-6H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"
          className="fill-accent print:fill-none print:stroke-ink print:stroke-2 forced-colors:fill-[CanvasText]"
        />
        <path
          d="m10 13.500 4.400 4.300L22.300 9.500"
          fill="none"
          strokeWidth="3.200"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-accent-ink print:stroke-ink forced-colors:stroke-[Canvas]"
        />
      </svg>
      <span className="whitespace-nowrap">With Care</span>
    </span>
  );
}
