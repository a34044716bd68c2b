/** Who may do what: the one table of permissions, action × role (docs/design.md, "People and permissions"). */
import { z } from "zod";

/** The roles of a person in a body (docs/design.md, "People and permissions"). */
export const ROLES = [
  "employee",
  "line-manager",
  "governance-officer",
  "policy-owner",
  "auditor",
  "senior-information-risk-owner",
  "administrator",
] as const;

export type Role = (typeof ROLES)[number];

/** Roles as they are stored; fails on a name that is not in the list, rather than dropping it. */
export const rolesSchema = z.array(z.enum(ROLES));

export const ROLE_NAMES = {
  employee: "Employee",
  "line-manager": "Line manager",
  "governance-officer": "Governance officer",
  "policy-owner": "Policy owner",
  auditor: "Auditor",
  "senior-information-risk-owner": "Senior information risk owner",
  administrator: "Administrator",
} as const satisfies Record<Role, string>;

/** The roles that somebody has themselves. */
export const ownRoles = ({ roles, standsInAs = [] }: Pick<Actor, "roles" | "standsInAs">): Role[] =>
  roles.filter((role) => !standsInAs.includes(role));

export interface Actor {
  personId: string;
  name: string;
  email: string;
  /** Their own, and those in which they stand in. */
  roles: Role[];
  /** Those of `roles` that they do not have themselves: as a deputy, or because nobody who has them is there. */
  standsInAs?: readonly Role[];
  /** Slug of the body they belong to. */
  body: string;
  /** Which of the body's employers, by name. */
  employer: string;
  /** Id of their team. */
  team: string | null;
}

/** From the nearest to the widest. */
export const RELATIONS = ["own", "involved", "team", "others", "own-body", "any-body"] as const;
export type Relation = (typeof RELATIONS)[number];

/** In a word or two, for a cell of the table of permissions. */
export const RELATION_WORDS = {
  own: "Their own",
  involved: "Where named",
  team: "Their team’s",
  others: "Others’",
  "own-body": "All",
  "any-body": "All, every body",
} as const satisfies Record<Relation, string>;

/** The same at length, for what explains the table. */
export const RELATION_MEANINGS = {
  own: "What they wrote, asked for, reported or recorded themselves.",
  involved:
    "What names them: they are in the group, were told of the accident, are under the hold, or were given the link.",
  team: "What somebody in a team that they manage wrote or asked for. Never their own.",
  others: "What anybody else in their body wrote or asked for. Nobody decides on their own requests.",
  "own-body": "Everything of the body that they belong to.",
  "any-body": "Everything of every body that this portal serves.",
} as const satisfies Record<Relation, string>;

interface Thing {
  body: string;
  /** Whose it is: who wrote, asked, reported or recorded it. */
  ownerId?: string | null;
  /** Who manages the owner's team now. */
  managerId?: string | null;
  /** Whether it names the actor. */
  isInvolved?: boolean;
}

/** Every relation in which an actor stands to a thing, the nearest first. */
export function relationsOf(
  actor: Pick<Actor, "personId" | "body">,
  { body, ownerId = null, managerId = null, isInvolved = false }: Thing,
): Relation[] {
  if (actor.body !== body) return ["any-body"];
  const isOwn = actor.personId === ownerId;
  return [
    ...(isOwn ? (["own"] as const) : []),
    ...(isInvolved ? (["involved"] as const) : []),
    ...(!isOwn && actor.personId === managerId ? (["team"] as const) : []),
    ...(isOwn ? [] : (["others"] as const)),
    ...(["own-body", "any-body"] as const),
  ];
}

interface Permission {
  /** In words, for the page that shows the table. */
  means: string;
  /** Who may do it on everything of their own body; or else `on`. */
  roles?: readonly Role[];
  /** Who may do it on which things of their own body, by relation. */
  on?: Partial<Record<Relation, readonly Role[]>>;
  /** Not only on what belongs to the actor's own body. */
  scope?: "any-body";
  /** What else decides, in one sentence, for the page that shows the table. */
  but?: string;
}

