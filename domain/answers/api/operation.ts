/** What programs can request: one table for both the routes and the document. */
import { z } from "zod";
import type { ApiScope } from "#domain/access/api-token/scope.ts";
import { evaluateRequestSchema, evaluateResponseSchema } from "./evaluation-schema.ts";
import { outcomeListSchema } from "./outcome-schema.ts";
import {
  clauseListSchema,
  policyListSchema,
  policyVersionSchema,
  questionListSchema,
  versionListSchema,
} from "./policy-schema.ts";
import type { ProblemCode } from "./problem.ts";

export type ApiMethod = "GET" | "POST";

export interface Operation {
  operationId: string;
  tag: "Policies" | "Decisions" | "About";
  summary: string;
  description: string;
  /** The scope that a token needs; null if no token is needed. */
  scope: ApiScope | null;
  /** True if any fact of the policy may be used as a filter in the address. */
  hasFilter?: boolean;
  /** True if it decides, today or on the day that `on` in the address names. */
  hasDay?: boolean;
  request?: z.ZodType;
  response: z.ZodType;
  /** In addition to those that any request can get. */
  problems: readonly ProblemCode[];
}

const READ = { tag: "Policies", scope: "policies:read", problems: ["not-found"] } as const;
const CURRENT = "Of the version that decides today; where none does, because the policy was withdrawn, 404.";
const ANY_VERSION = "Of any published version, also one that another has followed.";

const outcomes = {
  tag: "Decisions",
  scope: "outcomes:read",
  hasFilter: true,
  hasDay: true,
  response: outcomeListSchema,
  problems: ["not-found", "invalid-request"],
} as const;

const evaluate = {
  tag: "Decisions",
  scope: "evaluate",
  hasDay: true,
  request: evaluateRequestSchema,
  response: evaluateResponseSchema,
  problems: ["unreadable-body", "not-found", "no-verdict", "body-too-large", "wrong-content-type", "invalid-request"],
} as const;

const EVALUATE =
  "Nothing is stored. A partial situation is settled where every completion has the same verdict, and unless that is `never` the same obligations; else the response names what is still needed.";

/** Path → method → operation. Every path is below /api/v1. */
export const OPERATIONS = {
  "/openapi.json": {
    GET: {
      operationId: "getOpenApi",
      tag: "About",
      summary: "Read this document",
      description: "The one address that needs no token: it holds nothing of any body.",
      scope: null,
      response: z
        .looseObject({ openapi: z.string().meta({ examples: ["3.1.1"] }) })
        .meta({ description: "An OpenAPI document." }),
      problems: [],
    },
  },
  "/policies": {
    GET: {
      ...READ,
      operationId: "listPolicies",
      summary: "List the policies",
      description: "Every published policy of the bodies that this portal serves.",
      response: policyListSchema,
      problems: [],
    },
  },
  "/policies/{slug}": {
    GET: {
      ...READ,
      operationId: "getPolicy",
      summary: "Read a policy in its current version",
      description: "Where no version is current, because the policy was withdrawn, the version that withdrew it.",
      response: policyVersionSchema,
    },
  },
  "/policies/{slug}/clauses": {
    GET: {
      ...READ,
      operationId: "listClauses",
      summary: "List the clauses of the current version",
      description: CURRENT,
      response: clauseListSchema,
    },
  },
  "/policies/{slug}/questions": {
    GET: {
      ...READ,
      operationId: "listQuestions",
      summary: "List the questions of the current version",
      description: CURRENT,
      response: questionListSchema,
    },
  },
  "/policies/{slug}/outcomes": {
    GET: {
      ...outcomes,
      operationId: "listOutcomes",
      summary: "List every outcome of the current version",
      description: CURRENT,
    },
  },
  "/policies/{slug}/evaluate": {
    POST: {
      ...evaluate,
      operationId: "evaluate",
      summary: "Ask the current version for a verdict",
      description: `${CURRENT} ${EVALUATE}`,
    },
  },
  "/policies/{slug}/versions": {
    GET: {
      ...READ,
      operationId: "listVersions",
      summary: "List the versions of a policy",
      description: "Published ones, newest first.",
      response: versionListSchema,
    },
  },
  "/policies/{slug}/versions/{version}": {
    GET: {
      ...READ,
      operationId: "getVersion",
      summary: "Read one version of a policy",
      description: ANY_VERSION,
      response: policyVersionSchema,
    },
  },
  "/policies/{slug}/versions/{version}/clauses": {
    GET: {
      ...READ,
      operationId: "listClausesOfVersion",
      summary: "List the clauses of a version",
      description: ANY_VERSION,
      response: clauseListSchema,
    },
  },
  "/policies/{slug}/versions/{version}/questions": {
    GET: {
      ...READ,
      operationId: "listQuestionsOfVersion",
      summary: "List the questions of a version",
      description: ANY_VERSION,
      response: questionListSchema,
    },
  },
  "/policies/{slug}/versions/{version}/outcomes": {
    GET: {
      ...outcomes,
      operationId: "listOutcomesOfVersion",
      summary: "List every outcome of a version",
      description: ANY_VERSION,
    },
  },
  "/policies/{slug}/versions/{version}/evaluate": {
    POST: {
      ...evaluate,
      operationId: "evaluateVersion",
      summary: "Ask one version for a verdict",
      description: `${ANY_VERSION} \`state\` says whether it decides today. ${EVALUATE}`,
    },
  },
} as const satisfies Record<string, Partial<Record<ApiMethod, Operation>>>;

export type ApiPath = keyof typeof OPERATIONS;
