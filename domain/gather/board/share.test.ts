import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";
import { percentInWords, reachesTarget, shareOf, shownShares, type PeopleCount, type ShownShare } from "./share.ts";

const part = fc.nat(100_000).chain((whole) => fc.tuple(fc.nat(whole), fc.constant(whole)));
const row = fc
  .record({
    employer: fc.constantFrom("a", "b", "c"),
    team: fc.constantFrom("", "1", "2", "3"),
    people: fc.nat(30),
    done: fc.nat(30),
  })
  .map(({ done, ...rest }): PeopleCount => ({ ...rest, accepted: Math.min(done, rest.people) }));
const rows = fc.uniqueArray(row, { selector: ({ employer, team }) => employer + team, maxLength: 12 });

describe("a share", () => {
  it("is a whole number from 0 to 100, 100 only when all is done, and reaches a target only when it is reached", () => {
    fc.assert(
      fc.property(part, fc.integer({ min: 1, max: 100 }), ([some, whole], target) => {
        const share = shareOf(some, whole);
        expect(share === null).toBe(whole === 0);
        if (share === null) return;
        expect(Number.isInteger(share)).toBe(true);
        expect(share === 100).toBe(some === whole);
        expect(share >= target).toBe(100 * some >= target * whole);
      }),
    );
  });

  it("says of a limit only what it tells", () => {
    expect(reachesTarget({ kind: "exact", percent: 90 }, 90)).toBe(true);
    expect(reachesTarget({ kind: "exact", percent: 89 }, 90)).toBe(false);
    expect(reachesTarget({ kind: "at-least", percent: 90 }, 90)).toBe(true);
    expect(reachesTarget({ kind: "at-least", percent: 89 }, 90)).toBeNull();
    expect(reachesTarget({ kind: "at-most", percent: 89 }, 90)).toBe(false);
    expect(reachesTarget({ kind: "at-most", percent: 95 }, 90)).toBeNull();
    expect(reachesTarget(null, 90)).toBeNull();
    expect(percentInWords({ kind: "at-least", percent: 96 })).toBe("at least 96%");
  });
});

describe("shares by employer and team", () => {
  const words = ({ share }: ShownShare) => (share === null ? "hidden" : percentInWords(share));

  it("are shown whole where everything is large", () => {
    const shown = shownShares([
      { employer: "a", team: "1", people: 20, accepted: 10 },
      { employer: "a", team: "2", people: 20, accepted: 15 },
      { employer: "b", team: "3", people: 50, accepted: 45 },
    ]);
    expect(words(shown.all)).toBe("77%"); // 70 of 90
    expect([...shown.employers.values()].map(words)).toEqual(["62%", "90%"]);
    expect([...(shown.teams.get("a")?.values() ?? [])].map(words)).toEqual(["50%", "75%"]);
  });

  it("give a limit where fewer than five are left", () => {
    expect(words(shownShares([{ employer: "a", team: "", people: 100, accepted: 98 }]).all)).toBe("at least 96%");
    expect(words(shownShares([{ employer: "a", team: "", people: 4, accepted: 4 }]).all)).toBe("hidden");
    expect(words(shownShares([]).all)).toBe("hidden");
  });

  it("never tell a small count: not themselves, and no team whose employer is hidden", () => {
    fc.assert(
      fc.property(rows, (counts) => {
        const { all, employers, teams } = shownShares(counts);
        const isSmall = ({ people, accepted }: { people: number; accepted: number }) =>
          Math.min(accepted, people - accepted) < SMALLEST_SHOWN;
        const sum = (of: readonly PeopleCount[]) => ({
          people: of.reduce((total, one) => total + one.people, 0),
          accepted: of.reduce((total, one) => total + one.accepted, 0),
        });
        if (isSmall(sum(counts))) expect(all.share?.kind).not.toBe("exact");
        for (const [employer, shown] of employers) {
          const own = counts.filter((one) => one.employer === employer);
          if (isSmall(sum(own))) expect(shown.share?.kind).not.toBe("exact");
          for (const [team, ofTeam] of teams.get(employer) ?? []) {
            if (isSmall(sum(own.filter((one) => one.team === team)))) expect(ofTeam.share?.kind).not.toBe("exact");
            if (shown.share?.kind !== "exact") expect(ofTeam).toMatchObject({ share: null, people: null });
          }
          // One hidden team would be the employer less the others.
          const kinds = [...(teams.get(employer)?.values() ?? [])].map((one) => one.share?.kind);
          expect(kinds.filter((kind) => kind !== "exact").length).not.toBe(kinds.length > 1 ? 1 : -1);
        }
        const hidden = [...employers.values()].filter((one) => one.share?.kind !== "exact");
        if (all.share?.kind === "exact") expect(hidden.length).not.toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
