/** Every outcome of a policy as programs read it. */
import { z } from "zod";
import {
  daySchemas,
  obligationResourceSchema,
  reasonSchema,
  ruleIdSchema,
  verdictSchema,
} from "./evaluation-schema.ts";
import { hashSchema, slugSchema, versionNumberSchema } from "./policy-schema.ts";

const whenSchema = z.record(z.string(), z.array(z.string()).min(1)).meta({
  description: "Fact → the answers that it has here. A fact that is left out may have any.",
  examples: [{ audience: ["colleague", "partner"], purpose: ["social"] }],
});

export const outcomeSchema = z
  .strictObject({
    when: whenSchema,
    situations: z.int().min(1).meta({ description: "How many situations the row stands for." }),
    verdict: verdictSchema,
    rule: ruleIdSchema,
    reasons: z.array(reasonSchema),
    obligations: z.array(obligationResourceSchema),
    instead: z.array(z.string()),
  })
  .meta({ description: "Situations that one rule decides." });

export const outcomeListSchema = z
  .strictObject({
    policy: slugSchema,
    version: versionNumberSchema,
    hash: hashSchema,
    ...daySchemas,
    filter: whenSchema.meta({ description: "What the address asked for: fact → answers. {} for everything." }),
    situations: z.int().meta({ description: "How many situations that is; the rows add up to it." }),
    outcomes: z.array(outcomeSchema),
  })
  .meta({ description: "Every situation of a version in few rows, each situation in exactly one." });

export type OutcomeList = z.infer<typeof outcomeListSchema>;
