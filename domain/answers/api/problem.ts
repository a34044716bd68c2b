/** What programs are told when a request cannot be answered: problem details of RFC 9457. */
import { z } from "zod";

/** Address of the document that every `type` points into. */
export const OPENAPI_PATH = "/api/v1/openapi.json";

interface ProblemKind {
  status: number;
  title: string;
  /** What it means and what to do, for the document. */
  means: string;
}

export const PROBLEMS = {
  "unreadable-body": {
    status: 400,
    title: "The body cannot be read",
    means: "What was sent is not JSON in UTF-8. Correct it and send it again.",
  },
  "key-missing": {
    status: 400,
    title: "An idempotency key is needed",
    means:
      "Send the header `Idempotency-Key`: 1 to 255 letters, digits or signs, another for each thing that you write, the same when you send it again.",
  },
  unauthenticated: {
    status: 401,
    title: "A valid token is needed",
    means:
      "There is no token, or it is not valid: unknown, revoked or expired. Ask an administrator of the portal for one.",
  },
  "missing-scope": {
    status: 403,
    title: "The token may not do this",
    means: "The token is valid, but was made without the scope that this needs. Ask an administrator for another.",
  },
  "not-found": {
    status: 404,
    title: "There is nothing here",
    means: "No such address, policy or version; or none that is published.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not take that method",
    means: "The header `Allow` names the methods that it takes.",
  },
  "too-slow": {
    status: 408,
    title: "The body took too long to arrive",
    means: "Send it again, faster or in smaller parts. Nothing was done.",
  },
  "no-verdict": {
    status: 409,
    title: "The policy gives no verdict",
    means:
      "The version withdrew the policy, or no rule of it decides this situation. Nothing is assumed: tell the policy owner.",
  },
  "key-in-use": {
    status: 409,
    title: "The same is being written",
    means: "A request with this `Idempotency-Key` has not ended yet. Wait a moment, then send the same again.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large",
    means: "Send at most one megabyte, 100,000 values, 32 levels deep; more situations in another request.",
  },
  "wrong-content-type": {
    status: 415,
    title: "The body has to be JSON",
    means: "Send JSON, with the header `Content-Type: application/json`.",
  },
  misdirected: {
    status: 421,
    title: "This portal has another address",
    means: "Send the request to the portal's own address, and name that as its host.",
  },
  "invalid-request": {
    status: 422,
    title: "The request has to be corrected",
    means: "`errors` names every place that is wrong and what is allowed there. Nothing was evaluated.",
  },
  "key-reused": {
    status: 422,
    title: "The key was used for something else",
    means: "Something else was sent with this `Idempotency-Key`. Nothing was done. Take a new key.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    means: "Wait as many seconds as the header `Retry-After` says, then go on more slowly.",
  },
  unexpected: {
    status: 500,
    title: "Something went wrong here",
    means: "The fault is the portal's. Wait a moment and try again; if it stays, tell who runs the portal.",
  },
  unavailable: {
    status: 503,
    title: "The portal cannot reach its database",
    means: "Nothing was changed. Wait as many seconds as the header `Retry-After` says, then send the same again.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;

const errorSchema = z
  .strictObject({
    detail: z.string().meta({ description: "What is wrong and what is allowed." }),
    pointer: z
      .string()
      .optional()
      .meta({ description: "Where in the body: a JSON pointer.", examples: ["/facts/audience"] }),
    parameter: z
      .string()
      .optional()
      .meta({ description: "Which part of the address.", examples: ["audience"] }),
  })
  .meta({ description: "One thing to correct." });

export type RequestError = z.infer<typeof errorSchema>;

/** At most this many errors are listed; the rest come up once these are corrected. */
export const MOST_ERRORS = 100;

export const problemSchema = z
  .strictObject({
    type: z.string().meta({
      description: "Which problem it is: a reference to where this document describes it.",
      examples: [problemType("not-found")],
    }),
    title: z.string().meta({ description: "The problem in a few words, always the same for one type." }),
    status: z.int().meta({ description: "The status code of the response." }),
    detail: z.string().meta({ description: "What happened here, and what to do." }),
    errors: z.array(errorSchema).max(MOST_ERRORS).optional().meta({ description: "What has to be corrected." }),
  })
  .meta({ description: "Why a request was not answered (RFC 9457)." });

export type Problem = z.infer<typeof problemSchema>;

/** The `type` of a problem: a place in the document, which anybody may read. */
export function problemType(code: ProblemCode): string {
  return `${OPENAPI_PATH}#/components/responses/${code}`;
}

/** A problem's body. @param detail one or two plain sentences; the problem's own if there is nothing to add */
export function makeProblem(code: ProblemCode, detail?: string, errors: readonly RequestError[] = []): Problem {
  const { status, title, means } = PROBLEMS[code];
  const body = { type: problemType(code), title, status, detail: detail ?? means };
  return errors.length > 0 ? { ...body, errors: errors.slice(0, MOST_ERRORS) } : body;
}

/** A place in a JSON document, written as in RFC 6901. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
