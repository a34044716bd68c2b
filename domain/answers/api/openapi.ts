/** The OpenAPI 3.1 document, generated from the operations and their schemas, so that no shape is written twice. */
import { z } from "zod";
import type { ApiScope } from "#domain/access/api-token/api-token.ts";
import {
  contactSchema,
  evaluateRequestSchema,
  evaluateResponseSchema,
  evaluationListSchema,
  evaluationSchema,
  obligationResourceSchema,
  openSchema,
  reasonSchema,
  settledSchema,
  situationListSchema,
  situationSchema,
} from "./evaluation-schema.ts";
import {
  clauseListSchema,
  clauseSchema,
  historyEntrySchema,
  policyBodySchema,
  policyListSchema,
  policySummarySchema,
  policyVersionSchema,
  questionListSchema,
  questionSchema,
  slugSchema,
  versionListSchema,
  versionNumberSchema,
} from "./policy-schema.ts";
import { begunSchema, DRAFT_SCHEMAS, type DraftKind } from "./draft-schema.ts";
import {
  LISTED_REGISTERS,
  REGISTER_NAMES,
  REGISTER_PAGES,
  type RegisterName,
  registerQuery,
} from "./register-schema.ts";
import { outcomeListSchema, outcomeSchema } from "./outcome-schema.ts";
import { headFileSchema } from "#domain/evidence/head/head.ts";
import { makeProblem, type ProblemCode, PROBLEMS, problemSchema } from "./problem.ts";

/** What programs can request: one table for both the routes and the document. */
export type ApiMethod = "GET" | "POST";

export interface Operation {
  operationId: string;
  tag: "Policies" | "Decisions" | "Drafts" | "Registers" | "Evidence" | "About";
  summary: string;
  description: string;
  /** The scope that a token needs; null if no token is needed. */
  scope: ApiScope | null;
  /** True if any fact of the policy may be used as a filter in the address. */
  hasFilter?: boolean;
  /** True if it decides, today or on the day that `on` in the address names. */
  hasDay?: boolean;
  /** True if `since` in the address names an earlier head. */
  hasSince?: boolean;
  /** True if it writes something: it needs a key, and with the same one it is done once. */
  isWrite?: true;
  /** The register that it lists. */
  register?: RegisterName;
  request?: z.ZodType;
  response: z.ZodType;
  /** In addition to those that any request can get. */
  problems: readonly ProblemCode[];
}

const READ = { tag: "Policies", scope: "policies:read", problems: ["not-found"] } as const;
const read = (operationId: string, summary: string, description: string, response: z.ZodType) => ({
  GET: { ...READ, operationId, summary, description, response },
});
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

/** "phone-returns" → "PhoneReturns". */
const inCapitals = (name: string) => name.replaceAll(/(?:^|-)[a-z]/g, (found) => found.slice(-1).toUpperCase());

const begin = <Kind extends DraftKind>(kind: Kind, what: string) => ({
  POST: {
    tag: "Drafts",
    operationId: `begin${inCapitals(kind).slice(0, -1)}`,
    summary: `Begin ${what} for somebody`,
    description:
      "They find it among their tasks, and finish or discard it. Nothing takes effect until they send it, and nobody else sees it. Send what is known: it is checked as the form checks it, and what is missing is for them to add.",
    scope: "drafts:begin",
    isWrite: true,
    request: DRAFT_SCHEMAS[kind],
    response: begunSchema,
    problems: [
      "unreadable-body",
      "key-missing",
      "key-in-use",
      "body-too-large",
      "wrong-content-type",
      "invalid-request",
      "key-reused",
    ],
  } as const,
});

const list = <Name extends RegisterName>(name: Name) => ({
  GET: {
    tag: "Registers",
    operationId: `list${inCapitals(name)}Register`,
    summary: `List the ${LISTED_REGISTERS[name].title}`,
    description: `Page by page, with the filters and orders of the portal’s own page. ${PEOPLE}`,
    scope: LISTED_REGISTERS[name].scope,
    register: name,
    response: REGISTER_PAGES[name],
    problems: ["not-found", "invalid-request"],
  } as const,
});

const PEOPLE =
  "Without the scope `registers:people`, names and free text are null, and nothing can be looked for by words or by people.";

