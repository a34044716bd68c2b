import { boxes, type Field, type Stored, text } from "#app/_portal/form/field.tsx";
import { EVIDENCE_EVENT_LABELS } from "#domain/evidence/journal/event.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { EVENT_GROUPS, LONGEST_WEBHOOK_ADDRESS, type WebhookKind } from "#domain/evidence/webhook/webhook.ts";

const GROUPS = Object.entries(EVENT_GROUPS);

/** A box for each event that may leave, in their groups. */
const eventFields = Object.fromEntries(
  GROUPS.map(([group, { title, events }]) => [
    group,
    boxes(title, Object.fromEntries(events.map((event) => [event, EVIDENCE_EVENT_LABELS[event]]))),
  ]),
) as Readonly<Record<keyof typeof EVENT_GROUPS, Field<string[]>>>;

export const nameField = text("What is it for?", {
  hint: "So that you and other administrators recognise it: “Service desk”, “Channel for line managers”.",
  autoComplete: "off",
});

export const addressField = text("Address", {
  type: "url",
  hint: "It begins with https:// and is a secret for a channel. We do not show it again.",
  autoComplete: "off",
  spellCheck: false,
  maxLength: LONGEST_WEBHOOK_ADDRESS,
});

/** What goes to an address: which events, and whether with names. */
export const contentFields = {
  ...eventFields,
  hasNames: boxes("Names and texts", {
    yes: {
      label: "Send who did it and what they wrote",
      hint: "For a program only, and never with records, accidents, holds, information requests and questions. Ask your data protection officer first.",
    },
  }),
};

/** What those fields say, as a form sent them. */
export function contentOf(form: FormValues) {
  return { events: GROUPS.flatMap(([group]) => form.all(group)), hasNames: form.text("hasNames") === "yes" };
}

/** The same as it is stored, for the fields. */
export function storedContent({ events, hasNames }: { events: readonly string[]; hasNames: boolean }) {
  const stored: Record<string, Stored> = Object.fromEntries(GROUPS.map(([group]) => [group, events]));
  return { ...stored, hasNames: hasNames ? "yes" : "" };
}

/** Address of an address's page, or of a page below it. */
export function webhookPath(reference: string, below?: "change" | "delete"): string {
  const path = `/admin/webhooks/${encodeURIComponent(reference)}`;
  return below ? `${path}/${below}` : path;
}

export const CHANNEL_WORDS: Record<WebhookKind, string> = {
  webhook: "A program",
  teams: "Microsoft Teams",
  slack: "Slack",
};
