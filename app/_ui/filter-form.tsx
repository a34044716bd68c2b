import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Link } from "./link.tsx";

type FilterFormProps = {
  /** The page itself: its address contains what is chosen. */
  action: string;
  clearHref?: string | undefined;
  /** `SelectField`s and `TextField`s with short labels. */
  children: ReactNode;
};

/** Filters for a long list: a row of fields, stacked on a phone. */
export function FilterForm({ action, clearHref, children }: FilterFormProps) {
  return (
    <form
      action={action}
      method="get"
      noValidate
      className="no-print flex flex-wrap items-end gap-4 rounded-card border border-line bg-sunk px-4 py-4 sm:px-5 [&_button]:min-h-13 [&_select]:min-w-full [&>div]:w-full [&>div]:sm:w-auto [&>div]:sm:max-w-72 [&>div]:sm:min-w-44 [&>div]:sm:grow [&>div>div]:w-full"
    >
      {children}
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <Button look="quiet">Apply</Button>
        {clearHref && (
          <Link href={clearHref} className="inline-flex min-h-12 items-center">
            Clear
          </Link>
        )}
      </p>
    </form>
  );
}
