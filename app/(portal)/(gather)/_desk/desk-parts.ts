import { type Action, type Actor, can } from "#domain/access/permission/permission.ts";
import type { TaskKind } from "#domain/gather/task/task.ts";

/** A page that a role opens: a register, a list, a setting. */
export type RolePage = { action: Action; href: string; label: string };

export type DeskPartName =
  "incidents" | "requests" | "exceptions" | "answers" | "groups" | "policy" | "portal" | "evidence";

/** One matter of a desk: its registers, and which tasks are about it. */
export type DeskPart = { name: DeskPartName; title: string; pages: readonly RolePage[]; kinds: readonly TaskKind[] };

/** In the order of the desk: what has the shortest clock first. Every page of a role is in one of them. */
const DESK_PARTS: readonly DeskPart[] = [
  {
    name: "incidents",
    title: "Something went wrong",
    pages: [
      { action: "incident.handle", href: "/incidents", label: "Reports of accidents" },
      { action: "incident.read-breaches", href: "/incidents/breaches", label: "Register of breaches" },
    ],
    kinds: [
      "open-incident",
      "rule-on-incident",
      "decide-incident",
      "report-incident",
      "tell-people",
      "look-at-incident",
      "do-incident-action",
    ],
  },
  {
    name: "requests",
    title: "Information requests and complaints",
    pages: [{ action: "information-request.read-register", href: "/requests", label: "Information requests" }],
    kinds: ["acknowledge-complaint", "answer-request"],
  },
  {
    name: "exceptions",
    title: "Exceptions",
    pages: [
      { action: "exception.decide", href: "/exceptions/queue", label: "Decide on exceptions" },
      { action: "exception.read-register", href: "/exceptions/register", label: "Register of exceptions" },
      { action: "deputy.name", href: "/deputies", label: "Deputies" },
    ],
    kinds: ["decide-exception", "name-decider", "take-over-exception", "end-exception", "complete-mitigation"],
  },
  {
    name: "answers",
    title: "Answers to policies",
    pages: [
      { action: "team.read", href: "/team", label: "Your team’s answers" },
      { action: "acknowledgement.follow-up", href: "/governance/people", label: "Answers by name" },
      { action: "governance.read", href: "/governance", label: "Answers by team" },
      { action: "figure.read", href: "/figures", label: "Figures for requesters" },
      { action: "campaign.manage", href: "/campaigns", label: "Campaigns" },
      { action: "check-held.read", href: "/checks-held", label: "Checks held" },
    ],
    kinds: ["answer-decline", "propose-campaign", "start-campaign", "see-to-answers"],
  },
  {
    name: "groups",
    title: "Chat groups, holds and clear-downs",
    pages: [
      { action: "group.read-register", href: "/groups#register", label: "Register of chat groups" },
      { action: "app.decide", href: "/apps", label: "Register of apps" },
      { action: "clear-down.oversee", href: "/clear-downs", label: "Clear-downs" },
      { action: "phone-return.read-register", href: "/phone-returns", label: "Phone returns" },
      { action: "hold.read-register", href: "/holds", label: "Register of holds" },
      { action: "record.read-register", href: "/records", label: "All captured records" },
      { action: "continuity.read-history", href: "/continuity", label: "Business continuity" },
      { action: "person.search-registers", href: "/governance/person-search", label: "Search for a person" },
    ],
    kinds: [
      "decide-group",
      "appoint-group-administrator",
      "review-app",
      "check-phone-return",
      "clear-down-missed",
      "dispose-record",
      "classify-record",
      "review-continuity",
      "review-hold",
    ],
  },
  {
    name: "policy",
    title: "The policy",
    pages: [
      { action: "question.answer", href: "/questions", label: "Questions to answer" },
      { action: "question.answer", href: "/questions/unfound", label: "What nobody found" },
      { action: "policy.edit-draft", href: "/drafts", label: "Drafts of policies" },
      { action: "policy.read-unpublished", href: "/proposals", label: "Versions to publish" },
      { action: "content.read-faults", href: "/content", label: "Policy files" },
      { action: "board.read", href: "/board", label: "The board’s report" },
    ],
    kinds: [
      "answer-question",
      "sign-version",
      "publish-version",
      "correct-content",
      "review-policy",
      "policy-debt",
      "read-outside-rule",
    ],
  },
  {
    name: "portal",
    title: "The portal",
    pages: [
      { action: "person.manage", href: "/admin/people", label: "People" },
      { action: "mail.manage", href: "/admin/mail", label: "Mail" },
      { action: "health.read", href: "/admin/health", label: "Health of the portal" },
      { action: "schedule.manage", href: "/admin/jobs", label: "Timed work" },
      { action: "api-token.manage", href: "/admin/tokens", label: "Tokens for programs" },
      { action: "embedding.read", href: "/admin/embedding", label: "Show it on your intranet" },
      { action: "webhook.manage", href: "/admin/webhooks", label: "Webhooks" },
      { action: "signing-key.manage", href: "/admin/signing-keys", label: "Signing keys" },
    ],
    kinds: ["undelivered-mail", "undelivered-events", "renew-api-token", "confirm-roles"],
  },
  {
    name: "evidence",
    title: "Evidence",
    pages: [
      { action: "evidence.read", href: "/evidence", label: "Evidence" },
      { action: "retention.read", href: "/governance/retention", label: "How long things are kept" },
      { action: "permission.read", href: "/admin/permissions", label: "Who may do what" },
    ],
    kinds: [],
  },
];

/** The parts of somebody's desk, each with the pages that they may open; none for those without a role. */
export const deskPartsOf = (actor: Actor): DeskPart[] =>
  DESK_PARTS.flatMap((part) => {
    const pages = part.pages.filter(({ action }) => can(actor, action, actor));
    return pages.length > 0 ? [{ ...part, pages }] : [];
  });
