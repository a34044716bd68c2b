/** Addresses outside to which a body's events go, and which events may leave (docs/api.md, "Webhooks: be told when something happens"). */
import type { EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { type FieldProblem, problemIf, textProblems } from "#domain/base/form/form-values.ts";

/** How events are written for an address, and how administrators choose it. */
export const WEBHOOK_KINDS = {
  webhook: { label: "A program", hint: "Signed messages, as Standard Webhooks describes them." },
  teams: {
    label: "A channel in Microsoft Teams",
    hint: "Cards, to the address of a workflow that posts what it is sent.",
  },
  slack: { label: "A channel in Slack", hint: "Cards, to the address of an incoming webhook." },
} as const;
export type WebhookKind = keyof typeof WEBHOOK_KINDS;

interface EventGroup {
  title: string;
  events: readonly EvidenceEventName[];
  /** Names and texts never go with these, whatever was chosen: they are for those who handle them, as are whole records. */
  isBare?: true;
}

/**
 * The closed list of events that may leave, as administrators choose them. Each is about a thing with a reference or a
 * policy, never about a person; a new event stays inside until it is added here.
 */
export const EVENT_GROUPS = {
  policies: {
    title: "Policies",
    events: [
      ...(["policy.proposed", "policy.signed", "policy.proposal-returned", "policy.proposal-withdrawn"] as const),
      ...(["policy.published", "policy.released", "clause.note-published", "clause.note-withdrawn"] as const),
    ],
  },
  campaigns: {
    title: "Campaigns",
    events: ["campaign.started", "policy.reminded", "campaign.changed", "campaign.stopped"],
  },
  exceptions: {
    title: "Exceptions",
    events: [
      ...(["exception.submitted", "exception.changes-requested", "exception.approved-in-part"] as const),
      ...(["exception.approved", "exception.declined", "exception.withdrawn", "exception.revoked"] as const),
    ],
  },
  groups: {
    title: "Groups",
    events: [
      ...(["group.requested", "group.sent-back", "group.approved", "group.declined"] as const),
      ...(["group.retention-changed", "group.removal-escalated", "group.closed", "clear-down.escalated"] as const),
    ],
  },
  registers: {
    title: "Apps and checks",
    events: [
      "app.decided",
      "check-held.recorded",
      "check-held.corrected",
      "check-sample.started",
      "check-sample.closed",
    ],
  },
  records: {
    title: "Captured records",
    isBare: true,
    events: ["record.captured", "record.disposed"],
  },
  continuity: {
    title: "Business continuity",
    events: ["continuity.declared", "continuity.corrected", "continuity.ended"],
  },
  questions: {
    title: "Questions and suggestions",
    isBare: true,
    events: ["clause.question-asked", "clause.change-suggested"],
  },
  holds: {
    title: "Holds and information requests",
    isBare: true,
    events: [
      ...(["hold.placed", "hold.extended", "hold.ended", "information-request.entered"] as const),
      ...(["information-request.closed", "information-request.reopened"] as const),
    ],
  },
  accidents: {
    title: "Accidents",
    isBare: true,
    events: ["incident.reported", "incident.warned", "incident.escalated", "incident.closed", "incident.reopened"],
  },
  portal: {
    title: "The portal",
    events: ["api-token.made", "api-token.revoked", "api-token.ended"],
  },
} as const satisfies Record<string, EventGroup>;

const GROUPS: readonly EventGroup[] = Object.values(EVENT_GROUPS);
const LEAVING: readonly EvidenceEventName[] = GROUPS.flatMap(({ events }) => events);
const BARE: readonly string[] = GROUPS.flatMap(({ events, isBare }) => (isBare ? events : []));

/** Whether names and texts never go with an event. */
export function isBareEvent(event: string): boolean {
  return BARE.includes(event);
}

export const LONGEST_WEBHOOK_NAME = 100;
export const LONGEST_WEBHOOK_ADDRESS = 2000;

/** What was typed and ticked about an address, unchecked. */
export interface AskedWebhook {
  name: string;
  kind: WebhookKind | null;
  /** "" keeps the stored one, where there is one. */
  address: string;
  events: readonly string[];
  hasNames: boolean;
}

const [FIRST_GROUP = ""] = Object.keys(EVENT_GROUPS);

/** What to store of it, or what has to be put right first. @param isNew it has no address yet */
export function readAskedWebhook(asked: AskedWebhook, isNew: boolean) {
  const { name, kind, address, hasNames } = asked;
  const events = LEAVING.filter((event) => asked.events.includes(event));
  const problems: FieldProblem[] = [
    ...textProblems("name", name, "Write what it is for.", LONGEST_WEBHOOK_NAME),
    ...problemIf(kind === null, "kind", "Choose what is at the address."),
    ...textProblems("address", address, isNew ? "Write the address." : null, LONGEST_WEBHOOK_ADDRESS),
    ...problemIf(
      hasNames && kind !== "webhook",
      "hasNames",
      "Names go to programs alone: leave this empty for a channel.",
    ),
    ...problemIf(events.length === 0, FIRST_GROUP, "Choose at least one kind of event."),
  ];
  return problems.length > 0 || kind === null ? { problems } : { name, kind, address, events, hasNames };
}
