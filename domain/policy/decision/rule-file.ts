/** The shape of `rules.yaml`; each part is parsed on its own, so that one fault does not hide the others. */
import { z } from "zod";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { FEATURES } from "./feature.ts";
import { VERDICTS } from "./verdict.ts";

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "use small letters, digits and hyphens");
const clauseId = z.string().min(1);
const sentence = z.string().min(1);
const feature = z.enum(Object.keys(FEATURES) as [keyof typeof FEATURES, ...(keyof typeof FEATURES)[]]);

const day = z.string().refine(isDay, 'write a day that exists, in quotation marks: "2027-03-31"');

export const ruleSchema = z.strictObject({
  id,
  /** The first and the last day on which it holds; without them, always: domain/policy/decision/period.ts. */
  from: day.optional(),
  until: day.optional(),
  when: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  verdict: z.enum(VERDICTS),
  says: sentence.optional(),
  because: z.array(clauseId).default([]),
  obligations: z.array(id).default([]),
  instead: z.array(sentence).default([]),
  contacts: z.array(id).default([]),
  reading: sentence.optional(),
});

export const obligationSchema = z.strictObject({
  id,
  text: sentence,
  because: z.array(clauseId).min(1),
  feature: feature.optional(),
});

export const exampleSchema = z.strictObject({
  name: sentence,
  facts: z.record(z.string(), z.string()),
  /** The day that it is about; without it, it holds on every day. */
  on: day.optional(),
  verdict: z.enum(VERDICTS),
});

export const matrixSchema = z.strictObject({
  rows: z.string(),
  columns: z.string(),
  assume: z.record(z.string(), z.string()).default({}),
});

/** A policy's own wording of a question, which replaces the shared one. */
export const wordingSchema = z.strictObject({
  ask: sentence.optional(),
  help: sentence.nullable().optional(),
  examples: z.record(z.string(), z.array(sentence)).default({}),
  answers: z
    .record(
      z.string(),
      z.strictObject({
        label: sentence.optional(),
        hint: sentence.nullable().optional(),
        when: sentence.nullable().optional(),
      }),
    )
    .default({}),
});

export const sourcesSchema = z.strictObject({
  served: z.record(z.string(), feature).default({}),
  information: z.record(z.string(), sentence).default({}),
});

/**
 * What clauses are about: by clause, by fact the answers of the situations that it speaks of. A rule that quotes one
 * for any other situation is a fault.
 */
export const aboutSchema = z.record(clauseId, z.record(z.string(), z.array(z.string()).min(1)));

export const orderSchema = z.literal("fixed", 'write "fixed" to ask in the order of facts, or leave it out').optional();

/** The whole file, its parts not parsed yet. */
export const ruleFileSchema = z.strictObject({
  facts: z.array(z.string()).min(1),
  /** `fixed`: questions are asked in the order of `facts`. Otherwise, in an order that asks few. */
  order: z.unknown().optional(),
  matrix: z.unknown().optional(),
  /** The policy's own words for its question and its verdicts: domain/policy/decision/policy-words.ts. */
  words: z.unknown().optional(),
  questions: z.record(z.string(), z.unknown()).default({}),
  obligations: z.array(z.unknown()).default([]),
  rules: z.array(z.unknown()).min(1),
  sources: z.unknown().optional(),
  /** What can be departed from, and who decides: domain/policy/exception/exception-rules.ts. */
  exceptions: z.unknown().optional(),
  about: z.record(z.string(), z.unknown()).optional(),
  /** What people come with, and where it leads: domain/policy/search/starts.ts. */
  starts: z.unknown().optional(),
  examples: z.array(z.unknown()).default([]),
});

export type Rule = z.infer<typeof ruleSchema>;
export type Obligation = z.infer<typeof obligationSchema>;
export type Example = z.infer<typeof exampleSchema>;
export type Matrix = z.infer<typeof matrixSchema>;
export type Wording = z.infer<typeof wordingSchema>;
export type ClauseSubjects = z.infer<typeof aboutSchema>;
export type Sources = z.infer<typeof sourcesSchema>;

/** What is wrong with a content file or a decision table, worded so that its author can fix it. */

/** One answer for each of some facts: `{ audience: "colleague" }`. */
export type Answers = Readonly<Record<string, string>>;

export type FaultKind =
  | "content" // a file or a value that cannot be read
  | "undecided"
  | "unreachable"
  | "uncited"
  | "broken-citation"
  | "wrong-subject"
  | "laxer"
  | "wrong-example"
  | "wizard"
  | "source"
  | "journey"
  | "lock";

/** A place in a file; lines and columns start at 1. */
export interface FilePlace {
  line: number;
  column: number;
}

export interface Fault {
  /** Path below the content folder, with forward slashes. */
  file: string;
  /** Id of the rule concerned, or null if it is not about a single rule. */
  rule: string | null;
  kind: FaultKind;
  /** A concrete situation that shows the fault, or null if none can. */
  situation: Answers | null;
  /** One or two sentences: what is wrong and what to do. */
  message: string;
  /** Where it is, if whoever found it knows; for the others, the lint finds the place by what the message names. */
  place?: FilePlace;
}
