import { HeatMap, type HeatCell } from "#app/_ui/heat-map.tsx";
import {
  IMPACT_WORDS,
  levelOf,
  LIKELIHOOD_WORDS,
  RISK_LEVEL_WORDS,
  RISK_LEVELS,
  SCORES,
  type RiskScores,
  type Score,
} from "#domain/base/risk/risk.ts";

/** The words of a 5 × 5 grid, for the heat map of one risk and of many: likelihood upwards, impact to the right. */
export const RISK_GRID = {
  xTitle: "Impact",
  yTitle: "Likelihood",
  levels: RISK_LEVELS.map((level) => ({ label: RISK_LEVEL_WORDS[level], short: RISK_LEVEL_WORDS[level].charAt(0) })),
  columns: SCORES.map((score) => ({ label: IMPACT_WORDS[score], short: String(score) })),
};

/** The rows of that grid, most likely first, each cell with its level and what `fill` adds to it. */
export const riskRows = (fill: (likelihood: Score, impact: Score) => Omit<HeatCell, "level">) =>
  [...SCORES].reverse().map((likelihood) => ({
    label: LIKELIHOOD_WORDS[likelihood],
    short: String(likelihood),
    cells: SCORES.map((impact): HeatCell => {
      const level = RISK_LEVELS.indexOf(levelOf(likelihood * impact));
      return { ...fill(likelihood, impact), level: level === 2 ? 2 : level === 1 ? 1 : 0 };
    }),
  }));

/** "Likely × serious = 16, high". */
function scoreInWords(likelihood: Score, impact: Score): string {
  const product = likelihood * impact;
  const level = RISK_LEVEL_WORDS[levelOf(product)].toLowerCase();
  return `${LIKELIHOOD_WORDS[likelihood]} × ${IMPACT_WORDS[impact].toLowerCase()} = ${product}, ${level}`;
}

type RiskPictureProps = {
  /** Which risk, for screen readers: "Risk 1". */
  name: string;
  risk: RiskScores;
};

/** One risk on the grid of likelihood and impact, before and after its mitigations, and the same in words. */
export function RiskPicture({ name, risk }: RiskPictureProps) {
  const { likelihoodBefore, impactBefore, likelihoodAfter, impactAfter } = risk;
  const isSame = likelihoodBefore === likelihoodAfter && impactBefore === impactAfter;
  const marksAt = (likelihood: Score, impact: Score) => [
    ...(likelihood === likelihoodBefore && impact === impactBefore ? ["Before"] : []),
    ...(likelihood === likelihoodAfter && impact === impactAfter ? ["After"] : []),
  ];
  return (
    <div className="max-w-form space-y-3">
      <p>
        Before: {scoreInWords(likelihoodBefore, impactBefore)}.
        <br />
        After: {isSame ? "the same" : scoreInWords(likelihoodAfter, impactAfter)}.
      </p>
      <HeatMap
        {...RISK_GRID}
        caption={`${name}: likelihood and impact, before and after mitigation`}
        captionHidden
        rows={riskRows((likelihood, impact) => ({ marks: marksAt(likelihood, impact) }))}
      />
    </div>
  );
}
