import { describe, expect, it } from "vitest";
import { CAPACITIES, type Capacity } from "#domain/access/permission/capacity.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import { DEFAULT_RULES } from "#domain/testing/exception-rules.ts";
import {
  actsFor,
  freeCapacities,
  mayReceive,
  peopleInTurn,
  requestRelationOf,
  turnFor,
  type Person,
  type ToDecide,
  type Turn,
} from "./decider.ts";
import { EXCEPTION_STATES, permit, type ExceptionCommand, type ExceptionState } from "./state.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const BODY = "nao";
const person = (personId: string, role: Role, team: string | null = null): Person => ({
  personId,
  roles: ["employee", role],
  body: BODY,
  team,
});
const turnAt = (residual: number | null): Turn => ({ residual, decide: DEFAULT_RULES.decide, approvals: 0 });
const REQUEST: ToDecide = {
  body: BODY,
  requesterId: "asker",
  managerId: "manager",
  isManagerSelfMade: false,
  scope: "team",
  teamId: "fraud",
  groupMemberIds: [],
  teamManagerId: "head",
  coveredWhenSent: [],
  approvedBy: [],
  passedToId: null,
};

// Every relation that somebody can have to a request of the team "fraud".
const RELATIONS = {
  apart: {},
  "in the team": { team: "fraud" },
  "in it when it was sent": { sent: true },
  "in it then and now": { team: "fraud", sent: true },
  "in another team": { team: "audit" },
  "in charge by their own doing": { selfMade: true },
} as const;
type RelationName = keyof typeof RELATIONS;

/** Written by hand: why they never decide, whatever their role; "" if nothing prevents it. */
const BARS: Record<RelationName, "covered" | "self-made" | ""> = {
  apart: "",
  "in the team": "covered",
  "in it when it was sent": "covered",
  "in it then and now": "covered",
  "in another team": "",
  "in charge by their own doing": "self-made",
};

const DECIDING = {
  manager: "line-manager",
  officer: "governance-officer",
  senior: "senior-information-risk-owner",
} as const;
type Decider = keyof typeof DECIDING;

/**
 * Written by hand: who decides if these are free (m, o, s for manager, officer, senior owner), for an ordinary and for
 * a high remaining risk, and who revokes.
 */
const TURNS: Readonly<Record<string, readonly [ordinary: string, high: string, revoke: string]>> = {
  "": ["", "", ""],
  m: ["m", "", ""],
  o: ["o", "o", "o"],
  s: ["s", "s", "s"],
  mo: ["mo", "o", "o"],
  ms: ["m", "s", "s"],
  os: ["o", "os", "o"],
  mos: ["mo", "os", "o"],
};
const LETTERS = { m: "manager", o: "officer", s: "senior" } as const;

/** Written by hand: the states in which each decision can be taken. */
const POSSIBLE: Readonly<Record<string, ExceptionState>> = {
  approve: "submitted",
  decline: "submitted",
  "request-changes": "submitted",
  "pass-on": "submitted",
  revoke: "approved",
};

/** One decider of each kind, each with one of the relations. */
function cast(relations: Readonly<Record<Decider, RelationName>>): {
  people: Record<Decider, Person>;
  request: ToDecide;
} {
  const of = (who: Decider): Person => {
    const relation = RELATIONS[relations[who]];
    return person(who, DECIDING[who], "team" in relation ? relation.team : null);
  };
  const people = { manager: of("manager"), officer: of("officer"), senior: of("senior") };
  const sent = (Object.keys(people) as Decider[]).filter((who) => "sent" in RELATIONS[relations[who]]);
  const isManagerSelfMade = "selfMade" in RELATIONS[relations.manager];
  return { people, request: { ...REQUEST, isManagerSelfMade, coveredWhenSent: sent } };
}

