import { Link } from "./link.tsx";

type PagerProps = {
  /** What the pages are of: "Pages of the log". */
  label: string;
  newer?: string | undefined;
  older?: string | undefined;
  /** The names of the two links, if the list is not by time. */
  words?: { newer: string; older: string } | undefined;
};

/** Links to the pages of a long list, newest first by default. Renders nothing if everything is shown. */
export function Pager({ label, newer, older, words = { newer: "Newer", older: "Older" } }: PagerProps) {
  if (!newer && !older) return null;
  return (
    <nav aria-label={label} className="no-print flex flex-wrap justify-between gap-x-6">
      {newer && (
        <Link href={newer} className="inline-flex min-h-target items-center gap-2">
          <Arrow path="M8 1.500 3.500 6 8 10.500" />
          <span>{words.newer}</span>
        </Link>
      )}
      {older && (
        <Link href={older} className="ms-auto inline-flex min-h-target items-center gap-2">
          <span>{words.older}</span>
          <Arrow path="M4 1.500 8.500 6 4 10.500" />
        </Link>
      )}
    </nav>
  );
}

function Arrow({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 12 12" className="size-[0.7em] shrink-0" aria-hidden="true" focusable="false">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
