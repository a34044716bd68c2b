import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import { absenceConflict, absenceDayProblem, absenceInWords, absenceSteps, type AbsenceStep } from "./absence.ts";

const TODAY = "2026-12-09";
const days = (firstDay: string, lastDay: string): DayRange => ({ firstDay, lastDay });

describe("an absence", () => {
  it("has its days in order, and lasts five years at most", () => {
    expect(absenceDayProblem(days("2026-12-01", "2026-12-01"))).toBeNull();
    expect(absenceDayProblem(days("2026-12-02", "2026-12-01"))?.message).toContain("the first day or later");
    expect(absenceDayProblem(days("2024-02-29", "2029-02-27"))).toBeNull();
    expect(absenceDayProblem(days("2024-02-29", "2029-02-28"))?.message).toContain("27 February 2029");
  });

  it("stands beside others only with a day between them", () => {
    const others = [days("2026-12-05", "2026-12-10")];
    for (const one of [
      days("2026-12-10", "2026-12-12"),
      days("2026-12-01", "2026-12-20"),
      days("2026-12-07", "2026-12-07"),
    ])
      expect(absenceConflict(one, others)?.message).toContain("from 5 December 2026 to 10 December 2026");
    expect(absenceConflict(days("2026-12-11", "2026-12-12"), others)).not.toBeNull();
    expect(absenceConflict(days("2026-12-01", "2026-12-04"), others)).not.toBeNull();
    expect(absenceConflict(days("2026-12-12", "2026-12-12"), others)).toBeNull();
    expect(absenceConflict(days("2026-12-01", "2026-12-03"), others)).toBeNull();
    expect(absenceInWords(days("2026-12-01", "2026-12-01"))).toBe("on 1 December 2026");
  });
});

describe("what a list says of an absence", () => {
  const steps = (known: readonly DayRange[], said: DayRange | null) =>
    absenceSteps(
      known.map((one, at) => ({ ...one, id: String(at) })),
      said,
      TODAY,
    );

  it("is recorded, and the same again changes nothing", () => {
    const said = days("2026-12-20", "2027-01-03");
    expect(steps([], said)).toEqual([{ id: null, before: null, after: said }]);
    expect(steps([said], said)).toEqual([]);
    expect(steps([], null)).toEqual([]);
  });

  it("corrects one that overlaps, and takes back one that has not begun", () => {
    const known = days("2026-12-01", "2026-12-10");
    const longer = days("2026-12-01", "2026-12-31");
    expect(steps([known], longer)).toEqual([{ id: "0", before: known, after: longer }]);
    const february = days("2027-02-01", "2027-02-10");
    const january = days("2027-01-04", "2027-01-10");
    expect(steps([february], january)).toEqual([
      { id: null, before: null, after: january },
      { id: "0", before: february, after: null },
    ]);
  });

  it("keeps what has ended, ends what runs yesterday, and leaves one that runs where the next is said", () => {
    const over = days("2026-11-01", "2026-11-10");
    const runs = days("2026-12-01", "2026-12-10");
    expect(steps([over, runs], null)).toEqual([{ id: "1", before: runs, after: days("2026-12-01", "2026-12-08") }]);
    const next = days("2026-12-11", "2026-12-20");
    expect(steps([runs], next)).toEqual([{ id: null, before: null, after: next }]);
    expect(steps([days(TODAY, TODAY)], null)).toEqual([{ id: "0", before: days(TODAY, TODAY), after: null }]);
  });

  it("leaves no two that overlap, keeps days that are over unless it says otherwise, and settles at once", () => {
    const day = fc.integer({ min: -60, max: 60 }).map((offset) => addDays(TODAY, offset));
    const range = fc
      .tuple(day, fc.integer({ min: 0, max: 20 }))
      .map(([first, length]) => days(first, addDays(first, length)));
    const apart = (ranges: readonly DayRange[]) =>
      ranges.filter(
        (one, at) =>
          !ranges.slice(0, at).some((other) => one.firstDay <= other.lastDay && other.firstDay <= one.lastDay),
      );
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }).map(apart), fc.option(range), (known, said) => {
        const after = applied(known, steps(known, said));
        expect(apart(after)).toEqual(after);
        if (said) expect(after).toContainEqual(said);
        expect(steps(after, said)).toEqual([]);
        const ended = known.filter(
          (one) => one.lastDay < TODAY && !(said && one.firstDay <= said.lastDay && said.firstDay <= one.lastDay),
        );
        expect(after).toEqual(expect.arrayContaining(ended));
      }),
    );
  });

  function applied(known: readonly DayRange[], changes: readonly AbsenceStep[]): DayRange[] {
    const kept = known.flatMap((one, at) => {
      const step = changes.find(({ id }) => id === String(at));
      return step ? (step.after ?? []) : one;
    });
    return [...kept, ...changes.flatMap(({ id, after }) => (id === null && after ? after : []))];
  }
});
