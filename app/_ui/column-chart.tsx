import { Texture, TexturePatterns } from "./texture.tsx";

export type ChartColumn = {
  /** "Mar" under the column, or "30 Nov". */
  label: string;
  /** Written over the column: "82". */
  text: string;
  /** A value that is null has no column, and its place says so: it would reveal what is not shown. */
  value: number | null;
  /** Striped instead of solid: what the legend's second word says. */
  isMarked?: boolean | undefined;
};

type ColumnChartProps = {
  /** Prefix of the texture ids: different for each chart on a page. */
  id: string;
  /** A text alternative: "Share of people by month; the numbers are in the table below." */
  label: string;
  columns: ChartColumn[];
  /** As high as the chart is. */
  most: number;
  /** A dashed line across, with its words. */
  line?: { value: number; words: string } | undefined;
  /** What solid and striped columns mean, where both occur. */
  legend?: readonly [solid: string, striped: string] | undefined;
};

/**
 * Numbers over time as columns. Places are percentages, so that words keep their size at any width. To screen readers it
 * is an image: the page has its numbers in a `DataTable` as well.
 */
export function ColumnChart({ id, label, columns, most, line, legend }: ColumnChartProps) {
  const step = 100 / Math.max(1, columns.length);
  const heightOf = (value: number) => Math.min(100, (100 * value) / Math.max(1, most));
  return (
    <div role="img" aria-label={label} data-keep="" className="space-y-1 text-small">
      <TexturePatterns id={id} tones={["accent", "accent"]} />
      {legend && (
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {legend.map((words, index) => (
            <span key={words} className="inline-flex items-center gap-2">
              <svg className="size-4 shrink-0" aria-hidden="true" focusable="false">
                <Texture id={id} index={index} tone="accent" />
              </svg>
              {words}
            </span>
          ))}
        </div>
      )}
      {line && <div className="text-soft">– – {line.words}</div>}
      <svg className="block h-36 w-full overflow-visible print:h-[22mm]" aria-hidden="true" focusable="false">
        <svg y="18%" height="70%" width="100%" className="overflow-visible">
          {columns.map(({ text, value, isMarked }, at) => (
            <svg key={at} x={`${at * step}%`} width={`${step}%`} height="100%" className="overflow-visible">
              {value !== null && value > 0 && (
                <svg x="10%" width="80%" y={`${100 - heightOf(value)}%`} height={`${heightOf(value)}%`}>
                  <Texture id={id} index={isMarked ? 1 : 0} tone="accent" />
                </svg>
              )}
              <text
                x="50%"
                y={`${100 - heightOf(value ?? 0)}%`}
                dy="-0.3em"
                textAnchor="middle"
                className="fill-ink text-[0.7rem] tabular-nums forced-colors:fill-[CanvasText]"
              >
                {text}
              </text>
            </svg>
          ))}
          {line && (
            <line
              x1="0"
              x2="100%"
              y1={`${100 - heightOf(line.value)}%`}
              y2={`${100 - heightOf(line.value)}%`}
              strokeWidth="2"
              strokeDasharray="6 4"
              className="stroke-ink forced-colors:stroke-[CanvasText]"
            />
          )}
          <line x1="0" x2="100%" y1="100%" y2="100%" className="stroke-edge forced-colors:stroke-[CanvasText]" />
        </svg>
        {columns.map(({ label: under }, at) => (
          <text
            key={at}
            x={`${(at + 0.5) * step}%`}
            y="98%"
            textAnchor="middle"
            className="fill-soft text-[0.65rem] forced-colors:fill-[CanvasText]"
          >
            {under}
          </text>
        ))}
      </svg>
    </div>
  );
}
