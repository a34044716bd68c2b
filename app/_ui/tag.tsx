import type { ReactNode } from "react";

export type TagTone = "neutral" | "warning" | "good";

const TONES: Record<TagTone, string> = {
  neutral: "bg-sunk text-ink",
  warning: "bg-warning-tint text-warning",
  good: "bg-good-tint text-good",
};

/** A word or two about the state of the thing beside it. The words say it; the tone only helps. */
export function Tag({ tone = "neutral", children }: { tone?: TagTone | undefined; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-small border border-transparent px-2 text-small font-bold print:border-ink ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
