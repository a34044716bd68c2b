import { Button } from "#app/_ui/button.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import type { TypedDay } from "./read-day.ts";

type DayFormProps = {
  slug: string;
  typed?: TypedDay | undefined;
  error?: string | undefined;
  /** The question is the page's h1: for a page that asks nothing else. */
  heading?: boolean | undefined;
};

/** Asks for a day, and leads to what was in force on it. */
export function DayForm({ slug, typed, error, heading }: DayFormProps) {
  return (
    <form action={`/policies/${slug}/on`} method="get" noValidate className="no-print space-y-5">
      <DateField
        name="on"
        legend={heading ? "Which day do you want to see?" : "Another day"}
        heading={heading}
        hint="For example, 3 3 2026"
        error={error}
        values={typed}
      />
      <Button look={heading ? "primary" : "quiet"}>Show what applied</Button>
    </form>
  );
}
