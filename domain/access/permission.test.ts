import { describe, expect, it } from "vitest";
import { can, PERMISSIONS, type Action } from "./permission.ts";
import { ROLES, type Role } from "./role.ts";

// Written out a second time, by hand: a change of the table must be meant.
const OWN_BODY: Record<Action, readonly Role[]> = {
  "portal.use": ROLES,
  "policy.read": ROLES,
  "policy.read-unpublished": ["policy-owner", "governance-officer"],
  "content.read-faults": ["policy-owner", "administrator"],
  "acknowledgement.give": ROLES,
  "acknowledgement.answer-decline": ["policy-owner"],
  "question.ask": ROLES,
  "question.answer": ["policy-owner"],
  "clause.read-counts": ["policy-owner", "governance-officer"],
  "receipt.keep": ROLES,
  "continuity.declare": ["governance-officer"],
  "continuity.read-history": ["governance-officer", "auditor"],
  "exception.request": ROLES,
  "exception.decide": ["line-manager", "governance-officer", "senior-information-risk-owner"],
  "exception.revoke": ["governance-officer"],
  "exception.read-register": ["governance-officer", "auditor"],
  "incident.report": ROLES,
  "incident.handle": ["governance-officer", "senior-information-risk-owner"],
  "team.read": ["line-manager"],
  "governance.read": ["governance-officer"],
  "review.read": ["policy-owner", "governance-officer"],
  "foi-pack.read": ["governance-officer"],
  "api-token.manage": ["administrator"],
  "group.request": ROLES,
  "group.decide": ["governance-officer"],
  "group.read-register": ["governance-officer", "auditor"],
  "person.manage": ["administrator"],
  "record.capture": ROLES,
  "record.read-register": ["governance-officer", "auditor"],
  "record.dispose": ["governance-officer"],
  "photo-consent.record": ROLES,
  "photo-consent.read-all": ["governance-officer"],
  "check-held.record": ["policy-owner", "governance-officer"],
  "check-held.read": ["policy-owner", "governance-officer", "auditor"],
  "hold.place": ["governance-officer"],
  "hold.read-register": ["governance-officer", "auditor"],
  "clear-down.oversee": ["governance-officer", "auditor"],
  "schedule.manage": ["administrator"],
  "mail.manage": ["administrator"],
  "evidence.read": ["governance-officer", "auditor"],
  "permission.read": ["auditor", "administrator"],
  "person.find": ROLES,
  "own-data.read": ROLES,
  "mail.read": ROLES,
  "acknowledgement.read": ROLES,
  "question.read": ROLES,
  "receipt.read": ROLES,
  "exception.read": ROLES,
  "exception.change": ROLES,
  "exception.complete-mitigation": ROLES,
  "incident.read": ROLES,
  "group.read": ROLES,
  "group.run": ROLES,
  "clear-down.read": ROLES,
  "clear-down.confirm": ROLES,
  "hold.read": ROLES,
  "record.read": ROLES,
  "record.correct": ROLES,
  "photo-consent.read": ROLES,
};
const OTHER_BODY: Record<Action, readonly Role[]> = {
  "portal.use": [],
  "policy.read": ROLES,
  "policy.read-unpublished": [],
  "content.read-faults": [],
  "acknowledgement.give": [],
  "acknowledgement.answer-decline": [],
  "question.ask": [],
  "question.answer": [],
  "clause.read-counts": [],
  "receipt.keep": [],
  "continuity.declare": [],
  "continuity.read-history": [],
  "exception.request": [],
  "exception.decide": [],
  "exception.revoke": [],
  "exception.read-register": [],
  "incident.report": [],
  "incident.handle": [],
  "team.read": [],
  "governance.read": [],
  "review.read": [],
  "foi-pack.read": [],
  "api-token.manage": [],
  "group.request": [],
  "group.decide": [],
  "group.read-register": [],
  "person.manage": [],
  "record.capture": [],
  "record.read-register": [],
  "record.dispose": [],
  "photo-consent.record": [],
  "photo-consent.read-all": [],
  "check-held.record": [],
  "check-held.read": [],
  "hold.place": [],
  "hold.read-register": [],
  "clear-down.oversee": [],
  "schedule.manage": [],
  "mail.manage": [],
  "evidence.read": [],
  "permission.read": [],
  "person.find": [],
  "own-data.read": [],
  "mail.read": [],
  "acknowledgement.read": [],
  "question.read": [],
  "receipt.read": [],
  "exception.read": [],
  "exception.change": [],
  "exception.complete-mitigation": [],
  "incident.read": [],
  "group.read": [],
  "group.run": [],
  "clear-down.read": [],
  "clear-down.confirm": [],
  "hold.read": [],
  "record.read": [],
  "record.correct": [],
  "photo-consent.read": [],
};

const actions = Object.keys(PERMISSIONS) as Action[];

describe.each(actions)("%s", (action) => {
  it.each(ROLES)("as %s", (role) => {
    const actor = { roles: [role], body: "nao" };
    expect(can(actor, action, { body: "nao" }), "own body").toBe(OWN_BODY[action].includes(role));
    expect(can(actor, action, { body: "nottingham" }), "another body").toBe(OTHER_BODY[action].includes(role));
  });

  it("is refused without a role", () => {
    expect(can({ roles: [], body: "nao" }, action, { body: "nao" })).toBe(false);
  });

  it("adds up several roles", () => {
    const roles: Role[] = ["employee", "policy-owner"];
    expect(can({ roles, body: "nao" }, action, { body: "nao" })).toBe(
      roles.some((role) => OWN_BODY[action].includes(role)),
    );
  });
});
