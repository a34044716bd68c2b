import { describe, expect, it } from "vitest";
import { pseudonyms } from "./pseudonym.ts";

describe("pseudonyms", () => {
  it("grow until one is free, and say the kind alone", () => {
    const digest = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
    const names = [...pseudonyms("contractor", digest)];
    expect(names[0]?.name).toMatch(/^Former contractor [2-9A-HJKMNP-TV-Z]{4}$/);
    expect(names[1]?.name.startsWith(names[0]?.name ?? "-")).toBe(true);
    expect(names).toHaveLength(29);
    expect([...pseudonyms("contractor", digest)]).toEqual(names);
  });
});
