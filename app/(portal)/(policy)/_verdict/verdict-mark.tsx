import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { DEPENDS_SHAPE, VERDICT_SHAPES, type ShapePart } from "./verdict-shape.ts";

// The body of a mark is filled on a screen and an outline in print; cut-outs take the background tint.
const LOOKS: Record<ShapePart["kind"], string> = {
  body: "fill-verdict print:fill-none print:stroke-verdict print:stroke-[1.8]",
  cut: "fill-none stroke-verdict-tint print:stroke-verdict",
  dot: "fill-verdict-tint print:fill-verdict",
  line: "fill-none stroke-verdict",
};
const OUTLINED = "stroke-verdict stroke-[1.4]";

/**
 * The shape of a verdict, as high as the text around it; null if it depends. Never alone: there is always a word beside
 * it.
 */
export function VerdictMark({ verdict }: { verdict: Verdict | null }) {
  return (
    <svg
      viewBox="0 0 24 24"
      data-verdict={verdict ?? "depends"}
      className="size-[1.35em] shrink-0"
      aria-hidden="true"
      focusable="false"
    >
      {(verdict === null ? DEPENDS_SHAPE : VERDICT_SHAPES[verdict]).map(({ kind, d, width, dashes }) => (
        <path
          key={d}
          d={d}
          strokeWidth={kind === "body" ? undefined : width}
          strokeDasharray={dashes}
          strokeLinecap={dashes ? undefined : "round"}
          strokeLinejoin="round"
          className={kind === "body" && width ? `${LOOKS.body} ${OUTLINED}` : LOOKS[kind]}
        />
      ))}
    </svg>
  );
}
