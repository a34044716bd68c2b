import { expect, it } from "vitest";
import { dayNotes, headlineOf, startNote } from "./figures.ts";

const SERVED = new Date("2026-11-24T09:00:00Z");
const version = (effective: string | null) => ({ frontMatter: { effective } }) as Parameters<typeof dayNotes>[0];
const headline = (effective: string | null, day: string) =>
  headlineOf(dayNotes(version(effective), day, "2026-11-25", SERVED), day, "1.0");

it("says whether it held, holds or will hold", () => {
  expect(headline("2026-01-05", "2026-03-03")).toBe("This applied on 3 March 2026: version 1.0");
  expect(headline("2026-01-05", "2026-11-25")).toBe("This applies today, 25 November 2026: version 1.0");
  expect(headline("2026-01-05", "2027-03-03")).toBe(
    "This will apply on 3 March 2027, as far as is known today: version 1.0",
  );
});

it("is unsure of a version without a first day, but not from when the portal served it", () => {
  expect(headline(null, "2026-03-03")).toBe("Version 1.0 may have applied on 3 March 2026");
  expect(headline(null, "2026-11-24")).toBe("This applied on 24 November 2026: version 1.0");
  const notes = dayNotes(version(null), "2026-03-03", "2026-11-25", SERVED);
  expect(startNote(notes, SERVED)).toContain("since 24 November 2026");
  expect(startNote(dayNotes(version("2026-01"), "2026-03-03", "2026-11-25", SERVED), SERVED)).toBeNull();
});
