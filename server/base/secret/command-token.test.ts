import { expect, it } from "vitest";
import { isCommandToken, makeCommandToken } from "./command-token.ts";

const NOW = new Date("2026-11-22T21:14:00Z");
const secret = "s".repeat(32);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

it("accepts whoever has the secret, for a minute", () => {
  const token = makeCommandToken("evidence-verification", secret, NOW);
  expect([0, 60, -60].map((seconds) => isCommandToken("evidence-verification", secret, token, later(seconds)))).toEqual(
    [true, true, true],
  );
  expect([61, -61].map((seconds) => isCommandToken("evidence-verification", secret, token, later(seconds)))).toEqual([
    false,
    false,
  ]);
});

it.each([
  "",
  "Bearer",
  `${NOW.getTime()}.`,
  `${NOW.getTime()}.${"A".repeat(43)}`,
  makeCommandToken("evidence-verification", "t".repeat(32), NOW),
  makeCommandToken("evidence-verification", secret, later(1)).replace(/^\d+/, String(NOW.getTime())),
  `${makeCommandToken("evidence-verification", secret, NOW)}x`,
  "é".repeat(43),
])("refuses %j", (token) => {
  expect(isCommandToken("evidence-verification", secret, token, NOW)).toBe(false);
});
