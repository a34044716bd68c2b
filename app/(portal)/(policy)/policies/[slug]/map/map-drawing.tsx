import { VerdictMark } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import type { DecisionMap, MapBranch, MapQuestion } from "#domain/policy/decision/decision-map.ts";
import { verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { layOut, LADDER_GAP, layOutLadder, LINE, PADDING, type Box, type JointBranch } from "./map-layout.ts";

/** The parts of the map that the reader's answers pass through. */
export type Way = { questions: ReadonlySet<MapQuestion>; branches: ReadonlySet<MapBranch> };

type Props = { version: PolicyVersion; map: DecisionMap; way: Way; label: string };

/**
 * The map as a drawing with real text: from left to right if there is room, otherwise with questions below each other.
 * Screen readers get the list beside it instead, which says the same.
 */
export const MapDrawing = ({ version, map, way, label }: Props) => (
  <>
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="no-print hidden overflow-x-auto rounded-card border border-line bg-raised p-4 lg:block"
    >
      <WideMap version={version} map={map} way={way} label={label} />
    </div>
    <div className="no-print lg:hidden">
      <Ladder version={version} map={map} way={way} label={label} />
    </div>
  </>
);

function WideMap({ version, map, way, label }: Props) {
  const { width, height, questions, verdicts, branches } = layOut(version, map);
  const ends = new Set(
    branches.filter(({ branch }) => isPassed(way, branch)).map(({ question, branch }) => endOf(question, branch)),
  );
  return (
    <svg {...sizeOf(width, height)} role="img" aria-label={label} className="map max-w-none">
      {branches.map(({ question, branch, points }) => (
        <path
          key={`${question.number} ${branch.words}`}
          d={lineThrough(points)}
          fill="none"
          strokeLinejoin="round"
          className={isPassed(way, branch) ? ON_WAY : OFF_WAY}
        />
      ))}
      {branches.map(({ question, branch, label: { lines, ...box } }) => (
        <g key={`${question.number} ${branch.words}`}>
          <rect {...box} className="fill-raised" />
          <Lines lines={lines} x={box.x + box.width / 2} y={box.y + 17} middle bold={isPassed(way, branch)} />
        </g>
      ))}
      {questions.map(({ question, lines, ...box }) => (
        <g key={question.number}>
          <Frame box={box} isOnWay={way.questions.has(question)} />
          <Lines lines={lines} x={box.x + PADDING} y={box.y + PADDING + 15} bold />
        </g>
      ))}
      {verdicts.map(({ question, verdict, ...box }) => (
        <g key={`${question.number} ${verdict}`} data-verdict={verdict}>
          <rect
            {...box}
            rx="10"
            className={`fill-verdict-tint ${ends.has(`${question.number} ${verdict}`) ? ON_WAY : "stroke-verdict"}`}
          />
          <Verdict version={version} verdict={verdict} x={box.x + PADDING} y={box.y + PADDING} />
        </g>
      ))}
    </svg>
  );
}

function Ladder({ version, map, way, label }: Props) {
  const { width, height, steps } = layOutLadder(version, map);
  return (
    <svg {...sizeOf(width, height)} role="img" aria-label={label} className="map mx-auto h-auto max-w-full">
      {steps.map(({ question, lines, branches, ...box }) => (
        <g key={question.number}>
          {branches.some(({ branch: { goal } }) => goal.kind === "question" && goal.to === question.number + 1) && (
            <path d={`M${box.x + box.width / 2} ${box.y + box.height}v${LADDER_GAP}`} fill="none" className={OFF_WAY} />
          )}
          <Frame box={box} isOnWay={way.questions.has(question)} />
          <Lines lines={lines} x={box.x + PADDING} y={box.y + PADDING + 15} bold />
          {branches.map(({ branch, lines: words, y }) => {
            const isOnWay = isPassed(way, branch);
            const top = box.y + y;
            return (
              <g key={branch.words}>
                {isOnWay && (
                  <rect x={box.x + 3} y={top} width="4" height={(words.length + 1) * LINE} className="fill-ink" />
                )}
                <Lines lines={words} x={box.x + PADDING} y={top + 15} bold={isOnWay} />
                {branch.goal.kind === "question" ? (
                  <Lines
                    lines={[`→ Go to ${branch.goal.to}`]}
                    x={box.x + PADDING}
                    y={top + words.length * LINE + 15}
                    bold
                  />
                ) : (
                  <g data-verdict={branch.goal.rule.verdict}>
                    <Verdict
                      version={version}
                      verdict={branch.goal.rule.verdict}
                      x={box.x + PADDING}
                      y={top + words.length * LINE}
                    />
                  </g>
                )}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}

const sizeOf = (width: number, height: number) => ({ viewBox: `0 0 ${width} ${height}`, width, height });

const ON_WAY = "stroke-ink stroke-[4]";
const OFF_WAY = "stroke-edge stroke-[1.5]";

const isPassed = (way: Way, { branches }: JointBranch): boolean => branches.some((branch) => way.branches.has(branch));

const endOf = ({ number }: MapQuestion, { goal }: JointBranch): string =>
  goal.kind === "verdict" ? `${number} ${goal.rule.verdict}` : "";

/** A question's box; on the reader's path its outline is thick and words say so. */
const Frame = ({ box: { x, y, width, height }, isOnWay }: { box: Box; isOnWay: boolean }) => (
  <>
    <rect x={x} y={y} width={width} height={height} rx="10" className={`fill-paper ${isOnWay ? ON_WAY : OFF_WAY}`} />
    {isOnWay && (
      <>
        <rect x={x + width - 120} y={y - 13} width="112" height="24" rx="12" className="fill-ink" />
        <text x={x + width - 64} y={y + 4} textAnchor="middle" fontSize="15" fontWeight="700" className="fill-paper">
          Your answers
        </text>
      </>
    )}
  </>
);

const Verdict = ({ version, verdict, x, y }: { version: PolicyVersion; verdict: Verdict; x: number; y: number }) => (
  <>
    <svg x={x} y={y} width="22" height="22" overflow="visible" fontSize="16">
      <VerdictMark verdict={verdict} />
    </svg>
    <text x={x + 29} y={y + 16} fontSize="16" fontWeight="700" className="fill-verdict">
      {verdictWord(version, verdict)}
    </text>
  </>
);

type LinesProps = { lines: readonly string[]; x: number; y: number; bold?: boolean; middle?: boolean };

const Lines = ({ lines, x, y, bold = false, middle = false }: LinesProps) => (
  <text fontSize="16" fontWeight={bold ? "700" : "400"} textAnchor={middle ? "middle" : "start"} className="fill-ink">
    {lines.map((line, at) => (
      <tspan key={at} x={x} y={y + at * LINE}>
        {line}
      </tspan>
    ))}
  </text>
);

/** A line through all its points, which lead around obstacles. */
const lineThrough = (points: readonly { x: number; y: number }[]): string =>
  points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${Math.round(x)} ${Math.round(y)}`).join("");
