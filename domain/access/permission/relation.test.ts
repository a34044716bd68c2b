import { DEFAULT_RULES } from "#domain/testing/exception-rules.ts";
import { describe, expect, it } from "vitest";
import type { Membership } from "#domain/registers/group/member.ts";
import { GROUP_COMMANDS, mayDo, mayReadGroup, type GroupCommand } from "#domain/registers/group/state.ts";
import { ownsMitigation } from "#domain/policy/exception/mitigation.ts";
import { MITIGATION_OWNERS, type MitigationOwner } from "#domain/base/risk/risk.ts";
import { requestRelationOf as exceptionStandingOf } from "#domain/policy/exception/decider.ts";
import { EXCEPTION_COMMANDS, permit, type ExceptionCommand } from "#domain/policy/exception/state.ts";
import { incidentRelationOf } from "#domain/registers/incident/reach.ts";
import { readerOf } from "#domain/answers/receipt/receipt.ts";
import { capacitiesOf } from "./capacity.ts";
import { type Action, grantsOf, may, PERMISSIONS, type Relation, relationsOf, type Role, ROLES } from "./permission.ts";

// What the table says must be what the rules do: each rule that looks at more than roles, with each role, on each relation.

const actions = Object.keys(PERMISSIONS) as Action[];
const NOW = new Date("2026-11-24T12:00:00Z");
const as = (role: Role, body = "nao") => ({ personId: "me", roles: [role], body, team: null });

/** The relations that tell things apart; "others" stands for somebody without any of the nearer ones. */
type Stands = Extract<Relation, "own" | "involved" | "team" | "others">;

function says(action: Action, role: Role, relation: Stands): boolean {
  const grants = grantsOf(action, role);
  const also: readonly Relation[] = relation === "own" ? ["own-body"] : ["others", "own-body"];
  return [relation, ...also].some((one) => grants.includes(one));
}

describe.each(actions)("%s", (action) => {
  it("reaches another body only where it says so", () => {
    const isWide = "scope" in PERMISSIONS[action];
    for (const role of ROLES)
      expect(may(as(role, "nottingham"), action, { body: "nao", ownerId: "me", isInvolved: true }), role).toBe(
        isWide && grantsOf(action, role).length > 0,
      );
  });
});

it("tells the relations of somebody to a thing", () => {
  const me = { personId: "me", body: "nao" };
  expect(relationsOf(me, { body: "nao", ownerId: "me" })).toEqual(["own", "own-body", "any-body"]);
  expect(relationsOf(me, { body: "nao", ownerId: "me", managerId: "me" })).not.toContain("team");
  expect(relationsOf(me, { body: "nao", ownerId: "you", managerId: "me" })).toContain("team");
  expect(relationsOf(me, { body: "nao", isInvolved: true })).toEqual(["involved", "others", "own-body", "any-body"]);
  expect(relationsOf(me, { body: "nottingham", ownerId: "me", isInvolved: true })).toEqual(["any-body"]);
});

it("does nothing for somebody without a role", () => {
  const nobody = { personId: "me", roles: [], body: "nao" };
  for (const action of actions) expect(may(nobody, action, { body: "nao", ownerId: "me" }), action).toBe(false);
});