export const PERMISSIONS = {
  "portal.use": { means: "Use the portal", roles: ROLES },
  "policy.read": { means: "Read published policies of every body served", roles: ROLES, scope: "any-body" },
  "policy.read-unpublished": {
    means: "Read policies that are not published yet",
    roles: ["policy-owner", "governance-officer", "senior-information-risk-owner"],
  },
  "policy.propose": {
    means: "Propose that a version be published, withdraw that, and publish it once it is signed",
    roles: ["policy-owner"],
  },
  "policy.sign": {
    means: "Sign a version that is proposed to be published, or send it back",
    on: { others: ["policy-owner", "governance-officer", "senior-information-risk-owner"] },
    but: "Only the roles that the body’s file names, or the next up the line where too few are there.",
  },
  "policy.edit-draft": {
    means: "Begin drafts of policies, and write their text and rules",
    roles: ["policy-owner"],
    but: "What is published never changes.",
  },
  "content.read-faults": { means: "See what is wrong with the policy files", roles: ["policy-owner", "administrator"] },
  "acknowledgement.give": { means: "Accept or decline a policy version", on: { own: ROLES } },
  "acknowledgement.answer-decline": {
    means: "Read and answer declines of a policy version",
    on: { others: ["policy-owner", "governance-officer", "senior-information-risk-owner"] },
    but: "A governance officer where there is no other policy owner, the senior owner where there is no officer either.",
  },
  "acknowledgement.follow-up": {
    means: "See by name who has answered a policy, and remind those who have not",
    roles: ["governance-officer", "policy-owner"],
    but: "Line managers do so for their own people.",
  },
  "acknowledgement.record-paper": {
    means: "Record an answer that somebody gave on paper, and withdraw a wrong recording",
    on: { others: ["governance-officer", "policy-owner"] },
    but: "Nobody records their own answer.",
  },
  "campaign.manage": {
    means: "Ask people to answer a policy by a date: make, start, change and stop campaigns",
    roles: ["governance-officer", "policy-owner"],
  },
  "question.ask": { means: "Ask about a clause of a policy, and suggest a change to it", on: { own: ROLES } },
  "question.answer": {
    means: "Answer questions about clauses and suggestions, and publish notes under clauses",
    on: { others: ["policy-owner"] },
    but: "What the only policy owner asks goes to a governance officer, or else to the senior owner.",
  },
  "clause.read-counts": {
    means: "See which clauses of a policy cause trouble",
    roles: ["policy-owner", "governance-officer"],
  },
  "receipt.keep": { means: "Keep results of the check, share and delete them", on: { own: ROLES } },
  "continuity.declare": { means: "Declare and end a business continuity activity", roles: ["governance-officer"] },
  "continuity.read-history": {
    means: "Read which business continuity activities there were, and why",
    roles: ["governance-officer", "auditor"],
  },
  "exception.request": { means: "Ask for an exception", on: { own: ROLES } },
  "exception.decide": {
    means: "Decide on exceptions",
    on: { team: ["line-manager"], others: ["governance-officer", "senior-information-risk-owner"] },
    but: "Never on one that covers them, as one of the team for instance. Where the remaining risk is high, the line manager cannot; where it is not, the senior owner only if nobody else may.",
  },
  "exception.revoke": {
    means: "Revoke an approved exception, or give more time for a condition",
    on: { others: ["governance-officer", "senior-information-risk-owner"] },
    but: "Never one that covers them. The senior owner only if no governance officer may.",
  },
  "deputy.name": {
    means: "Name a deputy for a time, and end that",
    on: {
      own: ["line-manager", "governance-officer", "policy-owner", "senior-information-risk-owner"],
      "own-body": ["administrator"],
    },
    but: "A deputy has the same role or a higher one; an officer can stand in for the senior owner, anybody for an administrator. Nobody names themselves.",
  },
  "absence.record": {
    means: "Read and record when somebody is away",
    on: { own: ROLES, team: ["line-manager"], others: ["administrator"] },
  },
  "exception.note": {
    means: "Write notes on a request, for those who decide",
    on: { team: ["line-manager"], others: ["governance-officer", "senior-information-risk-owner"] },
    but: "Never on one that covers them. Auditors read the notes.",
  },
  "exception.read-register": { means: "Read the register of all exceptions", roles: ["governance-officer", "auditor"] },
  "exception.publish-register": {
    means: "Save the register of exceptions of a year for publication, without anybody in it",
    roles: ["governance-officer"],
    but: "Only where the body publishes it.",
  },
  "policy-debt.consider": {
    means: "Look at clauses that many exceptions depart from, and say why the policy stays as it is",
    roles: ["policy-owner"],
  },
  "outside-rule.read-change": {
    means: "Read what changed in rules from outside, and say what follows for the policies",
    roles: ["policy-owner"],
  },
  "incident.report": { means: "Report accidents, and answer the steps of the report", on: { own: ROLES } },
  "incident.handle": {
    means: "Handle reports of accidents",
    on: { others: ["governance-officer"], involved: ["senior-information-risk-owner"] },
    but: "A report about a governance officer goes to the senior owner alone.",
  },
  "incident.read-breaches": {
    means: "Read the register of breaches: times and chosen answers, without names and texts",
    roles: ["governance-officer", "senior-information-risk-owner", "auditor"],
    but: "Nobody sees one that is kept from them.",
  },
  "team.read": { means: "See what your team has acknowledged", on: { team: ["line-manager"] } },
  "governance.read": { means: "See how many have acknowledged, by team", roles: ["governance-officer"] },
  "board.read": {
    means: "Read the board’s report, which has no names and no small numbers",
    roles: ["senior-information-risk-owner", "governance-officer", "auditor", "policy-owner"],
  },
  "figure.read": {
    means: "Read the figures that requesters ask for, for any period, without names and small numbers",
    roles: ["governance-officer", "senior-information-risk-owner", "auditor"],
  },
  "review.read": {
    means: "Keep an eye on review dates, also as a calendar",
    roles: ["policy-owner", "governance-officer"],
  },
  "foi-pack.read": { means: "Make the pack for a freedom of information request", roles: ["governance-officer"] },
  "api-token.manage": { means: "Make and revoke tokens for programs", roles: ["administrator"] },
  "group.request": { means: "Register a chat group, and be in one", on: { own: ROLES } },
  "group.decide": {
    means: "Approve, decline and send back chat groups",
    on: { others: ["governance-officer"] },
    but: "What the only officer asks for goes to the senior owner.",
  },
  "app.read": { means: "Read the register of apps", roles: ROLES },
  "app.decide": {
    means: "Decide which apps may be used, and on what conditions",
    roles: ["governance-officer", "senior-information-risk-owner"],
  },
  "phone-return.start": {
    means: "Say that a phone is replaced, wiped, lost or handed in, and what was moved from it",
    on: { own: ROLES, team: ["line-manager"], others: ["governance-officer"] },
  },
  "phone-return.answer": {
    means: "Say what was moved from a phone that goes, and check it",
    on: { own: ROLES, involved: ROLES },
    but: "Who checks is the body’s rule: the line manager, an administrator or a governance officer. Nobody checks their own.",
  },
  "phone-return.read": {
    means: "Read what was moved from a phone that went, and who checked",
    on: { own: ROLES, involved: ROLES, "own-body": ["governance-officer", "auditor"] },
  },
  "phone-return.read-register": {
    means: "Read the register of phone returns",
    roles: ["governance-officer", "auditor"],
  },
  "group.read-register": { means: "Read the register of all chat groups", roles: ["governance-officer", "auditor"] },
  "person.manage": {
    means: "Keep the directory: people, teams, roles, who has left, and where people are signed in",
    on: { others: ["administrator"] },
  },
  "account.release": {
    means: "Release somebody from the work account that they sign in with",
    on: { others: ["administrator"] },
  },
  "record.capture": { means: "Capture records from chats, and correct your own", on: { own: ROLES } },
  "record.read-register": { means: "Search and export all captured records", roles: ["governance-officer", "auditor"] },
  "record.dispose": {
    means: "Correct captured records, keep them longer, dispose of them",
    roles: ["governance-officer"],
  },
  "information-request.handle": {
    means: "Enter, handle and close information requests and complaints about data, and ask people to search",
    on: { others: ["governance-officer", "senior-information-risk-owner"] },
    but: "Nobody handles their own complaint.",
  },
  "information-request.read-register": {
    means: "Read all information requests and complaints about data, and what was searched",
    on: { others: ["governance-officer", "senior-information-risk-owner", "auditor"] },
    but: "Auditors read no free text.",
  },
  "complaint.make": { means: "Complain about how your data was handled, and read what came of it", on: { own: ROLES } },
  "search-request.answer": {
    means: "Search for an information request when asked, and answer",
    on: { involved: ROLES },
  },
  "photo-consent.record": { means: "Record photo consents, and withdraw your own", on: { own: ROLES } },
  "photo-consent.read-all": { means: "Read and withdraw all photo consents", roles: ["governance-officer"] },
  "check-held.record": {
    means: "Record checks held on how a policy is followed",
    roles: ["policy-owner", "governance-officer"],
  },
  "check-held.read": { means: "Read which checks were held", roles: ["policy-owner", "governance-officer", "auditor"] },
  "check-sample.run": {
    means: "Ask people chosen at random about situations of a policy, and see what each answered",
    roles: ["governance-officer"],
  },
  "check-sample.read": {
    means: "Read the results of such checks, without names",
    roles: ["policy-owner", "governance-officer", "auditor"],
  },
  "check-sample.answer": { means: "Answer such a check", on: { involved: ROLES } },
  "hold.place": { means: "Place holds that stop every deletion, and end them", roles: ["governance-officer"] },
  "hold.read-register": {
    means: "Read all holds, why they were placed, and who has confirmed",
    roles: ["governance-officer", "auditor"],
  },
  "clear-down.oversee": {
    means: "Read the clear-downs and the disposal ledger of every group",
    roles: ["governance-officer", "auditor"],
  },
  "schedule.manage": { means: "See timed work, and run it now", roles: ["administrator"] },
  "health.read": {
    means: "See how the portal is: versions, database, mail, disk, backups, and what to do",
    roles: ["administrator"],
  },
  "mail.manage": { means: "See which mails were sent, and send them again", roles: ["administrator"] },
  "evidence.read": { means: "Read the evidence", roles: ["governance-officer", "auditor"] },
  "evidence.export": { means: "Export the evidence of a period, signed", roles: ["governance-officer", "auditor"] },
  "webhook.manage": {
    means: "Name addresses outside to which kinds of event go, and see what was sent",
    roles: ["administrator"],
  },
  "signing-key.manage": {
    means: "See the keys that exports are signed with, make a new one, and revoke one",
    roles: ["administrator"],
  },
  "retention.read": {
    means: "See how long everything is kept, and what was deleted",
    roles: ["governance-officer", "auditor", "administrator"],
  },
  "name-doubt.settle": {
    means: "See which texts may still name somebody who left, and settle it",
    roles: ["governance-officer"],
  },
  "person.search-registers": {
    means: "Search all registers for one person, and make a pack of what is held about them",
    roles: ["governance-officer"],
    but: "Reports that are kept from governance officers are left out.",
  },
  "embedding.read": {
    means: "See how the intranet of the body shows the matrix and the check",
    roles: ["administrator", "policy-owner"],
  },
  "permission.read": { means: "See this table of who may do what", roles: ["auditor", "administrator"] },
  "person.find": { means: "Find colleagues by name, to add them to something", roles: ROLES },
  "own-data.read": { means: "See and download your own data, and end your sessions", on: { own: ROLES } },
  "mail.read": {
    means: "Read a mail that the portal sent",
    on: { own: ROLES, "own-body": ["administrator"] },
    but: "Of mail about accidents to somebody else, administrators see that it was sent, not what it says.",
  },
  "acknowledgement.read": { means: "Read an answer to a policy, and its certificate", on: { own: ROLES } },
  "question.read": { means: "Read a question about a clause", on: { own: ROLES, "own-body": ["policy-owner"] } },
  "receipt.read": {
    means: "Read a kept result",
    on: { own: ROLES, involved: ROLES, team: ["line-manager"] },
    but: "Line managers can read what was shared with them; others need a link from the person who kept it.",
  },
  "exception.read": {
    means: "Read a request for an exception",
    on: {
      own: ROLES,
      involved: ROLES,
      team: ["line-manager"],
      "own-body": ["governance-officer", "auditor", "senior-information-risk-owner"],
    },
    but: "Only its writer can read a draft. People it covers can read what it permits, not the reasons.",
  },
  "exception.change": {
    means: "Write, send, withdraw, extend and discard a request for an exception",
    on: { own: ROLES },
  },
  "exception.complete-mitigation": {
    means: "Say that a mitigation is done, or a condition met",
    on: { own: ROLES, team: ["line-manager"], others: ["governance-officer", "policy-owner"] },
    but: "The person that the request names for it; a condition is for the person who holds the exception.",
  },
  "incident.read": {
    means: "Read a report of an accident",
    on: { own: ROLES, involved: ROLES, others: ["governance-officer"] },
    but: "The person a report is about cannot see it. Line managers who were told can read what was reported, not the case; somebody who was given an action can read only that.",
  },
  "group.read": {
    means: "Read the entry of a chat group",
    on: { own: ROLES, involved: ROLES, "own-body": ["governance-officer", "auditor"] },
  },
  "group.run": {
    means: "Change a chat group, its people and its review, and close it",
    on: { own: ROLES, involved: ROLES, "own-body": ["governance-officer"] },
    but: "The person who asked for it until it is approved, then its administrators. Officers can close it, and step in if too few are left.",
  },
  "clear-down.read": {
    means: "Read the clear-downs of a chat group",
    on: { involved: ROLES, "own-body": ["governance-officer", "auditor"] },
    but: "The ledger is read by the group’s administrators, governance officers and auditors.",
  },
  "clear-down.confirm": {
    means: "Confirm a clear-down of a chat group",
    on: { involved: ROLES },
    but: "Who deletes depends on the group's rule: its administrators, or each member.",
  },
  "hold.read": {
    means: "Read what a hold says not to delete, and confirm it",
    on: { involved: ROLES, "own-body": ["governance-officer", "auditor"] },
    but: "Only the people it concerns can confirm it.",
  },
  "record.read": {
    means: "Read a captured record",
    on: { own: ROLES, involved: ROLES, "own-body": ["governance-officer", "auditor"] },
    but: "Somebody on whose behalf it was captured can read it.",
  },
  "record.correct": {
    means: "Correct a captured record",
    on: { own: ROLES, "own-body": ["governance-officer"] },
    but: "Nobody, once it is disposed of.",
  },
  "photo-consent.read": {
    means: "Read and withdraw a photo consent",
    on: { own: ROLES, "own-body": ["governance-officer"] },
  },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;

/**
 * Whether `actor` may do `action` on something or other that belongs to the body `on.body`.
 * Somebody without a role may do nothing.
 */
export function can(actor: Pick<Actor, "roles" | "body">, action: Action, on: { body: string }): boolean {
  const permission: Permission = PERMISSIONS[action];
  if (permission.scope !== "any-body" && actor.body !== on.body) return false;
  return actor.roles.some((role) => grantsOf(action, role).length > 0);
}

/** On which things a role may do an action, the nearest first; none where it may not at all. */
export function grantsOf(action: Action, role: Role): Relation[] {
  const { roles, scope, on }: Permission = PERMISSIONS[action];
  if (!on) return roles?.includes(role) ? [scope ?? "own-body"] : [];
  return RELATIONS.filter((relation) => on[relation]?.includes(role));
}

/** Whether `actor` may do `action` on this thing: one of their roles has it on a relation in which they stand to it. */
export function may(actor: Pick<Actor, "personId" | "roles" | "body">, action: Action, thing: Thing): boolean {
  const relations = relationsOf(actor, thing);
  return actor.roles.some((role) => grantsOf(action, role).some((relation) => relations.includes(relation)));
}
