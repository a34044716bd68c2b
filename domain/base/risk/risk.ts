/** Likelihood × impact on a 5 × 5 grid, before and after mitigations (S3.11; docs/glossary.md, "Exception"). */

export type Score = 1 | 2 | 3 | 4 | 5;
export const SCORES = [1, 2, 3, 4, 5] as const satisfies readonly Score[];

export const LIKELIHOOD_WORDS = {
  1: "Rare",
  2: "Unlikely",
  3: "Possible",
  4: "Likely",
  5: "Almost certain",
} as const satisfies Record<Score, string>;

export const IMPACT_WORDS = {
  1: "Very small",
  2: "Small",
  3: "Moderate",
  4: "Serious",
  5: "Severe",
} as const satisfies Record<Score, string>;

export const RISK_LEVELS = ["low", "medium", "high"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];
export const RISK_LEVEL_WORDS = { low: "Low", medium: "Medium", high: "High" } as const satisfies Record<
  RiskLevel,
  string
>;

/** Where each level begins, of 25. Our own figures: none of the five sources gives any. */
export const LEVEL_FROM = { low: 1, medium: 6, high: 15 } as const satisfies Record<RiskLevel, number>;

/** The level of a product of likelihood and impact, 1 to 25. */
export function levelOf(product: number): RiskLevel {
  if (product >= LEVEL_FROM.high) return "high";
  return product >= LEVEL_FROM.medium ? "medium" : "low";
}

export interface RiskScores {
  likelihoodBefore: Score;
  impactBefore: Score;
  likelihoodAfter: Score;
  impactAfter: Score;
}

/** The largest product after mitigation, 1 to 25; null without risks. */
export function residualOf(risks: readonly Pick<RiskScores, "likelihoodAfter" | "impactAfter">[]): number | null {
  if (risks.length === 0) return null;
  return Math.max(...risks.map(({ likelihoodAfter, impactAfter }) => likelihoodAfter * impactAfter));
}

/** Who can be responsible for a mitigation: people whom the portal can find without asking for a name. */
export const MITIGATION_OWNERS = {
  requester: "The person who asks",
  "line-manager": "Their line manager",
  "governance-officer": "The governance officers",
  "policy-owner": "The policy owner",
} as const;
export type MitigationOwner = keyof typeof MITIGATION_OWNERS;
