export type TextureTone = "neutral" | "accent" | "warning" | "good";

const FILLS: Record<TextureTone, string> = {
  neutral: "fill-soft forced-colors:fill-[CanvasText]",
  accent: "fill-accent forced-colors:fill-[CanvasText]",
  warning: "fill-warning forced-colors:fill-[CanvasText]",
  good: "fill-good forced-colors:fill-[CanvasText]",
};

const STROKES: Record<TextureTone, string> = {
  neutral: "stroke-soft forced-colors:stroke-[CanvasText]",
  accent: "stroke-accent forced-colors:stroke-[CanvasText]",
  warning: "stroke-warning forced-colors:stroke-[CanvasText]",
  good: "stroke-good forced-colors:stroke-[CanvasText]",
};

/**
 * Solid, striped, dotted, empty: distinguishable without colour, also in print. The first and the last need no pattern.
 */
const PATTERNS = [
  undefined,
  { turn: "rotate(45)", size: 7, shape: <rect width="3.500" height="7" /> },
  { turn: undefined, size: 7, shape: <circle cx="3.500" cy="3.500" r="1.600" /> },
  undefined,
];

/** The patterns of a chart, once on the page before they are used; the same `id` for all of them. */
export const TexturePatterns = ({ id, tones }: { id: string; tones: TextureTone[] }) => (
  <svg className="absolute size-0" aria-hidden="true" focusable="false">
    <defs>
      {tones.map((tone, index) => {
        const pattern = PATTERNS[index];
        return (
          pattern && (
            <pattern
              key={index}
              id={`${id}-texture-${index + 1}`}
              width={pattern.size}
              height={pattern.size}
              patternUnits="userSpaceOnUse"
              patternTransform={pattern.turn}
              className={FILLS[tone]}
            >
              {pattern.shape}
            </pattern>
          )
        );
      })}
    </defs>
  </svg>
);

/** An area with the texture for its place, as large as the `svg` it is in, with a gap to its neighbours. */
export function Texture({ id, index, tone }: { id: string; index: number; tone: TextureTone }) {
  const pattern = PATTERNS[index];
  const fill = index === 0 ? FILLS[tone] : "";
  return (
    <rect
      x="1.500"
      y="1.500"
      width="100%"
      height="100%"
      rx="3"
      strokeWidth="1.500"
      fill={pattern ? `url(#${id}-texture-${index + 1})` : "none"}
      className={`h-[calc(100%-3px)] w-[max(calc(100%-3px),1px)] ${fill} ${STROKES[tone]}`}
    />
  );
}
