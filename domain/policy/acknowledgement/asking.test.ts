import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addWorkingDays, startOfDay } from "#domain/base/calendar/calendar.ts";
import { DEFAULT_CAMPAIGN, type CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { askingOf, type AskedPerson, type AskingPolicy } from "./asking.ts";

const version = (from: string, days = 14) => ({ version: "1.0", hash: "h", from, days });
const POLICY: AskingPolicy = {
  counting: [version("2026-03-10")],
  audience: null,
  asksByItself: true,
  campaigns: [],
  daysOff: new Set(["2026-04-03", "2026-04-06"]),
};
const PERSON: AskedPerson = {
  id: "ann",
  employer: "Borough",
  teamId: "housing",
  roles: ["employee"],
  kind: "employee",
  joinedDay: "2020-01-01",
  hasBegun: true,
  teamSince: null,
  employerSince: null,
  kindSince: null,
  rolesSince: {},
  absences: [],
};
const campaign = (changes: Partial<CampaignTerms> = {}): CampaignTerms => ({
  ...DEFAULT_CAMPAIGN,
  reference: "CAM-1",
  policy: "model",
  version: "1.0",
  hash: "h",
  state: "running",
  startDay: "2026-03-30",
  workingDays: 5,
  ...changes,
});
const dueOf = (policy: Partial<AskingPolicy>, person: Partial<AskedPerson> = {}, repliedAt: Date | null = null) =>
  askingOf({ ...POLICY, ...policy }, { ...PERSON, ...person }, repliedAt && { repliedAt })?.due ?? null;

describe("without a campaign", () => {
  it.each([
    ["it was served and in effect", {}, {}, "2026-03-24"],
    ["the person joined", {}, { joinedDay: "2026-06-01" }, "2026-06-15"],
    [
      "the person came into its audience",
      { audience: [{ kind: "team", value: "housing" } as const] },
      { teamSince: "2026-05-01" },
      "2026-05-15",
    ],
  ])("calendar days count from when %s", (_, policy, person, expected) => {
    expect(dueOf(policy, person)).toBe(expected);
  });

  it("is not postponed by a change that was not material", () => {
    expect(dueOf({ counting: [version("2026-03-20"), version("2026-03-10")] })).toBe("2026-03-24");
  });

  it("is postponed by the policy owner's reply, and never brought forward", () => {
    expect(dueOf({}, {}, startOfDay("2026-05-01"))).toBe("2026-05-15");
    expect(dueOf({}, {}, startOfDay("2026-03-01"))).toBe("2026-03-24");
  });

  it("waits for leave, and asks nobody for a draft unless the body does, nor outside the audience", () => {
    expect(dueOf({}, { absences: [{ firstDay: "2026-03-12", lastDay: "2026-03-18" }] })).toBe("2026-03-31");
    expect(dueOf({ asksByItself: false })).toBeNull();
    expect(dueOf({ audience: [{ kind: "kind", value: "vendor" }] })).toBeNull();
  });
});

describe("with a campaign", () => {
  it("working days count from its start, and a joiner's from their first day", () => {
    expect(dueOf({ campaigns: [campaign()] })).toBe("2026-04-08"); // over Good Friday and Easter Monday
    expect(dueOf({ campaigns: [campaign()] }, { joinedDay: "2026-05-04" })).toBe("2026-05-11");
  });

  it.each([
    ["team", "housing", "waste", { teamId: "waste" }, { teamSince: "2026-06-01" }],
    ["employer", "Borough", "District", { employer: "District" }, { employerSince: "2026-06-01" }],
    [
      "role",
      "auditor",
      "policy-owner",
      { roles: ["employee"] as const },
      { roles: ["auditor"] as const, rolesSince: { auditor: "2026-06-01" } },
    ],
    ["kind", "employee", "vendor", { kind: "vendor" as const }, { kindSince: "2026-06-01" }],
    ["person", "ann", "bob", { id: "bob" }, null],
    ["body", "", null, null, null],
  ] as const)(
    "asks a %s, a joiner from the day they came, and releases who leaves it",
    (kind, value, other, left, joined) => {
      const campaigns = [campaign({ audience: [{ kind, value }] })];
      const inside = kind === "role" ? { roles: ["auditor" as const] } : {};
      expect(dueOf({ campaigns }, inside)).toBe("2026-04-08");
      if (joined) expect(dueOf({ campaigns }, joined)).toBe("2026-06-08");
      if (left) expect(dueOf({ campaigns }, left)).toBeNull();
      if (other) expect(dueOf({ campaigns: [campaign({ audience: [{ kind, value: other }] })] }, inside)).toBeNull();
    },
  );

  it("asks by the one that ends first, of those that run for a version that counts", () => {
    const late = campaign({ reference: "CAM-2", workingDays: 9 });
    const asking = askingOf({ ...POLICY, campaigns: [late, campaign()] }, PERSON, null);
    expect([asking?.campaign?.reference, asking?.due]).toEqual(["CAM-1", "2026-04-08"]);
    expect(dueOf({ campaigns: [campaign({ state: "stopped" })] })).toBeNull();
    expect(dueOf({ campaigns: [campaign({ state: "stopped" }), late] })).toBe("2026-04-14");
    expect(dueOf({ campaigns: [campaign({ hash: "other" })] })).toBeNull();
  });

  it("never gives less than the whole time, whatever came first, and leave only adds to it", () =>
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(20),
        fc.nat(20),
        (start, joined, days, from, long) => {
          const startDay = addDays("2026-03-01", start);
          const joinedDay = addDays("2026-03-01", joined);
          const campaigns = [campaign({ startDay, workingDays: days })];
          const due = dueOf({ campaigns }, { joinedDay }) ?? "";
          const [begins = ""] = [startDay, joinedDay, "2026-03-10"].sort().reverse();
          expect(due).toBe(addWorkingDays(begins, days, POLICY.daysOff));
          const firstDay = addDays(begins, from);
          const absences = [{ firstDay, lastDay: addDays(firstDay, long) }];
          expect((dueOf({ campaigns }, { joinedDay, absences }) ?? "") >= due).toBe(true);
        },
      ),
    ));

  it.each<[string, Partial<AskingPolicy>, Partial<AskedPerson>, string | null]>([
    ["joins on the last day of the others", {}, { joinedDay: "2026-04-08" }, "2026-04-15"],
    ["is away over the last day", {}, { absences: [{ firstDay: "2026-04-07", lastDay: "2026-04-10" }] }, "2026-04-14"],
    [
      "has two absences that overlap",
      {},
      {
        absences: [
          { firstDay: "2026-04-01", lastDay: "2026-04-09" },
          { firstDay: "2026-03-31", lastDay: "2026-04-07" },
        ],
      },
      "2026-04-16",
    ],
    ["came back into the audience", {}, { teamId: "housing", teamSince: "2026-05-01" }, "2026-05-08"],
    [
      "meets a closure day that was added later",
      { daysOff: new Set([...POLICY.daysOff, "2026-04-07"]) },
      {},
      "2026-04-09",
    ],
  ])("counts from the records of the moment where somebody %s", (who, policy, person, expected) => {
    const audience = [{ kind: who.startsWith("came") ? ("team" as const) : ("body" as const), value: "housing" }];
    expect(dueOf({ ...policy, campaigns: [campaign({ audience })] }, person)).toBe(expected);
  });
});
