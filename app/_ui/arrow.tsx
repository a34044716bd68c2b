const PATHS = { back: "M8 1.500 3.500 6 8 10.500", on: "M4 1.500 8.500 6 4 10.500", down: "M1.500 4 6 8.500 10.500 4" };

type ArrowProps = { to: keyof typeof PATHS; className?: string | undefined };

/** A small arrow beside words that say the same. */
export function Arrow({ to, className = "size-[0.7em] shrink-0" }: ArrowProps) {
  return (
    <svg viewBox="0 0 12 12" className={className} aria-hidden="true" focusable="false">
      <path
        d={PATHS[to]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
