import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyExpiry, mayRevoke, readThumbprint, spokenThumbprint } from "./signing-key.ts";

describe("the thumbprint of a key", () => {
  it("reads aloud in sixteen groups of four, and comes back however it is typed", () => {
    for (let round = 0; round < 200; round++) {
      const digest = createHash("sha256").update(randomBytes(32)).digest();
      const kid = digest.toString("base64url");
      const spoken = spokenThumbprint(kid);
      expect(spoken).toMatch(/^([0-9a-f]{4}-){15}[0-9a-f]{4}$/);
      expect(spoken.replaceAll("-", "")).toBe(digest.toString("hex"));
      for (const typed of [
        spoken,
        spoken.toUpperCase(),
        spoken.replaceAll("-", " "),
        spoken.replaceAll("-", ":"),
        spoken.replaceAll("-", ""),
        ` ${kid} `,
      ])
        expect(readThumbprint(typed)).toBe(kid);
    }
  });

  it("is none where something is missing or added", () => {
    for (const typed of ["", "3f9a", "g".repeat(64), "a".repeat(63), "a".repeat(65), "a".repeat(42), "é".repeat(43)])
      expect(readThumbprint(typed)).toBeNull();
  });
});

it("a key signs for two years", () => {
  expect(keyExpiry(new Date("2026-11-24T12:00:00Z"))).toEqual(new Date("2028-11-24T12:00:00Z"));
  expect(keyExpiry(new Date("2028-02-29T00:00:00Z"))).toEqual(new Date("2030-03-01T00:00:00Z"));
});

it("a revocation is never taken back, and may only turn out worse", () => {
  const table = [null, "superseded", "compromised"].map((before) =>
    (["superseded", "compromised"] as const).map((because) =>
      mayRevoke(before as Parameters<typeof mayRevoke>[0], because),
    ),
  );
  expect(table).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});
