import type { ReactNode } from "react";

type ConfirmationProps = {
  /** What was done, the page's h1: "You have sent it". */
  title: ReactNode;
  /** Up to 16 letters stay on one line of the narrowest phone. */
  reference?: string | undefined;
  referenceLabel?: string | undefined;
  /** What else matters at this moment, in a line or two; what happens next comes below the panel. */
  children?: ReactNode;
};

/** Confirms that something was sent, first on the page, with what to quote later. */
export function Confirmation({ title, reference, referenceLabel = "Your reference", children }: ConfirmationProps) {
  return (
    <div
      data-keep=""
      className="@container space-y-4 rounded-field border border-transparent bg-good-tint px-5 py-6 sm:px-9 sm:py-9 print:border-2 print:border-ink print:px-5 print:py-4"
    >
      <h1 className="text-display">{title}</h1>
      {reference && (
        <p>
          {referenceLabel}
          <strong className="block text-[length:clamp(1.25rem,10cqi,2.4rem)] leading-tight whitespace-nowrap">
            {reference}
          </strong>
        </p>
      )}
      {children && <div className="space-y-1.5">{children}</div>}
    </div>
  );
}
