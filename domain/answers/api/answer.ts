/** The answer to a program's request: a resource, or a problem. */
import type { z } from "zod";
import { jsonPointer, type ProblemCode, type RequestError } from "./problem.ts";

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