describe.each(ROLES)("as %s", (role) => {
  const actor = as(role);

  it.each(["own", "team", "others"] as const)("exceptions, %s", (relation) => {
    const request = {
      body: "nao",
      requesterId: relation === "own" ? "me" : "you",
      managerId: relation === "team" ? "me" : "somebody",
      isManagerSelfMade: false,
      ...({ scope: "person", teamId: null, groupMemberIds: [], teamManagerId: null } as const),
      ...({ coveredWhenSent: [], approvedBy: [], passedToId: null, hasRequesterLeft: false } as const),
    };
    const capacities = capacitiesOf(actor, request);
    // With nobody else there, and beside everybody who usually decides: what can be done in neither cannot be done.
    const others = ROLES.map((one) => ({ ...as(one), personId: one === "line-manager" ? request.managerId : one }));
    const standings = [[], others].map((deciders) => exceptionStandingOf(actor, request, deciders));
    // Whatever the state and the risk: what can be done in none of them cannot be done.
    const can = (command: ExceptionCommand) =>
      (["draft", "submitted", "changes-requested", "approved"] as const).some((state) =>
        [1, 25].some((residual) =>
          standings.some(
            (standing) =>
              permit(
                { state, endsAt: null, residual, decide: DEFAULT_RULES.decide, approvals: 0 },
                command,
                standing,
                NOW,
              ).ok,
          ),
        ),
      );
    const actionOf = (command: ExceptionCommand): Action | null => {
      if (["edit", "discard", "submit", "withdraw", "extend"].includes(command)) return "exception.change";
      if (["approve", "decline", "request-changes", "pass-on"].includes(command)) return "exception.decide";
      return ["revoke", "give-more-time"].includes(command) ? "exception.revoke" : null; // who completes a mitigation: below
    };
    for (const command of EXCEPTION_COMMANDS) {
      const action = actionOf(command);
      if (action) expect(can(command), command).toBe(says(action, role, relation));
    }
    const isReader = capacities.length > 0 || says("exception.read-register", role, relation);
    expect(isReader).toBe(says("exception.read", role, relation));
    const owners = Object.keys(MITIGATION_OWNERS) as MitigationOwner[];
    const sees = owners.some((owner) => ownsMitigation(actor, request, owner));
    // Who manages a team without the role any more still sees to what they were named for.
    if (relation !== "team") expect(sees).toBe(says("exception.complete-mitigation", role, relation));
  });

  it("reports of accidents", () => {
    const reported = {
      body: "nao",
      reporterId: "you",
      managerId: null,
      keptFromId: null,
      isKeptFromOfficers: false,
      isWithSenior: false,
      ownerIds: [],
    };
    const isReader = (of: object) => incidentRelationOf(actor, { ...reported, ...of }) !== null;
    const isHandler = (of: object) => incidentRelationOf(actor, { ...reported, ...of }) === "handler";
    expect(isReader({ reporterId: "me" })).toBe(says("incident.read", role, "own"));
    expect(isReader({ managerId: "me" })).toBe(says("incident.read", role, "involved"));
    expect(isReader({ ownerIds: ["me"] })).toBe(says("incident.read", role, "involved"));
    expect(isReader({})).toBe(says("incident.read", role, "others"));
    expect(isHandler({ reporterId: "me" })).toBe(says("incident.handle", role, "own"));
    expect(isHandler({})).toBe(says("incident.handle", role, "others"));
    expect(isHandler({ isWithSenior: true })).toBe(says("incident.handle", role, "involved"));
  });

  it.each(["own", "involved", "others"] as const)("chat groups, %s", (relation) => {
    const member: Membership = {
      personId: relation === "involved" ? "me" : "somebody",
      role: "administrator",
      hasLeft: false,
      consentedAt: NOW,
      withdrawnAt: null,
      refusedAt: null,
      removalWantedAt: null,
      removedAt: null,
      awayFrom: null,
      awayUntil: null,
    };
    const entry = {
      ...({
        body: "nao",
        requesterId: relation === "own" ? "me" : "you",
        kind: "emergency",
        leastAdministrators: 2,
        members: [member],
      } as const),
    };
    expect(mayReadGroup(actor, { ...entry, state: "approved" })).toBe(says("group.read", role, relation));
    const can = (command: GroupCommand) =>
      (["requested", "sent-back", "approved"] as const).some((state) => mayDo(actor, command, { ...entry, state }));
    for (const command of GROUP_COMMANDS) {
      const isDecision = ["approve", "decline", "send-back"].includes(command);
      if (isDecision) expect(can(command), command).toBe(says("group.decide", role, relation));
      else if (!["log-alert", "review", "confirm-settings"].includes(command))
        expect(can(command), command).toBe(says("group.run", role, relation));
    }
  });

  it.each(["own", "team", "others"] as const)("kept results, %s", (relation) => {
    const kept = { body: "nao", personId: relation === "own" ? "me" : "you", sharedWithManagerAt: NOW };
    const reader = readerOf(actor, { ...kept, managerId: relation === "team" ? "me" : null });
    expect(reader !== null).toBe(says("receipt.read", role, relation));
  });
});
