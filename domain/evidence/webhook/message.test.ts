import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { EVIDENCE_EVENT_LABELS, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { type LeavingEvent, TEST_EVENT, writeMessage } from "./message.ts";
import { EVENT_GROUPS, isBareEvent } from "./webhook.ts";

const APP = "https://with-care.invalid";
const leaving = Object.values(EVENT_GROUPS).flatMap(({ events }): EvidenceEventName[] => [...events]);
const all = [...leaving, TEST_EVENT] as const;

function example(event: EvidenceEventName, more: Partial<LeavingEvent> = {}): LeavingEvent {
  return {
    event,
    at: new Date("2026-11-30T10:15:00Z"),
    body: "nao",
    subject: event === "app.decided" ? "signal" : "EX-2222-2222",
    policy: "whatsapp",
    policyTitle: "WhatsApp <at> work & chat",
    people: null,
    by: "Ann Quill",
    text: { reason: "Quill words" },
    ...more,
  };
}

/** microsoft/AdaptiveCards, schemas/1.5.0; in draft 6 its own name is `id`. */
const {
  id: _id,
  $schema: _draft,
  ...schema
} = z.looseObject({}).parse(JSON.parse(readFileSync("domain/evidence/webhook/testing/adaptive-card-1.5.json", "utf8")));
const isCard = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** docs.slack.dev/reference/block-kit: how many blocks, and how long their parts may be. */
const plain = (most: number) => z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(most) });
const slackMessage = z.strictObject({
  text: z.string().min(1).max(4000),
  unfurl_links: z.literal(false),
  blocks: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("header"), text: plain(150) }),
        z
          .strictObject({
            type: z.literal("section"),
            text: z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(3000) }).optional(),
            fields: z.array(plain(2000)).min(1).max(10).optional(),
          })
          .refine(({ text, fields }) => text !== undefined || fields !== undefined),
      ]),
    )
    .min(1)
    .max(50),
});
const teamsMessage = z.strictObject({
  type: z.literal("message"),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal("application/vnd.microsoft.card.adaptive"),
      contentUrl: z.null(),
      content: z.looseObject({ version: z.literal("1.5") }),
    }),
  ]),
});

describe.each(all)("%s", (event) => {
  it("is a card for Teams that its schema takes, and a message for Slack within its limits", () => {
    for (const more of [{}, { policyTitle: "long ".repeat(1000), subject: "x".repeat(200) }]) {
      const { content } = teamsMessage.parse(writeMessage("teams", example(event, more), APP)).attachments[0];
      expect(isCard(content), JSON.stringify(isCard.errors)).toBe(true);
      slackMessage.parse(writeMessage("slack", example(event, more), APP));
    }
  });

  it("says nothing of anybody in a card, and links back", () => {
    for (const kind of ["teams", "slack"] as const) {
      const said = JSON.stringify(writeMessage(kind, example(event), APP));
      expect(said).not.toContain("Quill");
      expect(said).toContain(`${APP}/`);
    }
  });

  it("says kind, time, reference and address to a program, and the rest only where it may", () => {
    const { by: _by, text: _text, ...bare } = example(event);
    const least = { type: event, timestamp: "2026-11-30T10:15:00.000Z" };
    const data = {
      body: "nao",
      reference: bare.subject,
      url: expect.stringMatching(/^https:\/\/with-care\.invalid\//) as string,
    };
    expect(writeMessage("webhook", { ...bare, by: null, text: null }, APP)).toEqual({ ...least, data });
    const full = isBareEvent(event) ? data : { ...data, by: "Ann Quill", text: { reason: "Quill words" } };
    expect(writeMessage("webhook", example(event), APP)).toEqual({ ...least, data: full });
  });
});

it("finds what the schema forbids", () => {
  expect(isCard({ type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock" }] })).toBe(false);
});

it("asks a channel for answers where a campaign starts or reminds, at the policy", () => {
  for (const event of ["campaign.started", "policy.reminded"] as const) {
    const said = JSON.stringify(writeMessage("teams", example(event, { subject: "CAM-2222-2222" }), APP));
    expect(said).toContain("needs your answer");
    expect(said).toContain(`${APP}/policies/whatsapp/acknowledge"`);
    expect(said).not.toContain("CAM-");
  }
});

it("leads elsewhere to the page of the reference, with the event's name", () => {
  const said = JSON.stringify(writeMessage("slack", example("exception.approved"), APP));
  expect(said).toContain(`<${APP}/exceptions/EX-2222-2222|`);
  expect(said).toContain(EVIDENCE_EVENT_LABELS["exception.approved"]);
});

it("mentions nobody in Slack by a policy's title", () => {
  const text = JSON.stringify(writeMessage("slack", example("policy.published", { policyTitle: "<!channel>" }), APP));
  expect(text).not.toMatch(/"mrkdwn","text":"[^"]*<!/);
});

it.each([
  [0, "Fewer than 5"],
  [4, "Fewer than 5"],
  [5, "5"],
  [1234, "1234"],
])("says of a reminder how many are asked again, and of %i people %s", (people, words) => {
  for (const kind of ["teams", "slack"] as const) {
    const text = JSON.stringify(writeMessage(kind, example("policy.reminded", { people }), "https://care.example"));
    expect(text).toContain(
      kind === "slack" ? `People asked again: ${words}` : `"title":"People asked again","value":"${words}"`,
    );
    expect(text.includes("asked again")).toBe(true);
  }
  const program = writeMessage("webhook", example("policy.reminded", { people }), "https://care.example");
  expect(JSON.stringify(program)).not.toContain(String(people) === "1234" ? "1234" : "people");
});
