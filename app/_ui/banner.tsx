import type { ReactNode } from "react";

type BannerProps = {
  tone?: "info" | "warning" | undefined;
  title: ReactNode;
  headingLevel?: 2 | 3 | undefined;
  children?: ReactNode;
};

/** What a reader must know about the whole page before reading it. */
export function Banner({ tone = "info", title, headingLevel = 2, children }: BannerProps) {
  const Heading = `h${headingLevel}` as const;
  const warning = tone === "warning";
  return (
    <div
      data-keep=""
      className={`space-y-1.5 rounded-card border px-5 py-4 sm:px-6 print:border-2 print:border-ink ${
        warning ? "border-transparent bg-warning-tint" : "border-line bg-sunk"
      }`}
    >
      <Heading className={`text-body font-bold ${warning ? "text-warning" : "text-ink"}`}>{title}</Heading>
      {children}
    </div>
  );
}
