/** One event as it leaves the portal: for a program, or as a card for a channel. Cards hold nothing about anybody. */
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { EVIDENCE_EVENT_LABELS, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { subjectPath } from "#domain/evidence/journal/subject.ts";
import { isBareEvent, type WebhookKind } from "./webhook.ts";

/** The event with which an administrator tests an address: it goes there, and nowhere else. */
export const TEST_EVENT = "webhook.tested";

export interface LeavingEvent {
  event: EvidenceEventName;
  at: Date;
  body: string;
  subject: string;
  policy: string | null;
  /** Title of the policy, if it is served here. */
  policyTitle: string | null;
  /** How many people it concerns, if it says so. */
  people: number | null;
  /** Who did it, and what they wrote; null where that does not leave. */
  by: string | null;
  text: Readonly<Record<string, unknown>> | null;
}

/** Events about a policy itself: they lead everybody who may read it to where they read or answer it. */
const AT_POLICY: Partial<Record<EvidenceEventName, string>> = {
  "policy.published": "",
  "policy.released": "",
  "clause.note-published": "",
  "clause.note-withdrawn": "",
  "campaign.started": "/acknowledge",
  "policy.reminded": "/acknowledge",
};

/** What a channel is asked to do, in place of the event's name. */
const ASKED: Partial<Record<EvidenceEventName, string>> = {
  "campaign.started": "A policy needs your answer",
  "policy.reminded": "Reminder: a policy needs your answer",
  [TEST_EVENT]: "This is a test. Events will look like this.",
};

/** The body of the request, for each kind of address. @param appUrl origin of the portal */
export function writeMessage(kind: WebhookKind, leaving: LeavingEvent, appUrl: string): object {
  const { event, policy, subject } = leaving;
  const below = policy === null ? undefined : AT_POLICY[event];
  const path = below === undefined ? subjectPath({ event, subject }) : `/policies/${policy}${below}`;
  return WRITERS[kind](leaving, `${appUrl}${path ?? "/"}`);
}

type Writer = (leaving: LeavingEvent, url: string) => object;

const OPEN = "Open it in With Care";

const WRITERS: Record<WebhookKind, Writer> = {
  webhook: ({ event, at, body, subject, by, text }, url) => {
    const chosen = isBareEvent(event) ? {} : { ...(by !== null && { by }), ...(text && { text }) };
    return { type: event, timestamp: at.toISOString(), data: { body, reference: subject, url, ...chosen } };
  },
  /** Adaptive Card 1.5. */
  teams: (leaving, url) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.5",
          body: [
            { type: "TextBlock", text: titleOf(leaving), size: "Medium", weight: "Bolder", wrap: true },
            { type: "FactSet", facts: factsOf(leaving).map(([title, value]) => ({ title, value })) },
          ],
          actions: [{ type: "Action.OpenUrl", title: OPEN, url }],
        },
      },
    ],
  }),
  /** Block Kit; its limits: https://docs.slack.dev/reference/block-kit/blocks */
  slack: (leaving, url) => {
    const plain = (text: string, most: number) => ({ type: "plain_text", text: clip(text, most) });
    return {
      text: slackText(titleOf(leaving)),
      unfurl_links: false,
      blocks: [
        { type: "header", text: plain(titleOf(leaving), 150) },
        { type: "section", fields: factsOf(leaving).map((fact) => plain(fact.join(": "), 2000)) },
        { type: "section", text: { type: "mrkdwn", text: `<${slackText(url)}|${OPEN}>` } },
      ],
    };
  },
};

function titleOf({ event }: LeavingEvent): string {
  return ASKED[event] ?? EVIDENCE_EVENT_LABELS[event];
}

/** Below this a number of people would say who they are. */
const FEWEST_SAID = 5;

function factsOf({ event, subject, policyTitle, at, people }: LeavingEvent): [term: string, value: string][] {
  const count = people === null || people >= FEWEST_SAID ? String(people) : `Fewer than ${FEWEST_SAID}`;
  return [
    ...(policyTitle === null ? [] : [["Policy", policyTitle] satisfies [string, string]]),
    ...(AT_POLICY[event] === undefined ? [["Reference", subject] satisfies [string, string]] : []),
    ...(people === null ? [] : [["People asked again", count] satisfies [string, string]]),
    ["When", momentInWords(at)],
  ];
}

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Slack reads these three as marks. */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
