import { Link } from "#app/_ui/layout.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";

type HeadCoverProps = {
  cover: { size: number; at: Date } | { nextOn: string };
  /** Address of the file. */
  href: string;
};

/** Which published head shows that a row is in the evidence, with the file that proves it; or when there will be one. */
export function HeadCover({ cover, href }: HeadCoverProps) {
  if ("nextOn" in cover)
    return (
      <p>
        The head of {dateInWords(cover.nextOn)} will cover this row. Come back to this page then for the file that
        proves it.
      </p>
    );
  return (
    <p>
      Covered by the head of {cover.size} rows, published on {dateInWords(calendarDay(cover.at))}.{" "}
      <span className="no-print">
        <Link href={href} download>
          Save the file that proves it
        </Link>
      </span>
    </p>
  );
}
