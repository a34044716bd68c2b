import { Texture, TexturePatterns, type TextureTone } from "./texture.tsx";

type StackedBarProps<Key extends string> = {
  /** Prefix of the texture ids: different for each chart on a page. */
  id: string;
  /** A text alternative for the chart: "Answers by team; the numbers are in the table below." */
  label: string;
  title?: string | undefined;
  /** Up to four, from left to right. Each has a texture by its place, besides its tone. */
  parts: { key: Key; label: string; tone: TextureTone }[];
  /** A value that is null is not shown: the row has no bar, which would reveal it. */
  rows: { label: string; values: Record<Key, number | null> }[];
};

/**
 * How wholes divide into parts, one bar per row. To screen readers it is an image, so the page has its numbers in a
 * `DataTable` as well.
 */
export const StackedBar = <Key extends string>({ id, label, title, parts, rows }: StackedBarProps<Key>) => (
  <div role="img" aria-label={label} className="space-y-4">
    <TexturePatterns id={id} tones={parts.map((part) => part.tone)} />
    {title && <div className="font-bold">{title}</div>}
    <div className="flex flex-wrap gap-x-5 gap-y-1 text-small">
      {parts.map((part, index) => (
        <span key={part.key} className="inline-flex items-center gap-2">
          <Swatch id={id} index={index} tone={part.tone} />
          {part.label}
        </span>
      ))}
    </div>
    {rows.map((row, rowIndex) => (
      <div key={rowIndex} data-keep="" className="space-y-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6">
          <span className="min-w-0 font-bold wrap-anywhere">{row.label}</span>
          <span className="flex flex-wrap gap-x-4 text-small">
            {parts.every((part) => row.values[part.key] === null)
              ? "not shown"
              : parts.map((part, index) => (
                  <span key={part.key} className="inline-flex items-center gap-1.5">
                    <Swatch id={id} index={index} tone={part.tone} />
                    {row.values[part.key] ?? "not shown"}
                  </span>
                ))}
          </span>
        </div>
        <Bar id={id} tones={parts.map((part) => part.tone)} values={parts.map((part) => row.values[part.key])} />
      </div>
    ))}
  </div>
);

const Swatch = ({ id, index, tone }: { id: string; index: number; tone: TextureTone }) => (
  <svg className="size-4 shrink-0" aria-hidden="true" focusable="false">
    <Texture id={id} index={index} tone={tone} />
  </svg>
);

/** A bar's sizes are percentages in attributes: it needs no style, and its textures keep their scale at any width. */
function Bar({ id, tones, values }: { id: string; tones: TextureTone[]; values: (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  const total = known.reduce((sum, value) => sum + value, 0);
  const hidden = known.length < values.length;
  let start = 0;
  return (
    <svg className="block h-7 w-full" aria-hidden="true" focusable="false">
      {!hidden && total > 0 ? (
        tones.map((tone, index) => {
          const width = ((known[index] ?? 0) / total) * 100;
          const x = start;
          start += width;
          return (
            width > 0 && (
              <svg key={index} x={`${x}%`} width={`${width}%`} height="100%">
                <Texture id={id} index={index} tone={tone} />
              </svg>
            )
          );
        })
      ) : (
        <rect
          x="1"
          y="1"
          width="100%"
          height="100%"
          rx="4"
          fill="none"
          strokeDasharray={hidden ? "5 4" : undefined}
          className="h-[calc(100%-2px)] w-[calc(100%-2px)] stroke-edge forced-colors:stroke-[CanvasText]"
        />
      )}
    </svg>
  );
}
