import type { ReactNode } from "react";

type PageHeadingProps = {
  /** A line above: where the reader is, or the state of the thing. */
  kicker?: ReactNode;
  /** `display` for a page of few words, `title` for one of many. */
  size?: "display" | "title" | undefined;
  children: ReactNode;
};

/** The page's h1. */
export function PageHeading({ kicker, size = "title", children }: PageHeadingProps) {
  return (
    <div className="space-y-2">
      {kicker && <div className="text-small text-soft">{kicker}</div>}
      <h1 className={size === "display" ? "text-display" : "text-title"}>{children}</h1>
    </div>
  );
}
