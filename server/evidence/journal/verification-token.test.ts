import { expect, it } from "vitest";
import { isVerificationToken, makeVerificationToken } from "./queries.ts";

const NOW = new Date("2026-11-22T21:14:00Z");
const secret = "s".repeat(32);
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

it("accepts whoever has the secret, for a minute", () => {
  const token = makeVerificationToken(secret, NOW);
  expect([0, 60, -60].map((seconds) => isVerificationToken(secret, token, later(seconds)))).toEqual([true, true, true]);
  expect([61, -61].map((seconds) => isVerificationToken(secret, token, later(seconds)))).toEqual([false, false]);
});

it.each([
  "",
  "Bearer",
  `${NOW.getTime()}.`,
  `${NOW.getTime()}.${"A".repeat(43)}`,
  makeVerificationToken("t".repeat(32), NOW),
  makeVerificationToken(secret, later(1)).replace(/^\d+/, String(NOW.getTime())),
  `${makeVerificationToken(secret, NOW)}x`,
  "é".repeat(43),
])("refuses %j", (token) => {
  expect(isVerificationToken(secret, token, NOW)).toBe(false);
});