const NAMES = Object.keys(RELATIONS) as RelationName[];
const casts = NAMES.flatMap((manager) =>
  NAMES.flatMap((officer) => NAMES.map((senior) => ({ manager, officer, senior }))),
)
  // Only the line manager can have put themselves in charge.
  .filter(({ officer, senior }) => BARS[officer] !== "self-made" && BARS[senior] !== "self-made");

describe("who decides", () => {
  it("is never somebody whom it covers, and always somebody else if there is one: every state, decision, risk and relation", () => {
    const wrong: string[] = [];
    for (const relations of casts) {
      const { people, request } = cast(relations);
      const everybody = Object.values(people);
      const free = Object.entries(LETTERS)
        .filter(([, who]) => BARS[relations[who]] === "")
        .map(([letter]) => letter)
        .join("");
      for (const [name, only] of Object.entries(POSSIBLE))
        for (const residual of [null, 14, 15])
          for (const state of EXCEPTION_STATES) {
            const [ordinary, high, revoke] = TURNS[free] ?? ["?", "?", "?"];
            const turn = name === "revoke" ? revoke : (residual ?? 0) >= 15 ? high : ordinary;
            const stored = state === "expired" ? "approved" : state;
            const exception = { state: stored, endsAt: state === "expired" ? NOW : null, ...turnAt(residual) };
            for (const [letter, who] of Object.entries(LETTERS)) {
              const standing = requestRelationOf(people[who], request, everybody);
              const given = permit(exception, name as ExceptionCommand, standing, NOW);
              const what = `${name} in ${state} with ${residual} by the ${who}, ${JSON.stringify(relations)}`;
              const bar = name === "revoke" && who === "manager" ? "" : BARS[relations[who]];
              const isAsTold =
                bar === ""
                  ? given.ok === (turn.includes(letter) && state === only)
                  : !given.ok && given.refusal === bar;
              if (!isAsTold) wrong.push(`${what}: ${JSON.stringify(given)}`);
            }
          }
    }
    expect(wrong).toEqual([]);
  });

  it("is never the requester, nor anybody from another body", () => {
    const asker = person("asker", "governance-officer");
    const stranger = { ...person("stranger", "governance-officer"), body: "nottingham" };
    for (const one of [asker, stranger]) {
      const standing = requestRelationOf(one, REQUEST, [one]);
      for (const command of ["approve", "decline", "request-changes", "revoke"] as const)
        expect(permit({ state: "submitted", endsAt: null, ...turnAt(6) }, command, standing, NOW).ok).toBe(false);
    }
  });

  it("is not the manager of the team that it is for, even if they are not a member", () => {
    const head = person("head", "line-manager");
    const forTeam = { ...REQUEST, managerId: "head" };
    const officer = person("officer", "governance-officer");
    expect(requestRelationOf(head, forTeam, [officer])).toMatchObject({ bar: "covered", free: ["governance-officer"] });
    const forOne: ToDecide = { ...forTeam, scope: "person", teamId: null, teamManagerId: null };
    expect(requestRelationOf(head, forOne, [officer]).bar).toBeNull();
  });

  it("is the line manager for a request for one person, even if both are in the same team", () => {
    const manager = person("manager", "line-manager", "fraud");
    const standing = requestRelationOf(manager, { ...REQUEST, scope: "person", teamId: null }, []);
    expect(standing).toEqual({ capacities: ["line-manager"], bar: null, free: ["line-manager"] });
  });

  it("is not somebody who has two roles and is covered: the other role does not help", () => {
    const both: Person = {
      ...person("manager", "line-manager", "fraud"),
      roles: ["line-manager", "governance-officer"],
    };
    const standing = requestRelationOf(both, REQUEST, [person("senior", "senior-information-risk-owner")]);
    expect(standing.bar).toBe("covered");
    expect(turnFor("approve", turnAt(6), standing.free)).toEqual(["senior-information-risk-owner"]);
  });

  it("is who the policy names for the remaining risk, and goes up where none of them may", () => {
    const decide = {
      low: [["governance-officer"]],
      medium: [["line-manager", "governance-officer"]],
      high: [["senior-information-risk-owner"]],
    } satisfies Turn["decide"];
    const turn = (residual: number, ...free: Capacity[]) =>
      turnFor("approve", { residual, decide, approvals: 0 }, free);
    const [, manager, officer, senior] = CAPACITIES;
    expect(turn(2, ...CAPACITIES)).toEqual([officer]);
    expect(turn(2, manager, senior)).toEqual([senior]);
    expect(turn(9, manager, senior)).toEqual([manager]);
    expect(turn(9, senior)).toEqual([senior]);
    expect(turn(25, manager, officer)).toEqual([]); // nobody is above the senior owner: administrators name one
    expect(turnFor("revoke", { residual: 25, decide, approvals: 0 }, [senior])).toEqual([senior]);
  });

  it("are several in a row where the policy says so, each another person", () => {
    const decide = {
      ...DEFAULT_RULES.decide,
      high: [["governance-officer"], ["governance-officer"]],
    } satisfies Turn["decide"];
    const one = person("one", "governance-officer");
    const two = person("two", "governance-officer");
    const senior = person("senior", "senior-information-risk-owner");
    const asked = (approvedBy: string[], by: Person, deciders: Person[]) => {
      const standing = requestRelationOf(by, { ...REQUEST, approvedBy }, deciders);
      const turn = { residual: 25, decide, approvals: approvedBy.length };
      return permit({ state: "submitted", endsAt: null, ...turn }, "approve", standing, NOW);
    };
    expect(asked([], one, [one, two])).toEqual({ ok: true, next: "submitted" });
    expect(asked(["one"], one, [one, two])).toEqual({ ok: false, refusal: "has-approved" });
    expect(asked(["one"], two, [one, two])).toEqual({ ok: true, next: "approved" });
    // With one officer only, the second approval is the senior owner's.
    expect(asked(["one"], senior, [one, senior])).toEqual({ ok: true, next: "approved" });
    expect(asked([], senior, [one, senior])).toEqual({ ok: false, refusal: "not-yours" });
  });

  it("counts a capacity as free if one of several people may", () => {
    const officers = [person("in", "governance-officer", "fraud"), person("out", "governance-officer")];
    expect(freeCapacities(REQUEST, officers)).toEqual(["governance-officer"]);
    expect(freeCapacities(REQUEST, officers.slice(0, 1))).toEqual([]);
    expect(CAPACITIES.filter((capacity) => turnFor("approve", turnAt(25), []).includes(capacity))).toEqual([]);
  });
});

