import { verdictWord, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";
import { DEPENDS_SHAPE, VERDICT_SHAPES, type ShapePart } from "./verdict-shape.ts";

type VerdictWordProps = {
  /** Null if it depends: in a table's cell, on what is shown below. */
  verdict: Verdict | null;
  /** In a table with narrow columns: the mark above the word, so that the longest word fits on a line. */
  inNarrowColumn?: boolean | undefined;
  /** The words of the policy that the verdict is from: never left out, so that no page forgets them. */
  words: OwnWords["words"];
};

const IN_NARROW_COLUMN =
  "@min-[38rem]:flex-col @min-[38rem]:items-start @min-[38rem]:gap-1 @min-[38rem]:text-(length:--text-small) stacked:flex-row stacked:items-center stacked:gap-[0.45em] stacked:[font-size:inherit]";

/** Mark and word, in the size of the text around them. */
export const VerdictWord = ({ verdict, inNarrowColumn = false, words }: VerdictWordProps) => (
  <span
    data-verdict={verdict ?? undefined}
    className={`inline-flex items-center gap-[0.45em] leading-snug font-bold ${verdict ? "text-verdict" : ""} ${inNarrowColumn ? IN_NARROW_COLUMN : ""}`}
  >
    <VerdictMark verdict={verdict} />
    <span className="min-w-0">{verdict ? verdictWord({ words }, verdict) : "Depends on:"}</span>
  </span>
);

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
export const VerdictMark = ({ verdict }: { verdict: Verdict | null }) => (
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
