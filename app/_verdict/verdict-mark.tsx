import type { Verdict } from "#domain/decision/verdict.ts";
import type { ReactNode } from "react";

// The body of a mark is filled on a screen and an outline on paper; what is cut out of it takes the tint.
const BODY = "fill-verdict print:fill-none print:stroke-verdict print:stroke-[1.8]";
const CUT = "stroke-verdict-tint print:stroke-verdict";
const DOT = "fill-verdict-tint print:fill-verdict";
const ROUND = { fill: "none", strokeLinecap: "round", strokeLinejoin: "round" } as const;

const SHAPES: Record<Verdict, ReactNode> = {
  never: (
    <>
      <path d="M8.200 2h7.600L22 8.200v7.600L15.800 22H8.200L2 15.800V8.200z" className={BODY} />
      <path d="M7 12h10" strokeWidth="2.600" className={CUT} {...ROUND} />
    </>
  ),
  "exception-only": (
    <>
      <path d="M12 1.600 22.400 12 12 22.400 1.600 12z" className={BODY} />
      <circle cx="12" cy="9.800" r="2.500" className={DOT} />
      <path d="M12 11.500v5" strokeWidth="2.300" className={CUT} {...ROUND} />
    </>
  ),
  "via-communications": (
    <>
      <rect x="2" y="4" width="20" height="16" rx="3" className={BODY} />
      <path d="M7 12h9m-3.600-4 4 4-4 4" strokeWidth="2.300" className={CUT} {...ROUND} />
    </>
  ),
  discouraged: (
    <>
      <path d="M12 2.500 22.600 21H1.400z" strokeLinejoin="round" className={`${BODY} stroke-verdict stroke-[1.4]`} />
      <path d="M12 9.200v5" strokeWidth="2.400" className={CUT} {...ROUND} />
      <circle cx="12" cy="17.700" r="1.500" className={DOT} />
    </>
  ),
  "with-care": (
    <>
      <path d="M12 1.800 21 5v7c0 5-3.800 8.700-9 10.200C6.800 20.700 3 17 3 12V5z" className={BODY} />
      <path d="m8 12 3 3 5.200-5.600" strokeWidth="2.400" className={CUT} {...ROUND} />
    </>
  ),
  allowed: (
    <>
      <circle cx="12" cy="12" r="10.200" className={BODY} />
      <path d="m7.400 12.200 3.200 3.200 6-6.600" strokeWidth="2.400" className={CUT} {...ROUND} />
    </>
  ),
  "not-covered": (
    <>
      <circle
        cx="12"
        cy="12"
        r="9.600"
        fill="none"
        strokeWidth="2.200"
        strokeDasharray="4 3.200"
        className="stroke-verdict"
      />
      <path d="M8.500 12h7" strokeWidth="2.200" className="stroke-verdict" {...ROUND} />
    </>
  ),
};

/** The shape of a verdict, as high as the text around it. Never alone: a word stands beside it. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return (
    <svg
      viewBox="0 0 24 24"
      data-verdict={verdict}
      className="size-[1.35em] shrink-0"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[verdict]}
    </svg>
  );
}
