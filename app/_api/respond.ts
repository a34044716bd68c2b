import { createHash } from "node:crypto";
import type { ApiRefusal } from "#domain/answers/api/answer.ts";
import { isNotModified } from "#domain/answers/api/entity-tag.ts";
import { makeProblem, PROBLEMS } from "#domain/answers/api/problem.ts";

/** A resource that can be fetched again: with its entity tag, or without a body if the client has it already. */
export function sendReadable(request: Request, resource: unknown): Response {
  const text = JSON.stringify(resource);
  const etag = `"${createHash("sha256").update(text, "utf8").digest("base64url")}"`;
  const headers = { etag, "cache-control": "private, no-cache", vary: "Authorization" };
  if (isNotModified(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
}

/** The result of a request that had a body. */
export function sendResult(resource: unknown): Response {
  return new Response(JSON.stringify(resource), {
    headers: { "content-type": "application/json", "cache-control": "no-store", vary: "Authorization" },
  });
}

/** @param headers in addition to those of every problem */
export function sendProblem(
  { code, detail, errors }: Pick<ApiRefusal, "code" | "detail" | "errors">,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(makeProblem(code, detail, errors)), {
    status: PROBLEMS[code].status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      vary: "Authorization",
      ...headers,
    },
  });
}

/** The header that says how to authenticate. @param more why what was sent is not sufficient */
export function challenge(more?: string): Record<string, string> {
  return { "www-authenticate": ['Bearer realm="With Care"', more].filter(Boolean).join(", ") };
}
