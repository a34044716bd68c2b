import { expect, it } from "vitest";
import { levelOf, residualOf, SCORES, type RiskLevel } from "./risk.ts";

// Every cell of the grid again, by hand: likelihood from 5 down to 1, impact from 1 to 5.
const [l, m, h]: RiskLevel[] = ["low", "medium", "high"];
const GRID = [
  [l, m, h, h, h],
  [l, m, m, h, h],
  [l, m, m, m, h],
  [l, l, m, m, m],
  [l, l, l, l, l],
];

it("gives every cell of the grid its level", () => {
  const levels = [...SCORES].reverse().map((likelihood) => SCORES.map((impact) => levelOf(likelihood * impact)));
  expect(levels).toEqual(GRID);
});

it("never calls a larger product less", () => {
  const rank: Record<RiskLevel, number> = { low: 0, medium: 1, high: 2 };
  for (let product = 2; product <= 25; product++)
    expect(rank[levelOf(product)]).toBeGreaterThanOrEqual(rank[levelOf(product - 1)]);
});

it("takes the largest remaining risk, and none of no risks", () => {
  expect(residualOf([])).toBeNull();
  expect(residualOf([{ likelihoodAfter: 2, impactAfter: 3 }])).toBe(6);
  const risks = [
    { likelihoodAfter: 1, impactAfter: 5 },
    { likelihoodAfter: 4, impactAfter: 2 },
    { likelihoodAfter: 1, impactAfter: 1 },
  ] as const;
  expect(residualOf(risks)).toBe(8);
});
