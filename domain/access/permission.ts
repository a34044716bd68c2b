/** Who may do what: the one table of permissions, action × role (DESIGN, "People and permissions"). */
import type { Actor } from "./actor.ts";
import { ROLES, type Role } from "./role.ts";

type Scope = "own-body" | "any-body";

interface Permission {
  /** In words, for the page that shows the table. */
  means: string;
  roles: readonly Role[];
  /** `own-body`: only on what belongs to the actor's own body. */
  scope: Scope;
}

export const PERMISSIONS = {
  "portal.use": { means: "Use the portal", roles: ROLES, scope: "own-body" },
  "policy.read": { means: "Read published policies of every body served", roles: ROLES, scope: "any-body" },
  "policy.read-unpublished": {
    means: "Read policies that are not published yet",
    roles: ["policy-owner", "governance-officer"],
    scope: "own-body",
  },
  "content.read-faults": {
    means: "See what is wrong with the policy files",
    roles: ["policy-owner", "administrator"],
    scope: "own-body",
  },
  "acknowledgement.give": { means: "Accept or decline a policy version", roles: ROLES, scope: "own-body" },
  "acknowledgement.answer-decline": {
    means: "Answer those who declined a policy version",
    roles: ["policy-owner"],
    scope: "own-body",
  },
  "question.ask": { means: "Ask about a clause of a policy", roles: ROLES, scope: "own-body" },
  "question.answer": {
    means: "Answer questions about clauses, and publish notes under them",
    roles: ["policy-owner"],
    scope: "own-body",
  },
  "clause.read-counts": {
    means: "See at which clauses a policy fails its readers",
    roles: ["policy-owner", "governance-officer"],
    scope: "own-body",
  },
  "receipt.keep": { means: "Keep results of the wizard, share and delete them", roles: ROLES, scope: "own-body" },
  "continuity.declare": {
    means: "Declare and end a business continuity activity",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "continuity.read-history": {
    means: "Read which business continuity activities there were, and why",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "exception.request": { means: "Ask for an exception", roles: ROLES, scope: "own-body" },
  "exception.decide": {
    means: "Decide on exceptions of others: line managers on their team's, the senior owner where risk is high",
    roles: ["line-manager", "governance-officer", "senior-information-risk-owner"],
    scope: "own-body",
  },
  "exception.revoke": { means: "Revoke an approved exception", roles: ["governance-officer"], scope: "own-body" },
  "exception.read-register": {
    means: "Read the register of all exceptions",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "incident.report": { means: "Report accidents, and see their own reports", roles: ROLES, scope: "own-body" },
  "incident.handle": {
    means: "Handle reports of accidents: officers all but their own, the senior owner those that come to them",
    roles: ["governance-officer", "senior-information-risk-owner"],
    scope: "own-body",
  },
  "team.read": { means: "See what the own team has acknowledged", roles: ["line-manager"], scope: "own-body" },
  "governance.read": {
    means: "See how many have acknowledged, by team",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "review.read": {
    means: "Keep an eye on review dates, also as a calendar",
    roles: ["policy-owner", "governance-officer"],
    scope: "own-body",
  },
  "foi-pack.read": {
    means: "Make the pack for a freedom of information request",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "api-token.manage": {
    means: "Make and revoke tokens for programs",
    roles: ["administrator"],
    scope: "own-body",
  },
  "group.request": { means: "Register a chat group, and be in one", roles: ROLES, scope: "own-body" },
  "group.decide": {
    means: "Approve, decline and send back chat groups of others",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "group.read-register": {
    means: "Read the register of all chat groups",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "person.manage": {
    means: "Keep the directory: people, teams, roles, who has left, and where people are signed in",
    roles: ["administrator"],
    scope: "own-body",
  },
  "record.capture": { means: "Capture records from chats, and correct one's own", roles: ROLES, scope: "own-body" },
  "record.read-register": {
    means: "Search and export all captured records",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "record.dispose": {
    means: "Correct captured records, keep them longer, dispose of them",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "photo-consent.record": { means: "Record photo consents, and withdraw one's own", roles: ROLES, scope: "own-body" },
  "photo-consent.read-all": {
    means: "Read and withdraw all photo consents",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "check-held.record": {
    means: "Record checks held on how a policy is followed",
    roles: ["policy-owner", "governance-officer"],
    scope: "own-body",
  },
  "check-held.read": {
    means: "Read which checks were held",
    roles: ["policy-owner", "governance-officer", "auditor"],
    scope: "own-body",
  },
  "hold.place": {
    means: "Place holds that stop every deletion, and end them",
    roles: ["governance-officer"],
    scope: "own-body",
  },
  "hold.read-register": {
    means: "Read all holds, why they were placed, and who has confirmed",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "clear-down.oversee": {
    means: "Read the clear-downs and the disposal ledger of every group",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "schedule.manage": {
    means: "See timed work, and run it now",
    roles: ["administrator"],
    scope: "own-body",
  },
  "mail.manage": {
    means: "See which mails were sent, and send them again",
    roles: ["administrator"],
    scope: "own-body",
  },
  "evidence.read": { means: "Read the evidence", roles: ["governance-officer", "auditor"], scope: "own-body" },
  "evidence.export": {
    means: "Export the evidence of a period, signed",
    roles: ["governance-officer", "auditor"],
    scope: "own-body",
  },
  "signing-key.manage": {
    means: "See the keys that exports are signed with, and make a new one",
    roles: ["administrator"],
    scope: "own-body",
  },
  "retention.read": {
    means: "See how long everything is kept, and what was deleted",
    roles: ["governance-officer", "auditor", "administrator"],
    scope: "own-body",
  },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;

/**
 * Whether `actor` may do `action` on something that belongs to the body `on.body`.
 * Somebody without a role may do nothing.
 */
export function can(actor: Pick<Actor, "roles" | "body">, action: Action, on: { body: string }): boolean {
  const permission: Permission = PERMISSIONS[action];
  if (permission.scope === "own-body" && actor.body !== on.body) return false;
  return actor.roles.some((role) => permission.roles.includes(role));
}
