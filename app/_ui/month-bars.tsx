import { Link } from "./layout.tsx";

export type MonthBar = {
  /** "March 2027" */
  label: string;
  /** "Mar 27", in narrow places. */
  short: string;
  count: number;
  href?: string | undefined;
};

/** How many in which month: a list with a bar for each number. `label` says what is counted. */
export function MonthBars({ label, months }: { label: string; months: MonthBar[] }) {
  const most = Math.max(1, ...months.map((month) => month.count));
  const pressable = months.some((month) => month.href);
  return (
    <div data-keep="" className="no-address @container">
      <ol role="list" aria-label={label} className="list-none">
        {months.map((month) => (
          <li
            key={month.label}
            className={`relative grid grid-cols-[4rem_2.5rem_minmax(0,1fr)] items-center gap-x-3 @md:grid-cols-[13rem_2.5rem_minmax(0,1fr)] ${
              pressable ? "min-h-target" : "min-h-9"
            }`}
          >
            {month.href ? (
              <Link href={month.href} className="after:absolute after:inset-0 after:content-['']">
                <MonthName month={month} />
              </Link>
            ) : (
              <span>
                <MonthName month={month} />
              </span>
            )}
            <span className={`text-end tabular-nums ${month.count > 0 ? "font-bold" : "text-soft"}`}>
              {month.count}
            </span>
            <svg className="block h-4 w-full" aria-hidden="true" focusable="false">
              <rect
                width={`${(month.count / most) * 100}%`}
                height="100%"
                rx="3"
                className="fill-soft forced-colors:fill-[CanvasText]"
              />
            </svg>
          </li>
        ))}
      </ol>
    </div>
  );
}

const MonthName = ({ month }: { month: MonthBar }) => (
  <>
    <span className="@max-md:sr-only">{month.label}</span>
    <span aria-hidden="true" className="@md:hidden">
      {month.short}
    </span>
  </>
);