describe("a deputy", () => {
  const manager = person("manager", "line-manager");
  const senior = person("senior", "senior-information-risk-owner");
  const forOne: ToDecide = { ...REQUEST, scope: "person", teamId: null, teamManagerId: null };
  const deputyOf = (principal: Person, role: "line-manager" | "governance-officer", own: Role = "line-manager") => ({
    ...person("deputy", own),
    standsInFor: [{ principal, role }],
  });
  const approves = (by: Person, request: ToDecide, people: Person[], residual = 6) =>
    permit(
      { state: "submitted", endsAt: null, ...turnAt(residual) },
      "approve",
      requestRelationOf(by, request, people),
      NOW,
    ).ok;

  it("may what the principal may and no more, whatever the request is to the principal and to the deputy", () => {
    for (const ofPrincipal of NAMES)
      for (const ofDeputy of ["apart", "in the team", "in it when it was sent"] as const)
        for (const residual of [6, 25]) {
          const inTeam = (name: RelationName) => (name.startsWith("in the team") ? "fraud" : null);
          const principal = { ...manager, team: ofPrincipal === "in it then and now" ? "fraud" : inTeam(ofPrincipal) };
          const deputy = { ...deputyOf(principal, "line-manager"), team: inTeam(ofDeputy) };
          const sent = (name: RelationName) => "sent" in RELATIONS[name];
          const request: ToDecide = {
            ...REQUEST,
            isManagerSelfMade: "selfMade" in RELATIONS[ofPrincipal],
            coveredWhenSent: [...(sent(ofPrincipal) ? ["manager"] : []), ...(sent(ofDeputy) ? ["deputy"] : [])],
          };
          const people = [principal, deputy, senior];
          const expected = approves(principal, request, people, residual) && BARS[ofDeputy] === "";
          expect(approves(deputy, request, people, residual), `${ofPrincipal}, ${ofDeputy}, ${residual}`).toBe(
            expected,
          );
        }
  });

  it("acts for the principal only where they have no turn of their own", () => {
    const officer = person("officer", "governance-officer");
    const turn = turnFor("approve", turnAt(6), ["line-manager", "governance-officer"]);
    const forWhom = (by: Person) => actsFor(requestRelationOf(by, forOne, [manager, officer]), turn);
    expect(forWhom(deputyOf(manager, "line-manager"))).toBe("manager");
    expect(forWhom(deputyOf(manager, "line-manager", "governance-officer"))).toBeNull();
    expect(forWhom(manager)).toBeNull();
  });

  it("is nothing on their own request, and not for a principal who lost the role or is another's manager", () => {
    const deputy = deputyOf(manager, "line-manager");
    expect(approves(deputy, { ...forOne, requesterId: "deputy" }, [manager, senior])).toBe(false);
    expect(approves(deputy, { ...forOne, managerId: "somebody" }, [manager, senior])).toBe(false);
    const former: Person = { ...manager, roles: ["employee"] };
    expect(approves(deputyOf(former, "line-manager"), forOne, [former, senior])).toBe(false);
  });

  it("has it waiting beside the principal", () => {
    const deputy = deputyOf(manager, "line-manager");
    expect(peopleInTurn("approve", forOne, turnAt(6), [manager, deputy, senior])).toEqual(["manager", "deputy"]);
  });
});

