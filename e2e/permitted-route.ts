import type { Action } from "../domain/access/permission/permission.ts";
import { ROLES, type Role } from "../domain/access/permission/role.ts";
import type { RecordName } from "./permitted-record.ts";

/** What an address answers, and who may use it. */
export interface PermittedRoute {
  /** `page`: GET; 404 for those who may not. `form`: POST; 404, and nothing changes. The others need no session. */
  kind: "page" | "form" | "open" | "program" | "secret";
  /** Which line of the table of permissions decides; null if none does. */
  action: Action | null;
  /** The thing that the address names; without one, everything in the body. */
  record?: RecordName | undefined;
  /** Who may not all the same, because of the thing's state. */
  not?: readonly Role[];
  /** The query that the page needs to show something. */
  query?: string;
  /** The request that a program makes. */
  method?: "GET" | "POST";
}

const page = (
  action: Action,
  record?: RecordName,
  more: Pick<PermittedRoute, "not" | "query"> = {},
): PermittedRoute => ({
  kind: "page",
  action,
  record,
  ...more,
});
const form = (action: Action, record?: RecordName): PermittedRoute => ({ kind: "form", action, record });
/** For everybody, signed in or not. */
const open = (): PermittedRoute => ({ kind: "open", action: null });
/** 401 without a valid token, also for people with a session. */
const program = (method: "GET" | "POST" = "GET"): PermittedRoute => ({ kind: "program", action: null, method });
/** 404 for everybody who does not know the secret in it. */
const secret = (): PermittedRoute => ({ kind: "secret", action: null });

const OFFICER: readonly Role[] = ["governance-officer"];
/** They answer declines only where there is no other policy owner. */
const ABOVE_THE_OWNER: readonly Role[] = ["governance-officer", "senior-information-risk-owner"];

/**
 * Every address of the portal, and which line of the table of permissions decides on it: one line each. A new route
 * missing here fails the walk in permission.spec.ts, and so does an answer that differs from the table's.
 */