/** The address of each register. */
const REGISTER_OPERATIONS = Object.fromEntries(REGISTER_NAMES.map((name) => [`/registers/${name}`, list(name)])) as {
  [Name in RegisterName as `/registers/${Name}`]: ReturnType<typeof list<Name>>;
};

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
  "/evidence/head": {
    GET: {
      ...READ,
      tag: "Evidence",
      operationId: "getEvidenceHead",
      summary: "Read the newest published head of the body's evidence",
      description:
        "For witnesses: with what proves that it continues earlier heads, the keys of the body, and what others said of it. No row, and nothing about anybody. Where none was published yet, 404.",
      hasSince: true,
      response: headFileSchema,
      problems: ["not-found", "invalid-request"],
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
  "/policies/{slug}": read(
    "getPolicy",
    "Read a policy in its current version",
    "Where no version is current, because the policy was withdrawn, the version that withdrew it.",
    policyVersionSchema,
  ),
  "/policies/{slug}/clauses": read("listClauses", "List the clauses of the current version", CURRENT, clauseListSchema),
  "/policies/{slug}/questions": read(
    "listQuestions",
    "List the questions of the current version",
    CURRENT,
    questionListSchema,
  ),
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
  "/policies/{slug}/versions": read(
    "listVersions",
    "List the versions of a policy",
    "Published ones, newest first.",
    versionListSchema,
  ),
  "/policies/{slug}/versions/{version}": read(
    "getVersion",
    "Read one version of a policy",
    ANY_VERSION,
    policyVersionSchema,
  ),
  "/policies/{slug}/versions/{version}/clauses": read(
    "listClausesOfVersion",
    "List the clauses of a version",
    ANY_VERSION,
    clauseListSchema,
  ),
  "/policies/{slug}/versions/{version}/questions": read(
    "listQuestionsOfVersion",
    "List the questions of a version",
    ANY_VERSION,
    questionListSchema,
  ),
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
  "/drafts/exceptions": begin("exceptions", "a request for an exception"),
  "/drafts/records": begin("records", "a captured record"),
  "/drafts/groups": begin("groups", "the registration of a chat group"),
  ...REGISTER_OPERATIONS,
} as const satisfies Record<string, Partial<Record<ApiMethod, Operation>>>;

export type ApiPath = keyof typeof OPERATIONS;

const NAMED: Readonly<Record<string, z.ZodType>> = {
  PolicyList: policyListSchema,
  PolicySummary: policySummarySchema,
  PolicyVersion: policyVersionSchema,
  Body: policyBodySchema,
  VersionList: versionListSchema,
  HistoryEntry: historyEntrySchema,
  ClauseList: clauseListSchema,
  Clause: clauseSchema,
  QuestionList: questionListSchema,
  Question: questionSchema,
  EvaluateRequest: evaluateRequestSchema,
  Situation: situationSchema,
  SituationList: situationListSchema,
  EvaluateResponse: evaluateResponseSchema,
  Evaluation: evaluationSchema,
  EvaluationList: evaluationListSchema,
  Verdict: settledSchema,
  OpenSituation: openSchema,
  Reason: reasonSchema,
  Obligation: obligationResourceSchema,
  Contact: contactSchema,
  OutcomeList: outcomeListSchema,
  Outcome: outcomeSchema,
  EvidenceHead: headFileSchema,
  OpenApi: OPERATIONS["/openapi.json"].GET.response,
  ExceptionDraft: DRAFT_SCHEMAS.exceptions,
  RecordDraft: DRAFT_SCHEMAS.records,
  GroupDraft: DRAFT_SCHEMAS.groups,
  BegunDraft: begunSchema,
  Problem: problemSchema,
  ...Object.fromEntries(REGISTER_NAMES.map((name) => [`${inCapitals(name)}Page`, REGISTER_PAGES[name]])),
};

const names = new Map<z.ZodType, string>(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

const TAGS = [
  { name: "Policies", description: "What the policies say: versions, clauses, questions." },
  { name: "Decisions", description: "What they mean: the verdict of a situation, and all outcomes at once." },
  { name: "Evidence", description: "What is published of the evidence, for witnesses." },
  { name: "Drafts", description: "What a program begins for a person, who finishes or discards it in the portal." },
  { name: "Registers", description: "The registers of the body, page by page." },
  { name: "About", description: "This interface itself." },
];

const ABOUT = `Read the published policies of the bodies that this portal serves, ask for verdicts, read the registers of your body, and begin drafts for people, who finish them.

Every address but this document's needs a token: \`Authorization: Bearer wc_…\`. Administrators make and revoke tokens at \`/admin/tokens\`. A token reads what an employee of its body may read, never what is not published. The registers need scopes of their own: \`registers:read\` without names and free text, \`registers:people\` with them.

Whatever writes needs the header \`Idempotency-Key\`. The same key with the same body gets the same answer for seven days, and nothing is written twice.

What is read carries an \`ETag\`. Send it back as \`If-None-Match\`, and the answer is 304 without a body while nothing changed. \`HEAD\` works wherever \`GET\` does.

A request that cannot be answered gets problem details (RFC 9457).`;

const ETAG = { ETag: { $ref: "#/components/headers/ETag" } };

/** The document as served; always the same for the same code. */
export function makeOpenApi() {
  return {
    openapi: "3.1.1",
    info: {
      title: "With Care",
      version: "1.0.0",
      summary: "Messaging policies and their verdicts, for programs",
      description: ABOUT,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1", description: "This portal" }],
    tags: TAGS,
    security: [{ token: [] }],
    paths: makePaths(),
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "A token that an administrator made. The names beside an operation are the scopes it needs.",
        },
      },
      parameters: makeParameters(),
      headers: {
        ETag: {
          description: "Changes with every change of the representation. Strong.",
          schema: { type: "string" },
          example: '"tv3l0Jxj9VqvB6pU4nVnWw"',
        },
        Location: {
          description: "Where its person finishes it.",
          schema: { type: "string" },
          example: "/exceptions/EX-2222-2222",
        },
        "Retry-After": {
          description: "After how many seconds to send the same again.",
          schema: { type: "integer" },
          example: 10,
        },
        Allow: { description: "The methods that the address takes.", schema: { type: "string" }, example: "GET, HEAD" },
        "WWW-Authenticate": {
          description: "How to authenticate.",
          schema: { type: "string" },
          example: 'Bearer realm="With Care"',
        },
      },
      responses: makeResponses(),
      schemas: makeSchemas(),
    },
  };
}

