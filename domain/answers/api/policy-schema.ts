/** Policies as programs read them: the terms of docs/glossary.md, each shape defined once. */
import { z } from "zod";
import { STRENGTHS } from "#domain/policy/policy/clause.ts";
import { frontMatterSchema } from "#domain/policy/policy/front-matter.ts";

const front = frontMatterSchema.shape;
export const slugSchema = z
  .string()
  .meta({ description: "The policy's short name, as it stands in addresses.", examples: ["model"] });
export const versionNumberSchema = z
  .string()
  .meta({ description: "A version's number. Always text: 1.10 is not 1.1.", examples: ["2.1"] });
export const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({
    description: "SHA-256 of the version: its text, rules and questions as one. Equal hashes, equal content.",
    examples: ["148de35db43d81cae2f27424fc9261ace4af43efc0756ad1e810fbcb04d68890"],
  });
export const clauseIdSchema = z.string().meta({ description: "A clause's number in its version.", examples: ["3.7"] });
export const factNameSchema = z.string().meta({ description: "Name of a fact.", examples: ["audience"] });

const day = "A day as 2026-09-01, or a month as 2020-08 where only that is stated; null where nothing is.";
export const stateSchema = z.enum(["in-force", "interim", "superseded", "future", "draft", "withdrawn"]).meta({
  description:
    "Where the version stands today. `superseded`: another has followed it. `future`: its first day is still to come.",
});

export const policyBodySchema = z
  .strictObject({
    slug: z.string().meta({ examples: ["example-borough"] }),
    name: z.string().meta({ examples: ["Example Borough Council"] }),
  })
  .meta({ description: "The body that the policy binds." });

const datesSchema = z.strictObject({
  published: front.published.meta({ description: `When it was published. ${day}` }),
  effective: front.effective.meta({ description: `Since when it holds. ${day}` }),
  reviewed: front.reviewed.meta({ description: `When it was reviewed last. ${day}` }),
  reviewDue: front.reviewDue.meta({ description: `By when it is reviewed next. ${day}` }),
  review: z
    .enum(["later", "due-soon", "overdue", "not-stated", "none"])
    .meta({ description: "How its review stands today. `none`: withdrawn, nobody reviews it." }),
});

export const versionSummarySchema = z
  .strictObject({
    version: versionNumberSchema,
    hash: hashSchema,
    status: front.status.meta({ description: "The status that its document states." }),
    state: stateSchema,
    isCurrent: z.boolean().meta({ description: "True for the version that decides today." }),
    ...datesSchema.shape,
  })
  .meta({ description: "One version of a policy, in short." });

export const policySummarySchema = z
  .strictObject({
    slug: slugSchema,
    title: front.title.meta({ examples: ["Messaging apps at work"] }),
    body: policyBodySchema,
    ...versionSummarySchema.shape,
  })
  .meta({
    description:
      "A policy in its current version. Where none is current, because the policy was withdrawn, the version that withdrew it.",
  });

export const policyListSchema = z
  .strictObject({ policies: z.array(policySummarySchema) })
  .meta({ description: "Every published policy of the bodies served, by slug." });

const material = z.enum(["first", "outcome", "raised"]).nullable().meta({
  description:
    "Why everybody is asked to accept it again: there was none before, an outcome changed, or its author asks. null: minor, earlier acceptances hold.",
});

export const historyEntrySchema = z
  .strictObject({
    ...versionSummarySchema.shape,
    follows: versionNumberSchema.nullable().meta({ description: "The version it follows; null for a first one." }),
    material,
    changeNote: front.changeNote.meta({ description: "What its author says of the change." }),
    corrects: versionNumberSchema.nullable().meta({
      description:
        "The source's version of which it corrects how this portal restated it; null for a version that is no such correction.",
    }),
  })
  .meta({ description: "One line of a policy's change history." });

export const versionListSchema = z
  .strictObject({ policy: slugSchema, versions: z.array(historyEntrySchema) })
  .meta({ description: "All published versions of a policy, newest first." });

export const policyVersionSchema = z
  .strictObject({
    policy: slugSchema,
    title: front.title,
    body: policyBodySchema,
    ...historyEntrySchema.shape,
    interimUntil: front.interimUntil.meta({ description: `Until when it is meant to last, if interim. ${day}` }),
    owner: front.owner.meta({ description: "Role that owns it; null where not stated." }),
    approver: front.approver.meta({ description: "Role that approved it; null where not stated." }),
    audience: front.audience.meta({ description: "Whom it is for; null where not stated." }),
    classification: front.classification,
    jurisdiction: front.jurisdiction,
    summary: front.summary.meta({ description: "What staff are told first." }),
    scope: front.scope,
    related: front.related,
    acknowledgement: front.acknowledgement.meta({ description: "The statement that staff are asked to accept." }),
    acknowledgeWithinDays: front.acknowledgeWithinDays,
    gaps: z.array(z.string()).meta({ description: "What its source leaves open." }),
    source: z
      .strictObject({ id: z.string().meta({ examples: ["S3"] }), title: z.string() })
      .nullable()
      .meta({ description: "The document whose rules it restates; null for one of its own." }),
    facts: z.array(factNameSchema).meta({ description: "The facts it decides by, in the order they may be asked." }),
    situations: z.int().meta({ description: "How many situations its facts make: the product of their answers." }),
  })
  .meta({ description: "One version of a policy with its document control." });

export const clauseSchema = z
  .strictObject({
    id: clauseIdSchema,
    strength: z.enum(STRENGTHS).meta({ description: "How binding it is." }),
    kind: z.enum(["rule", "risk"]).meta({ description: "`risk`: what requests for an exception draw on." }),
    binds: z
      .enum(["people", "body"])
      .meta({ description: "`body`: a duty of the body itself, from which nobody can depart." }),
    text: z.string().meta({ description: "Its words, without marks." }),
    section: z.string().nullable().meta({ description: "Heading that it stands under; null before the first." }),
    from: z.array(z.string()).meta({ description: "Statements of the source that it carries.", examples: [["S3.13"]] }),
    href: z.string().meta({
      description: "Where people read it in the portal.",
      examples: ["/policies/model/versions/2.1#clause-3.7"],
    }),
  })
  .meta({ description: "A numbered statement of a policy." });

const ofVersion = { policy: slugSchema, version: versionNumberSchema, hash: hashSchema };

export const clauseListSchema = z
  .strictObject({ ...ofVersion, clauses: z.array(clauseSchema) })
  .meta({ description: "The clauses of a version, in the order of its text." });

export const questionSchema = z
  .strictObject({
    fact: factNameSchema,
    ask: z.string().meta({ description: "The question, in this policy's words.", examples: ["Who is it for?"] }),
    short: z.string().meta({ description: "The same in a word or two." }),
    help: z.string().nullable().meta({ description: "What helps to answer it." }),
    ordered: z.boolean().meta({ description: "True where the answers stand strictest first." }),
    answers: z.array(
      z.strictObject({
        answer: z.string().meta({ description: "What to send.", examples: ["colleague"] }),
        label: z.string().meta({ description: "What people see.", examples: ["A colleague"] }),
        hint: z.string().nullable(),
        as: z
          .string()
          .nullable()
          .meta({ description: "The answer it counts as where strictness is compared: `unsure` as `sensitive`." }),
        examples: z.array(z.string()).meta({ description: "The policy's own examples of it." }),
      }),
    ),
  })
  .meta({ description: "The question about one fact, and its answers." });

export const questionListSchema = z
  .strictObject({ ...ofVersion, questions: z.array(questionSchema) })
  .meta({ description: "The questions of a version, in the order in which they may be asked." });
