import type { ReactNode } from "react";

type ErrorSummaryProps = {
  title?: string | undefined;
  /** `field` is the id of the field to go to; without it the sentence is not a link. */
  errors: { field?: string | undefined; message: ReactNode }[];
};

/**
 * What has to be corrected, before everything else on the page, each with a link to its field. Takes the focus when the
 * page opens, and is announced. Renders nothing without errors.
 */
export function ErrorSummary({ title = "There is a problem", errors }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    // The attribute moves the focus without JavaScript.
    <div
      tabIndex={-1}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- what was wrong comes first, also without scripts
      autoFocus
      className="mb-7 rounded-card border-4 border-error bg-raised px-5 py-4 sm:px-6"
      data-error-summary=""
    >
      <div role="alert" className="space-y-2">
        <h2>{title}</h2>
        <ul className="list-none space-y-1">
          {errors.map((error, index) => (
            <li key={index}>
              {error.field ? (
                <a href={`#${error.field}`} className="font-bold text-error hover:text-error">
                  {error.message}
                </a>
              ) : (
                <span className="font-bold text-error">{error.message}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
