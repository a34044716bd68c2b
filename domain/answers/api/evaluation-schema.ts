/** Situations as programs send them, and the verdicts they get, in the words of `npm run decide`. */
import { z } from "zod";
import { VERDICTS } from "#domain/policy/decision/verdict.ts";
import { UNLESS } from "#domain/policy/exception/result-sentence.ts";
import {
  clauseIdSchema,
  hashSchema,
  questionSchema,
  slugSchema,
  stateSchema,
  versionNumberSchema,
} from "./policy-schema.ts";
import { jsonPointer, type ProblemCode, type RequestError } from "./problem.ts";

/** Most situations in one request; with ten answers each, they stay far below the maximum body size. */
export const MOST_SITUATIONS_AT_ONCE = 1000;

const EXAMPLE_FACTS = { app: "covered", audience: "colleague", purpose: "decision" };

/** The portal's answer to the example above; a test keeps it correct. */
const EXAMPLE_VERDICT = {
  settled: true,
  policy: "model",
  version: "3.0",
  hash: "6b29fda5f1980e8ae4f18a3d324ab458dd15f1dd4831a8361c059bed4e7491c5",
  state: "in-force",
  on: "2026-11-30",
  rulesUntil: null,
  verdict: "never",
  changes: null,
  rule: "decisions-and-records",
  says: "Do not do it in a messaging app. Decisions and records belong in an approved channel.",
  unless: null,
  reasons: [
    {
      clause: "4.3",
      text: "You must not make a decision or agree anything binding in a messaging app, or create, keep or share a business record there. Do it in an approved channel.",
    },
    {
      clause: "10.2",
      text: "The council must not approve an exception from clause 3.6, 3.9, 4.3, 4.10 or 7.3: nothing sensitive to residents or the public, nothing to a child under 13, no decisions or records, nothing to an assistant, and nothing in the emergency group that identifies people who are affected.",
    },
  ],
  obligations: [],
  instead: ["Use e-mail or the case system.", "Use a messaging app only to say that it is there."],
  contacts: [
    {
      id: "governance-officer",
      name: "Governance officer",
      for: "Questions about the policy, groups, holds, exceptions and mistakes",
      address: "governance@example-borough.example.invalid",
      phone: "01632 960101",
    },
  ],
};

const factsSchema = z
  .record(
    z.string(),
    z.string({ error: 'Give the name of one answer as text, such as "colleague".' }),
    'Give an object: a fact and its answer, such as { "audience": "colleague" }. {} where nothing is known.',
  )
  .meta({
    description:
      "What is known of the situation: fact → answer. It may be partial. Facts that this policy does not use change nothing. `exception` is a fact like others: a token is nobody, so no exception of a person applies by itself.",
    examples: [EXAMPLE_FACTS],
  });

export const situationSchema = z
  .strictObject({ facts: factsSchema }, 'Give an object with facts, such as { "facts": { "audience": "colleague" } }.')
  .meta({ description: "One situation.", examples: [{ facts: EXAMPLE_FACTS }] });

export const situationListSchema = z
  .strictObject({
    situations: z
      .array(situationSchema, "Give a list of situations, each an object with facts.")
      .min(1, "Give at least one situation.")
      .max(MOST_SITUATIONS_AT_ONCE, "Send at most 1,000 situations at once, and the others in another request."),
  })
  .meta({
    description: `Up to ${MOST_SITUATIONS_AT_ONCE.toLocaleString("en-GB")} situations. All are checked first: one wrong answer, and none is evaluated.`,
    examples: [{ situations: [{ facts: EXAMPLE_FACTS }, { facts: { audience: "child" } }] }],
  });

export const evaluateRequestSchema = z.union([situationSchema, situationListSchema]).meta({
  description: "One situation, or several at once.",
});

const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The day that was decided for, and how long its rules hold. */
export const daySchemas = {
  on: daySchema.meta({ description: "The day that it was decided for.", examples: ["2026-11-30"] }),
  rulesUntil: daySchema
    .nullable()
    .meta({ description: "The last day on which the rules of the version are these; null where none of them ends." }),
};

const head = {
  policy: slugSchema,
  version: versionNumberSchema,
  hash: hashSchema,
  state: stateSchema,
  ...daySchemas,
};

export const contactSchema = z
  .strictObject({
    id: z.string().meta({ examples: ["governance-officer"] }),
    name: z.string(),
    for: z.string().meta({ description: "What to ask them about." }),
    address: z.string().nullable().meta({ description: "Where to reach them; null where not stated." }),
    phone: z.string().optional().meta({ description: "The number to ring." }),
    outOfHours: z.string().optional().meta({ description: "How to reach them at night and at weekends." }),
  })
  .meta({ description: "Who to ask." });

