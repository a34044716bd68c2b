/** What a program can begin for somebody, who finishes it in the portal: the fields of the forms, all of them optional. */
import { z } from "zod";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { keysOf } from "#domain/base/list/page.ts";
import { ASSISTANT, DISAPPEARING, GROUP_KINDS, RETENTION_RULES, TIMER_BY } from "#domain/registers/group/group.ts";
import { CLASS_UNSURE, RECORD_METHODS } from "#domain/registers/record/record.ts";
import { slugSchema } from "./policy-schema.ts";

const text = z.string("Give text.");
const day = z
  .string("Give a day as text, such as 2027-03-31.")
  .regex(/^\d{4}-\d{2}-\d{2}$/, "Give a day that exists, such as 2027-03-31.")
  .refine(isDay, "Give a day that exists, such as 2027-03-31.")
  .meta({ examples: ["2027-03-31"] });
const choice = <Key extends string>(words: Readonly<Record<Key, unknown>>) =>
  z.enum(keysOf(words), `Give one of ${keysOf(words).join(", ")}.`);
const yesOrNo = z.boolean("Give true or false.");
const address = "A work e-mail address, or a name that only one person has.";

/** What every draft says. */
const forWhom = z.string("Say for whom: their work e-mail address, or their id as SCIM knows it.").meta({
  description: "Who finishes it: their work e-mail address, or their id as SCIM knows it.",
  examples: ["sam.taylor@example-borough.example.invalid"],
});

const exceptionDraftSchema = z
  .strictObject({
    for: forWhom,
    policy: slugSchema,
    facts: z
      .record(z.string(), text, 'Give an object: a fact and its answer, such as { "audience": "colleague" }.')
      .optional()
      .meta({ description: "The situation it is for: fact → answer." }),
    clauses: z
      .array(text, "Give a list of clauses.")
      .optional()
      .meta({
        description: "Numbers of the clauses to be lifted. Each has to be one that an exception can lift.",
        examples: [["3.7"]],
      }),
    justification: text.optional().meta({ description: "What they want to do, and why." }),
    whyNoChannel: text.optional().meta({ description: "Why no approved channel will do." }),
    dataInvolved: text.optional().meta({ description: "What information is involved." }),
    wantedFrom: day.optional(),
    wantedUntil: day.optional(),
  })
  .meta({ description: "A request for an exception. Its risks are assessed by who sends it." });

const recordDraftSchema = z
  .strictObject({
    for: forWhom,
    about: text.optional(),
    saidOn: day.optional(),
    saidTime: text.optional().meta({ examples: ["09:30"] }),
    group: text
      .optional()
      .meta({ description: "Reference of a chat group that they are in.", examples: ["GRP-2222-2222"] }),
    chat: text.optional(),
    participants: text.optional(),
    content: text.optional(),
    method: choice(RECORD_METHODS).optional(),
    principal: text.optional().meta({ description: `On whose behalf. ${address}` }),
    system: text.optional(),
    systemReference: text.optional(),
    retentionClass: text.optional().meta({
      description: `Where the body has a retention schedule: the id of one of its classes, or \`${CLASS_UNSURE}\`.`,
    }),
    eventOn: day.optional(),
    className: text.optional().meta({ description: "Where it has none: the class in words." }),
    keepUntil: day.optional(),
  })
  .meta({ description: "A record of what was said in a chat." });

const groupDraftSchema = z
  .strictObject({
    for: forWhom,
    policy: slugSchema.optional(),
    kind: choice(GROUP_KINDS).optional(),
    name: text.optional(),
    purpose: text.optional(),
    app: text.optional(),
    logo: yesOrNo.optional(),
    administrators: z.array(text, "Give a list of addresses.").max(2, "Name two at most.").optional().meta({
      description: address,
    }),
    deputy: text.optional().meta({ description: address }),
    members: z.array(text, "Give a list of addresses.").max(200, "Name 200 at most.").optional().meta({
      description: address,
    }),
    responsible: text.optional(),
    agreement: text.optional(),
    partnerName: text.optional(),
    partnerOrganisation: text.optional(),
    retention: z
      .enum(RETENTION_RULES, `Give one of ${RETENTION_RULES.join(", ")}.`)
      .optional()
      .meta({
        description: "How long messages are kept: for days, for years, or without a rule.",
      }),
    retentionCount: z.int("Give a whole number.").optional(),
    disappear: choice(DISAPPEARING)
      .optional()
      .meta({ description: "After how many days messages disappear; 0 for off." }),
    timerBy: choice(TIMER_BY).optional(),
    canExport: yesOrNo.optional(),
    assistant: choice(ASSISTANT).optional(),
    reviewOn: day.optional(),
  })
  .meta({ description: "A chat group to be registered." });

export const DRAFT_SCHEMAS = {
  exceptions: exceptionDraftSchema,
  records: recordDraftSchema,
  groups: groupDraftSchema,
} as const;
export type DraftKind = keyof typeof DRAFT_SCHEMAS;
export type ExceptionToBegin = z.infer<typeof exceptionDraftSchema>;
export type RecordToBegin = z.infer<typeof recordDraftSchema>;
export type GroupToBegin = z.infer<typeof groupDraftSchema>;

export const begunSchema = z
  .strictObject({
    id: z.string().meta({ examples: ["0a1b2c3d4e5f60718293a4b5c6d7e8f9"] }),
    address: z.string().meta({
      description: "Where its person finishes it, in the portal. It is among their tasks as well.",
      examples: ["/records/new?kept=0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    }),
    begunAt: z.string().meta({ examples: ["2026-11-30T09:00:00.000Z"] }),
  })
  .meta({
    description: "What was begun. Nothing takes effect until its person sends it; they can discard it as well.",
  });
export type BegunResource = z.infer<typeof begunSchema>;
