import { Tag } from "#app/_ui/tag.tsx";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";

/** The level and number of the remaining risk, 1 to 25; a dash if there is none. */
export function RiskLevelTag({ residual }: { residual: number | null }) {
  if (residual === null) return "–";
  const level = levelOf(residual);
  return (
    <span className="whitespace-nowrap">
      <Tag tone={level === "high" ? "warning" : "neutral"}>{RISK_LEVEL_WORDS[level]}</Tag> {residual}
    </span>
  );
}