export const verdictSchema = z.enum(VERDICTS).meta({
  description:
    "Strictest first: `never`, `exception-only` (only under an approved, current exception), `via-communications` (only through the communications team), `discouraged`, `with-care` (under the obligations), `allowed`. `not-covered` stands outside that order: the policy does not cover it.",
});

export const reasonSchema = z
  .strictObject({ clause: clauseIdSchema, text: z.string().meta({ description: "The clause's words." }) })
  .meta({ description: "A clause that the verdict rests on." });

export const obligationResourceSchema = z
  .strictObject({
    id: z.string().meta({ examples: ["move-to-record"] }),
    text: z.string().meta({ description: "What to do." }),
    clause: clauseIdSchema,
  })
  .meta({ description: "What somebody who does it must then do, and the clause that says so." });

export const ruleIdSchema = z
  .string()
  .meta({ description: "The rule of the policy's table that decides.", examples: ["decisions-and-records"] });

export const settledSchema = z
  .strictObject({
    settled: z.literal(true),
    ...head,
    verdict: verdictSchema,
    changes: z.strictObject({ until: daySchema, from: daySchema, verdict: verdictSchema.nullable() }).nullable().meta({
      description:
        "When the answer to this situation changes by the rules of the version: its last day, the first day of the next answer, and that answer's verdict, null where more must be known then. null where it never does.",
    }),
    rule: ruleIdSchema,
    says: z
      .string()
      .nullable()
      .meta({
        description: "The answer in the policy's own sentence, where it has one.",
        examples: ["Do not do it in a messaging app. Decisions and records belong in an approved channel."],
      }),
    unless: z
      .string()
      .nullable()
      .meta({
        description: "What would change a `never`: an approved exception, where one can lift it; null where none can.",
        examples: [UNLESS],
      }),
    reasons: z.array(reasonSchema),
    obligations: z.array(obligationResourceSchema),
    instead: z.array(z.string()).meta({
      description: "What to do instead.",
      examples: [["Use e-mail or the case system."]],
    }),
    contacts: z.array(contactSchema),
  })
  .meta({ description: "The verdict: every completion of the situation has it.", examples: [EXAMPLE_VERDICT] });

export const openSchema = z
  .strictObject({
    settled: z.literal(false),
    ...head,
    needs: z.array(questionSchema).min(1).meta({
      description: "Every question whose answer can still change the result, the next to ask first.",
    }),
  })
  .meta({ description: "No verdict yet: what has to be known first." });

export const evaluationSchema = z.discriminatedUnion("settled", [settledSchema, openSchema]).meta({
  description: "What the policy says of a situation.",
});

export const evaluationListSchema = z
  .strictObject({
    results: z.array(evaluationSchema).meta({ description: "One for each situation, in their order." }),
  })
  .meta({ description: "What the policy says of several situations." });

export const evaluateResponseSchema = z.union([evaluationSchema, evaluationListSchema]).meta({
  description: "The result of one situation, or the results of several.",
});

export type EvaluateRequest = z.infer<typeof evaluateRequestSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;
export type EvaluateResponse = z.infer<typeof evaluateResponseSchema>;

/** The answer to a program's request: a resource, or a problem. */
export interface ApiRefusal {
  ok: false;
  code: ProblemCode;
  /** One or two sentences, if the problem's own do not say enough. */
  detail?: string | undefined;
  errors?: readonly RequestError[];
}

export type ApiAnswer<Resource> = { ok: true; resource: Resource } | ApiRefusal;

/** What was found, or that there is nothing, which also covers what the caller may not know about. */
export function found<Resource>(resource: Resource | null): ApiAnswer<Resource> {
  return resource === null ? { ok: false, code: "not-found" } : { ok: true, resource };
}

/** The request is invalid. @param errors at least one */
export function refuse(errors: readonly RequestError[]): ApiRefusal {
  const [first] = errors;
  const detail =
    errors.length === 1 && first ? first.detail : `${errors.length} places have to be corrected. Nothing was done.`;
  return { ok: false, code: "invalid-request", detail, errors };
}

/** What a schema found, each with its place in the body. */
export function errorsOf(error: z.ZodError): RequestError[] {
  return error.issues.flatMap((issue): RequestError[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          detail: `There is no place for "${key}" here. Leave it out.`,
          pointer: jsonPointer([...issue.path, key]),
        }))
      : [{ detail: issue.message, pointer: jsonPointer(issue.path) }],
  );
}
