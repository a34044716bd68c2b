import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { AudiencePart } from "#domain/policy/campaign/audience.ts";
import { DEFAULT_CAMPAIGN, type CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { ACKNOWLEDGEMENT_ANSWERS, type GivenAnswer } from "./acknowledgement.ts";
import type { AskedPerson, AskingPolicy } from "./asking.ts";
import { dueSoonUntil, REMINDED_STATES, stateOfPerson } from "./person-state.ts";

const TODAY = "2027-03-10";
const DAYS_OFF = new Set(["2027-03-26", "2027-03-29", "2027-03-15"]);
/** 2.1 is a minor change of 2; 1 counts no more. */
const COUNTING = [
  { version: "2.1", hash: "h2.1", from: "2027-02-15", days: 14 },
  { version: "2", hash: "h2", from: "2027-02-01", days: 14 },
];

const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days));
const past = fc.integer({ min: -60, max: 0 }).map((days) => addDays(TODAY, days));
const audience = fc.constantFrom<AudiencePart[]>(
  [{ kind: "body", value: "" }],
  [{ kind: "team", value: "t" }],
  [{ kind: "kind", value: "contractor" }],
  [{ kind: "role", value: "line-manager" }],
  [{ kind: "person", value: "me" }],
);
const campaign = fc.record({
  audience,
  startDay: past,
  workingDays: fc.integer({ min: 1, max: 30 }),
  state: fc.constantFrom("running" as const, "stopped" as const),
  version: fc.constantFrom("2.1", "2", "1"),
});
const policyOf = fc
  .record({
    audience: fc.option(audience),
    asksByItself: fc.boolean(),
    campaigns: fc.array(campaign, { maxLength: 2 }),
  })
  .map((one): AskingPolicy => ({
    ...one,
    counting: COUNTING,
    daysOff: DAYS_OFF,
    campaigns: one.campaigns.map((terms, at): CampaignTerms => ({
      ...DEFAULT_CAMPAIGN,
      ...terms,
      reference: `CAM-${at}`,
      policy: "p",
      hash: `h${terms.version}`,
    })),
  }));
const somebody = fc.record({
  joinedDay: past,
  teamId: fc.constantFrom("t", "u", null),
  since: fc.option(past),
  kind: fc.constantFrom("employee" as const, "contractor" as const),
  isManager: fc.boolean(),
  absences: fc.array(
    fc.tuple(day, fc.nat(20)).map(([firstDay, days]) => ({ firstDay, lastDay: addDays(firstDay, days) })),
    { maxLength: 2 },
  ),
  hasBegun: fc.boolean(),
  isExempt: fc.boolean(),
});
type Somebody = typeof somebody extends fc.Arbitrary<infer One> ? One : never;
const personOf = ({ since, isManager, ...one }: Somebody): AskedPerson & { hasBegun: boolean; isExempt: boolean } => ({
  ...one,
  id: "me",
  employer: "e",
  employerSince: since,
  teamSince: since,
  kindSince: since,
  roles: isManager ? ["employee", "line-manager"] : ["employee"],
  rolesSince: {},
});
const history = fc
  .array(
    fc.record({
      version: fc.constantFrom("2.1", "2", "1"),
      answer: fc.constantFrom(...ACKNOWLEDGEMENT_ANSWERS),
      replied: fc.option(past),
    }),
    { maxLength: 4 },
  )
  .map((all) =>
    all.map(({ version, answer, replied }, at): GivenAnswer => ({
      reference: `ACK-${at}`,
      policy: "p",
      version,
      hash: `h${version}`,
      attempt: at + 1,
      answer,
      givenAt: startOfDay(addDays(TODAY, at - 60)),
      repliedAt: answer === "declined" && replied ? startOfDay(replied) : null,
      recordedAt: null,
    })),
  );
const daysAt = (today: string) => ({ today, soonUntil: dueSoonUntil(today, DAYS_OFF) });
const isCounted = ({ hash }: GivenAnswer) => COUNTING.some((one) => one.hash === hash);

describe("where somebody is with a policy, whatever happened before", () => {
  it("is one state, which owes an answer by a day or none at all, and says what the records say", () => {
    fc.assert(
      fc.property(policyOf, somebody, history, (policy, one, given) => {
        const person = personOf(one);
        const { state, due, standing } = stateOfPerson(policy, person, given, daysAt(TODAY));
        const { soonUntil } = daysAt(TODAY);
        expect(due !== null).toBe(REMINDED_STATES.includes(state));
        const hasAccepted = given.some((answer) => answer.answer === "accepted" && isCounted(answer));
        expect(state === "acknowledged").toBe(hasAccepted);
        if (hasAccepted) return;
        if (!person.hasBegun) expect(state).toBe("not-asked");
        if (state === "not-asked") return;
        expect(state === "exempt").toBe(person.isExempt);
        if (person.isExempt) return;
        expect(state === "declined").toBe(standing.kind === "declined");
        expect(state === "overdue").toBe(due !== null && due < TODAY);
        expect(state === "due-soon").toBe(due !== null && due >= TODAY && due <= soonUntil);
        if (state === "outdated")
          expect(given.some(({ answer, hash }) => answer === "accepted" && hash === "h1")).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("never runs out while they are away, nor sooner for being away, nor in less than their whole time", () => {
    fc.assert(
      fc.property(policyOf, somebody, history, fc.nat(20), (policy, one, given, length) => {
        const person = { ...personOf(one), hasBegun: true, isExempt: false };
        const { due, campaign: by } = stateOfPerson(policy, person, given, daysAt(TODAY));
        if (due === null) return;
        const away = { firstDay: addDays(due, -length), lastDay: addDays(due, 3) };
        const longer = stateOfPerson(policy, { ...person, absences: [...person.absences, away] }, given, daysAt(TODAY));
        expect(longer.due !== null && longer.due > away.lastDay).toBe(true);
        const least = by === null ? Math.min(...COUNTING.map(({ days }) => days)) : by.workingDays;
        expect(due >= addDays(person.joinedDay, least)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("moves on by itself only towards the last day, and changes at once when they leave the audience or answer", () => {
    const order = ["pending", "due-soon", "overdue"];
    fc.assert(
      fc.property(policyOf, somebody, history, fc.nat(40), (policy, one, given, later) => {
        const person = { ...personOf(one), hasBegun: true };
        const now = stateOfPerson(policy, person, given, daysAt(TODAY));
        const then = stateOfPerson(policy, person, given, daysAt(addDays(TODAY, later)));
        expect(then.due).toBe(now.due);
        const placeOf = (state: string) => order.indexOf(state === "outdated" ? "pending" : state);
        if (placeOf(now.state) < 0) expect(then.state).toBe(now.state);
        else expect(placeOf(then.state)).toBeGreaterThanOrEqual(placeOf(now.state));
        const nobody = stateOfPerson(
          { ...policy, audience: [{ kind: "person", value: "you" }] },
          person,
          given,
          daysAt(TODAY),
        );
        expect(["not-asked", "acknowledged"]).toContain(nobody.state);
        const accepted: GivenAnswer = {
          reference: "ACK-9",
          policy: "p",
          version: "2.1",
          hash: "h2.1",
          attempt: 9,
          answer: "accepted",
          givenAt: startOfDay(TODAY),
          repliedAt: null,
          recordedAt: null,
        };
        expect(stateOfPerson(policy, person, [...given, accepted], daysAt(TODAY)).state).toBe("acknowledged");
      }),
      { numRuns: 1000 },
    );
  });
});
