import { Arrow } from "./arrow.tsx";
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
          <Arrow to="back" />
          <span>{words.newer}</span>
        </Link>
      )}
      {older && (
        <Link href={older} className="ms-auto inline-flex min-h-target items-center gap-2">
          <span>{words.older}</span>
          <Arrow to="on" />
        </Link>
      )}
    </nav>
  );
}