function makePaths(): Record<string, Record<string, object>> {
  return Object.fromEntries(
    Object.entries(OPERATIONS).map(([path, methods]) => {
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        $ref: `#/components/parameters/${name}`,
      }));
      const operations = Object.entries<Operation>(methods).map(([method, operation]) => [
        method.toLowerCase(),
        makeOperation(method, operation),
      ]);
      return [path, { ...(parameters.length > 0 && { parameters }), ...Object.fromEntries(operations) }];
    }),
  );
}

function makeOperation(method: string, operation: Operation) {
  const { operationId, tag, summary, description, scope, hasFilter, hasDay, hasSince, request, response } = operation;
  const { isWrite, register } = operation;
  const isRead = method === "GET";
  const parameters = [
    ...(isRead ? [{ $ref: "#/components/parameters/ifNoneMatch" }] : []),
    ...(hasFilter ? [{ $ref: "#/components/parameters/filter" }] : []),
    ...(hasDay ? [{ $ref: "#/components/parameters/on" }] : []),
    ...(hasSince ? [{ $ref: "#/components/parameters/since" }] : []),
    ...(isWrite ? [{ $ref: "#/components/parameters/idempotencyKey" }] : []),
    ...(register === undefined ? [] : makeQuery(register)),
  ];
  const codes: ProblemCode[] = [
    ...(scope === null ? [] : (["unauthenticated", "missing-scope"] as const)),
    ...operation.problems,
    "method-not-allowed",
    ...(isRead ? [] : (["too-slow"] as const)),
    "misdirected",
    "too-many-requests",
    "unexpected",
    "unavailable",
  ];
  // Of those with one status the last stands for all: see TOGETHER.
  const problems = codes.map((code): [string, { $ref: string }] => [
    String(PROBLEMS[code].status),
    { $ref: `#/components/responses/${code}` },
  ]);
  const notModified = { $ref: "#/components/responses/not-modified" };
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    security: scope === null ? [] : [{ token: [scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(request && { requestBody: { required: true, content: { "application/json": { schema: refTo(request) } } } }),
    responses: {
      [isWrite ? "201" : "200"]: {
        description: response.meta()?.description ?? summary,
        ...(isRead && { headers: ETAG }),
        ...(isWrite && { headers: { Location: { $ref: "#/components/headers/Location" } } }),
        content: { "application/json": { schema: refTo(response) } },
      },
      ...(isRead && { "304": notModified }),
      ...Object.fromEntries(problems),
    },
  };
}

function shapeOf(schema: z.ZodType) {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema);
  return shape;
}

function makeQuery(name: RegisterName) {
  return registerQuery(name).map(({ parameter, schema, description, isAboutPeople }) => ({
    name: parameter,
    in: "query",
    ...(description !== "" && { description }),
    ...(isAboutPeople && { description: `${description} Needs the scope \`registers:people\`.`.trim() }),
    schema: shapeOf(schema),
  }));
}

function makeParameters() {
  const inPath = (name: string, schema: z.ZodType) => ({ name, in: "path", required: true, schema: shapeOf(schema) });
  return {
    slug: inPath("slug", slugSchema),
    version: inPath("version", versionNumberSchema),
    ifNoneMatch: {
      name: "If-None-Match",
      in: "header",
      description: "An `ETag` that was sent before, or several: while one still holds, the answer is 304.",
      schema: { type: "string" },
    },
    idempotencyKey: {
      name: "Idempotency-Key",
      in: "header",
      required: true,
      description: "Of your making: another for each thing that you write, the same when you send it again.",
      schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
      example: "7f9c24e8-3b1d-4e57-9a61-0c5d2f8b6a90",
    },
    on: {
      name: "on",
      in: "query",
      description:
        "The day to decide for, in UK time; today, where it is left out. Rules may begin or end on a day: the version is the one that holds then, and its rules are those of that day.",
      schema: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
      example: "2027-03-31",
    },
    since: {
      name: "since",
      in: "query",
      description: "The rows of the only earlier head to prove it from; the newest hundred, where it is left out.",
      schema: { type: "integer", minimum: 1 },
      example: 412,
    },
    filter: {
      name: "filter",
      in: "query",
      description:
        "Facts and their answers, each as a part of its own: `?audience=colleague&content=sensitive`. A fact that is repeated may have any of the answers given. Everything, where none is given.",
      style: "form",
      explode: true,
      schema: { type: "object", additionalProperties: { type: "string" } },
      example: { audience: "colleague" },
    },
  };
}

function makeResponses(): Record<string, object> {
  const problems = Object.keys(PROBLEMS).map((name): [string, object] => {
    const code = name as ProblemCode;
    const alike = [code, ...(TOGETHER[code] ?? [])];
    const example = (one: ProblemCode) => makeProblem(one, undefined, EXAMPLE_ERRORS[one]);
    const examples = Object.fromEntries(alike.map((one) => [one, { value: example(one) }]));
    const shown = alike.length > 1 ? { examples } : { example: example(code) };
    const headers = PROBLEM_HEADERS[code]?.map((header): [string, object] => [
      header,
      { $ref: `#/components/headers/${header}` },
    ]);
    return [
      code,
      {
        description: alike.map((one) => `${PROBLEMS[one].title}. ${PROBLEMS[one].means}`).join(" Or: "),
        ...(headers && { headers: Object.fromEntries(headers) }),
        content: { "application/problem+json": { schema: refTo(problemSchema), ...shown } },
      },
    ];
  });
  const notModified = { description: "What you have still holds. There is no body.", headers: ETAG };
  return { "not-modified": notModified, ...Object.fromEntries(problems) };
}

/** Where a write has the first problem it can have the others, which have the same status: one response for both. */
const TOGETHER: Partial<Record<ProblemCode, readonly ProblemCode[]>> = {
  "key-missing": ["unreadable-body"],
  "key-reused": ["invalid-request"],
};

const PROBLEM_HEADERS: Partial<Record<ProblemCode, readonly string[]>> = {
  unauthenticated: ["WWW-Authenticate"],
  "missing-scope": ["WWW-Authenticate"],
  "method-not-allowed": ["Allow"],
  "too-many-requests": ["Retry-After"],
  unavailable: ["Retry-After"],
};

const EXAMPLE_ERRORS: Partial<Record<ProblemCode, { detail: string; pointer: string }[]>> = {
  "invalid-request": [
    {
      detail: '"everybody" is not an answer to audience. The answers are colleague, partner, citizen, child, public.',
      pointer: "/situations/17/facts/audience",
    },
  ],
};

function refTo(schema: z.ZodType): { $ref: string } {
  const name = names.get(schema);
  if (name === undefined) throw new Error("Every request and response has a name: add it to NAMED.");
  return { $ref: schemaUri(name) };
}

function schemaUri(name: string): string {
  return `#/components/schemas/${name}`;
}

function makeSchemas() {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: schemaUri, target: "draft-2020-12" });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, schema]),
  );
}
