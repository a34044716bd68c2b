import { expect, it } from "vitest";
import { isIdle, noteAfterMs, secondsToShow } from "./shared-device.ts";

const NOW = new Date("2026-11-30T09:00:00Z");
const before = (ms: number) => new Date(NOW.getTime() - ms);
const after = (ms: number) => new Date(NOW.getTime() + ms);

it("is idle at a shared device after two minutes, elsewhere after the usual time", () => {
  expect(isIdle({ seenAt: before(119_999), isShared: true }, 60, NOW)).toBe(false);
  expect(isIdle({ seenAt: before(120_000), isShared: true }, 60, NOW)).toBe(true);
  expect(isIdle({ seenAt: before(59 * 60_000), isShared: false }, 60, NOW)).toBe(false);
  expect(isIdle({ seenAt: before(60 * 60_000), isShared: false }, 60, NOW)).toBe(true);
});

it("notes a use often enough for two minutes to be two minutes", () => {
  expect(noteAfterMs(true)).toBe(1000);
  expect(noteAfterMs(false)).toBe(60_000);
});

it("shows a page until the session ends, and at most for two minutes", () => {
  expect(secondsToShow(after(15 * 60_000), NOW)).toBe(120);
  expect(secondsToShow(after(59_001), NOW)).toBe(60);
  expect(secondsToShow(before(1), NOW)).toBe(1);
});