export const PERMITTED_ROUTES: Readonly<Record<string, PermittedRoute>> = {
  // For everybody
  "/accessibility-statement": open(),
  "/privacy": open(),
  "/problem": open(),
  "/sign-in": open(),
  "/sign-in/again": open(),
  "/sign-in/callback": open(),
  "/sign-in/send": open(),
  "/sign-in/start": open(),
  "/sign-out": open(),
  "/sign-out/done": open(),
  "/groups/join/done": open(),
  "/groups/join/[token]": secret(),
  "/groups/join/[token]/send": secret(),
  "/tasks/feed/[token]": secret(),

  // For programs
  "/.well-known/jwks.json": open(),
  "/api/health": open(),
  "/api/health/ready": open(),
  "/api/metrics": program(),
  "/api/backup": program("POST"),
  "/api/people/import": program("POST"),
  "/scim/v2/[[...path]]": program(),
  "/api/evidence/verify": program("POST"),
  "/api/signing-keys": program("POST"),
  "/api/v1/openapi.json": open(),
  "/api/v1/[[...path]]": program(),
  "/api/v1/policies": program(),
  "/api/v1/policies/[slug]": program(),
  "/api/v1/policies/[slug]/clauses": program(),
  "/api/v1/policies/[slug]/evaluate": program("POST"),
  "/api/v1/policies/[slug]/outcomes": program(),
  "/api/v1/policies/[slug]/questions": program(),
  "/api/v1/policies/[slug]/versions": program(),
  "/api/v1/policies/[slug]/versions/[version]": program(),
  "/api/v1/policies/[slug]/versions/[version]/clauses": program(),
  "/api/v1/policies/[slug]/versions/[version]/evaluate": program("POST"),
  "/api/v1/policies/[slug]/versions/[version]/outcomes": program(),
  "/api/v1/policies/[slug]/versions/[version]/questions": program(),

  // Everybody's own
  "/": page("portal.use"),
  "/me": page("own-data.read"),
  "/me/data": page("own-data.read"),
  "/me/data/zip": page("own-data.read"),
  "/me/send": form("own-data.read"),
  "/me/digest/send": form("own-data.read"),
  "/tasks": page("portal.use"),
  "/tasks/feed/send": form("own-data.read"),
  "/search": page("portal.use"),

  // Policies, and deciding by them
  "/check": page("policy.read", undefined, { query: "?policy=nao" }),
  "/check/message": page("policy.read", undefined, { query: "?policy=nao&device=work&purpose=file" }),
  "/matrix": page("policy.read", undefined, { query: "?policy=nao" }),
  "/matrix.csv": page("policy.read", undefined, { query: "?policy=nao" }),
  "/matrix.svg": page("policy.read", undefined, { query: "?policy=nao" }),
  "/policies": page("policy.read"),
  "/policies/compare": page("policy.read"),
  "/policies/reviews.ics": page("review.read"),
  "/policies/[slug]": page("policy.read"),
  "/policies/[slug]/card": page("policy.read"),
  "/policies/[slug]/poster": page("acknowledgement.give"),
  "/policies/[slug]/changes": page("policy.read"),
  "/policies/[slug]/coverage": page("policy.read"),
  "/policies/[slug]/map": page("policy.read"),
  "/policies/[slug]/on": page("policy.read"),
  "/policies/[slug]/on/[date]": page("policy.read"),
  "/policies/[slug]/outcomes": page("policy.read"),
  "/policies/[slug]/outcomes.csv": page("policy.read"),
  "/policies/[slug]/outcomes.json": page("policy.read"),
  "/policies/[slug]/rules.dmn": page("policy.read"),
  "/policies/[slug]/situations.csv": page("policy.read"),
  "/policies/[slug]/versions/[version]": page("policy.read"),
  "/policies/[slug]/versions/[version]/print.css": page("policy.read"),
  "/policies/[slug]/versions/[version]/rules.dmn": page("policy.read"),
  "/policies/[slug]/on/[date]/foi-pack": page("foi-pack.read"),
  "/policies/[slug]/on/[date]/foi-pack/send": form("foi-pack.read"),
  "/policies/[slug]/clauses": page("clause.read-counts"),
  "/policies/[slug]/clauses.csv": page("clause.read-counts"),
  "/policies/[slug]/debt": page("policy-debt.consider", undefined, { query: "?clause=4.3" }),
  "/policies/[slug]/debt/send": form("policy-debt.consider"),
  "/content": page("content.read-faults"),

  // Answers and questions
  "/policies/[slug]/acknowledge": page("acknowledgement.give"),
  "/policies/[slug]/acknowledge/send": form("acknowledgement.give"),
  "/acknowledgements": page("acknowledgement.read"),
  "/acknowledgements/[reference]": page("acknowledgement.read", "accepted"),
  "/acknowledgements/[reference]/reply": page("acknowledgement.answer-decline", "declined", { not: ABOVE_THE_OWNER }),
  "/acknowledgements/[reference]/reply/send": {
    ...form("acknowledgement.answer-decline", "declined"),
    not: ABOVE_THE_OWNER,
  },
  "/policies/[slug]/ask": page("question.ask", undefined, { query: "?clause=4.3" }),
  "/policies/[slug]/ask/send": form("question.ask"),
  "/questions": page("portal.use"),
  "/questions/[reference]": page("question.read", "asked"),
  "/questions/[reference]/send": form("question.answer", "asked"),
  "/team": page("team.read"),
  "/team/acknowledgements.csv": page("team.read"),
  "/team/send": form("team.read"),
  "/board": page("board.read"),
  "/governance": page("governance.read"),
  "/governance/people": page("acknowledgement.follow-up"),
  "/governance/people/send": form("acknowledgement.follow-up"),
  "/governance/people.csv": page("acknowledgement.follow-up", undefined, { query: "?policy=nao" }),
  "/governance/acknowledgements.csv": page("governance.read", undefined, { query: "?policy=nao" }),

  // Kept results
  "/decisions": page("receipt.keep"),
  "/decisions/send": form("receipt.keep"),
  "/decisions/seen/send": form("receipt.keep"),
  "/decisions/[reference]": page("receipt.read", "receipt"),
  "/decisions/[reference]/send": form("receipt.keep", "receipt"),
  "/decisions/[reference]/delete": page("receipt.keep", "receipt"),
  "/decisions/[reference]/delete/send": form("receipt.keep", "receipt"),
  "/decisions/shared/[token]": page("receipt.read", "link"),

  // Exceptions
  "/exceptions": page("exception.request"),
  "/exceptions/new": page("exception.request", undefined, { query: "?policy=nao" }),
  "/exceptions/new/send": form("exception.request"),
  "/exceptions/queue": page("exception.decide"),
  "/exceptions/figures": page("exception.read-register"),
  "/exceptions/register": page("exception.read-register"),
  "/exceptions/register.csv": page("exception.read-register"),
  "/exceptions/register/published.csv": page("exception.publish-register", undefined, { not: OFFICER }),
  "/exceptions/[reference]": page("exception.read", "sent"),
  "/exceptions/[reference]/sent": page("exception.change", "sent"),
  "/exceptions/[reference]/check": page("exception.change", "draft"),
  "/exceptions/[reference]/check/send": form("exception.change", "draft"),
  "/exceptions/[reference]/discard": page("exception.change", "draft"),
  "/exceptions/[reference]/discard/send": form("exception.change", "draft"),
  "/exceptions/[reference]/risks": page("exception.change", "draft"),
  "/exceptions/[reference]/risks/new": page("exception.change", "draft"),
  "/exceptions/[reference]/risks/new/send": form("exception.change", "draft"),
  "/exceptions/[reference]/risks/[number]": page("exception.change", "draft"),
  "/exceptions/[reference]/risks/[number]/send": form("exception.change", "draft"),
  "/exceptions/[reference]/risks/[number]/remove": page("exception.change", "draft"),
  "/exceptions/[reference]/risks/[number]/remove/send": form("exception.change", "draft"),
  "/exceptions/[reference]/who": page("exception.change", "draft"),
  "/exceptions/[reference]/who/send": form("exception.change", "draft"),
  "/exceptions/[reference]/why": page("exception.change", "draft"),
  "/exceptions/[reference]/why/send": form("exception.change", "draft"),
  "/exceptions/[reference]/withdraw": page("exception.change", "sent"),
  "/exceptions/[reference]/withdraw/send": form("exception.change", "sent"),
  "/exceptions/[reference]/approve": page("exception.decide", "sent"),
  "/exceptions/[reference]/approve/send": form("exception.decide", "sent"),
  "/exceptions/[reference]/decline": page("exception.decide", "sent"),
  "/exceptions/[reference]/decline/send": form("exception.decide", "sent"),
  "/exceptions/[reference]/request-changes": page("exception.decide", "sent"),
  "/exceptions/[reference]/request-changes/send": form("exception.decide", "sent"),
  "/exceptions/[reference]/pass-on": page("exception.decide", "sent"),
  "/exceptions/[reference]/pass-on/send": form("exception.decide", "sent"),
  "/exceptions/[reference]/notes/send": form("exception.note", "sent"),
  // Nobody has left who holds it.
  "/exceptions/[reference]/take-over/send": { ...form("exception.read", "approved"), not: ROLES },
  "/deputies": page("deputy.name"),
  "/deputies/send": form("deputy.name"),
  "/exceptions/[reference]/revoke": page("exception.revoke", "approved"),
  "/exceptions/[reference]/revoke/send": form("exception.revoke", "approved"),
  "/exceptions/[reference]/permit": page("exception.change", "approved"),
  "/exceptions/[reference]/extend": page("exception.change", "approved"),
  "/exceptions/[reference]/extend/send": form("exception.change", "approved"),
  "/exceptions/[reference]/give-more-time": page("exception.revoke", "approved"),
  "/exceptions/[reference]/give-more-time/send": form("exception.revoke", "approved"),
  "/exceptions/[reference]/conditions/[condition]/send": form("exception.complete-mitigation", "approved"),
  "/exceptions/[reference]/mitigations/[mitigation]/send": form("exception.complete-mitigation", "approved"),

  // Accidents and continuity
  "/incidents": page("incident.report"),
  "/incidents/new": page("incident.report"),
  "/incidents/new/send": form("incident.report"),
  "/incidents/[reference]": page("incident.read", "incident"),
  "/incidents/[reference]/send": form("incident.handle", "incident"),
  "/incidents/[reference]/report": page("incident.handle", "incident"),
  "/incidents/[reference]/steps/[step]": page("incident.report", "incident"),
  "/incidents/[reference]/steps/[step]/send": form("incident.report", "incident"),
  "/continuity": page("portal.use"),
  "/continuity/send": form("continuity.declare"),
  "/continuity/[reference]": page("portal.use", "activity"),
  "/continuity/[reference]/send": form("continuity.declare", "activity"),

  // Chat groups, clear-downs and holds
  "/groups": page("portal.use"),
  "/groups/new": page("group.request"),
  "/groups/new/send": form("group.request"),
  "/groups/register.csv": page("group.read-register"),
  "/groups/[reference]": page("group.read", "group"),
  "/groups/[reference]/send": form("group.read", "group"),
  "/groups/[reference]/alerts": page("group.run", "running", { not: ROLES }), // only emergency groups
  "/groups/[reference]/alerts/send": form("group.run", "running"),
  "/groups/[reference]/change": page("group.run", "group", { not: OFFICER }),
  "/groups/[reference]/change/send": form("group.run", "group"),
  "/groups/[reference]/close": page("group.run", "group"),
  "/groups/[reference]/close/send": form("group.run", "group"),
  "/groups/[reference]/decide": page("group.decide", "group"),
  "/groups/[reference]/decide/send": form("group.decide", "group"),
  "/groups/[reference]/members": page("group.run", "group", { not: OFFICER }),
  "/groups/[reference]/members/send": form("group.run", "group"),
  "/groups/[reference]/review": page("group.run", "running", { not: OFFICER }),
  "/groups/[reference]/review/send": form("group.run", "running"),
  "/groups/[reference]/clear-downs": page("clear-down.read", "running"),
  "/groups/[reference]/clear-downs/send": form("clear-down.confirm", "running"),
  "/groups/[reference]/ledger": page("clear-down.read", "running"),
  "/groups/[reference]/ledger.csv": page("clear-down.read", "running"),
  "/holds": page("portal.use"),
  "/holds/new": page("hold.place"),
  "/holds/new/send": form("hold.place"),
  "/holds/[reference]": page("hold.read", "hold"),
  "/holds/[reference]/send": form("hold.read", "hold"),

  // Captured records, photos, checks
  "/records": page("record.capture"),
  "/records/new": page("record.capture"),
  "/records/new/send": form("record.capture"),
  "/records/export/send": form("record.read-register"),
  "/records/[reference]": page("record.read", "captured"),
  "/records/[reference]/send": form("record.capture", "captured"),
  "/records/[reference]/correct": page("record.correct", "captured"),
  "/records/[reference]/correct/send": form("record.correct", "captured"),
  "/records/[reference]/disposal": page("record.dispose", "captured"),
  "/records/[reference]/disposal/send": form("record.dispose", "captured"),
  "/photos": page("photo-consent.record"),
  "/photos/new": page("photo-consent.record"),
  "/photos/new/send": form("photo-consent.record"),
  "/photos/[reference]": page("photo-consent.read", "consent"),
  "/photos/[reference]/send": form("photo-consent.read", "consent"),
  "/checks-held": page("check-held.read"),
  "/checks-held/new": page("check-held.record"),
  "/checks-held/new/send": form("check-held.record"),
  "/checks-held/[reference]": page("check-held.read", "check"),

  // Administration and evidence
  "/admin/jobs": page("schedule.manage"),
  "/admin/jobs/send": form("schedule.manage"),
  "/admin/mail": page("mail.manage"),
  "/admin/mail/send": form("mail.manage"),
  "/admin/mail/[mail]": page("mail.read", "mail"),
  "/admin/mail/[mail]/send": form("mail.manage", "mail"),
  "/admin/people": page("person.manage"),
  "/admin/people/[person]": page("person.manage", "person"),
  "/admin/people/[person]/send": form("person.manage", "person"),
  "/admin/people/[person]/account/send": form("account.release", "person"),
  "/admin/people/[person]/details": page("person.manage", "person"),
  "/admin/people/[person]/details/send": form("person.manage", "person"),
  "/admin/people/[person]/roles": page("person.manage", "person"),
  "/admin/people/[person]/roles/send": form("person.manage", "person"),
  "/admin/people/import": page("person.manage"),
  "/admin/people/import/send": form("person.manage"),
  "/admin/people/import/[import]": page("person.manage", "list"),
  "/admin/people/import/[import]/send": form("person.manage", "list"),
  "/admin/people/new": page("person.manage"),
  "/admin/people/new/send": form("person.manage"),
  "/admin/people/teams": page("person.manage"),
  "/admin/people/teams/[team]": page("person.manage", "team"),
  "/admin/people/teams/[team]/send": form("person.manage", "team"),
  "/admin/permissions": page("permission.read"),
  "/admin/permissions.csv": page("permission.read"),
  "/admin/tokens": page("api-token.manage"),
  "/admin/tokens/new": page("api-token.manage"),
  "/admin/tokens/new/send": form("api-token.manage"),
  "/admin/tokens/[reference]": page("api-token.manage", "token"),
  "/admin/tokens/[reference]/revoke": page("api-token.manage", "token"),
  "/admin/tokens/[reference]/revoke/send": form("api-token.manage", "token"),
  "/admin/signing-keys": page("signing-key.manage"),
  "/admin/signing-keys/send": form("signing-key.manage"),
  "/admin/signing-keys/revoke": page("signing-key.manage"),
  "/admin/signing-keys/revoke/send": form("signing-key.manage"),
  "/governance/retention": page("retention.read"),
  "/evidence": page("evidence.read"),
  "/evidence/export": page("evidence.export"),
  "/evidence/export/send": form("evidence.export"),
  "/evidence/proof": page("evidence.read"),
};