describe("passing on", () => {
  const everybody = {
    manager: person("manager", "line-manager"),
    officer: person("officer", "governance-officer"),
    second: person("second", "governance-officer"),
    senior: person("senior", "senior-information-risk-owner"),
    stranger: person("stranger", "line-manager"),
  };
  const people = Object.values(everybody);
  const forOne: ToDecide = { ...REQUEST, scope: "person", teamId: null, teamManagerId: null };
  const receivers = (request: ToDecide, residual: number) =>
    people.filter((one) => mayReceive(one, request, turnAt(residual), people)).map(({ personId }) => personId);

  it("goes to those of the step and above, never to somebody who is barred", () => {
    expect(receivers(forOne, 6)).toEqual(["manager", "officer", "second", "senior"]);
    expect(receivers(forOne, 25)).toEqual(["officer", "second", "senior"]);
    expect(receivers({ ...forOne, coveredWhenSent: ["officer"], approvedBy: ["senior"] }, 6)).toEqual([
      "manager",
      "second",
    ]);
  });

  it("makes it that person's turn alone, and everybody's again once they may not: whoever it is, at every risk", () => {
    for (const to of [...people, null])
      for (const residual of [6, 25])
        for (const barred of [[], ["officer"], ["senior"], ["manager", "officer"]]) {
          const request = { ...forOne, passedToId: to?.personId ?? null, coveredWhenSent: barred };
          const without = peopleInTurn("approve", { ...request, passedToId: null }, turnAt(residual), people);
          const may = to !== null && mayReceive(to, request, turnAt(residual), people);
          const inTurn = peopleInTurn("approve", request, turnAt(residual), people);
          expect(inTurn).toEqual(may ? [to.personId] : without);
          for (const one of people) {
            const standing = requestRelationOf(one, request, people);
            const given = permit({ state: "submitted", endsAt: null, ...turnAt(residual) }, "decline", standing, NOW);
            expect(given.ok).toBe(inTurn.includes(one.personId));
            if (may && without.includes(one.personId) && one !== to)
              expect(given).toEqual({ ok: false, refusal: "passed-on" });
          }
        }
  });
});
