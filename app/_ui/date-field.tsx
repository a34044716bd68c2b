import type { ReactNode } from "react";
import { Fieldset } from "./fieldset.tsx";

export type DatePart = "day" | "month" | "year";

const PARTS: { part: DatePart; label: string; width: string }[] = [
  { part: "day", label: "Day", width: "w-16" },
  { part: "month", label: "Month", width: "w-16" },
  { part: "year", label: "Year", width: "w-24" },
];

type DateFieldProps = {
  /** The fields are `name-day`, `name-month` and `name-year`; the first has the id `name`, for an error summary. */
  name: string;
  legend: ReactNode;
  /** The legend is the page's h1: for a page that asks nothing else. */
  heading?: boolean | undefined;
  /** An example of such a date: "For example, 27 3 2027". */
  hint?: ReactNode;
  error?: ReactNode;
  /** The parts that the error is about; all of them by default. */
  faulty?: DatePart[] | undefined;
  /** What was typed, unchanged. */
  values?: Partial<Record<DatePart, string>> | undefined;
};

/** A date that people know by heart or read off a document. The server checks it; nothing typed is lost. */
export function DateField({ name, legend, heading = false, hint, error, faulty, values = {} }: DateFieldProps) {
  const marked: DatePart[] = error ? (faulty ?? ["day", "month", "year"]) : [];
  return (
    <Fieldset
      key={[values.day, values.month, values.year].join(" ")}
      name={name}
      legend={legend}
      look={heading ? "heading" : "field"}
      help={hint}
      error={error}
    >
      <div className="flex flex-wrap gap-4">
        {PARTS.map(({ part, label, width }) => {
          const id = part === "day" ? name : `${name}-${part}`;
          const wrong = marked.includes(part);
          return (
            <div key={part} className="space-y-1">
              <label htmlFor={id} className="block">
                {label}
              </label>
              <input
                type="text"
                inputMode="numeric"
                autoComplete="off"
                id={id}
                name={`${name}-${part}`}
                defaultValue={values[part]}
                aria-invalid={wrong ? true : undefined}
                aria-describedby={wrong ? `${name}-error` : undefined}
                className={`block min-h-12 rounded-card border-2 bg-raised px-3.5 py-2.5 ${width} ${
                  wrong ? "border-error" : "border-edge"
                }`}
              />
            </div>
          );
        })}
      </div>
    </Fieldset>
  );
}
