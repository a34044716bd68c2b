import "server-only";
import { headers } from "next/headers";
import { shared } from "#server/base/process-shared.mjs";

/** Why a request is not served, as server/shell/http/problem-answer.mjs tells the page that says it. */
export interface RequestProblem {
  kind:
    | "not-found"
    | "failed"
    | "away"
    | "foreign"
    | "signed-out"
    | "not-allowed"
    | "too-large"
    | "too-many-fields"
    | "too-complex"
    | "too-slow"
    | "too-many"
    | "busy";
  requestId: string;
  waitSeconds?: number;
  mostBytes?: number;
  /** Where this portal is to be opened. */
  appUrl?: string;
  /** What was sent, so that it can be sent again; null where it was no form. */
  form?: {
    action: string;
    fields: readonly { name: string; value: string }[];
    /** A file was with it, which no page can keep. */
    hasFile: boolean;
  } | null;
  /** The answer to the last word was not heard: it may be saved. */
  isUnsure?: boolean;
}

declare global {
  interface ProcessShared {
    /** What pages of problems are asked to say, by number: from server/shell/http/problem-answer.mjs. */
    problems?: ReadonlyMap<string, RequestProblem>;
  }
}

/** What the page at hand is asked to say; null where somebody opened its address. */
export async function getRequestProblem(): Promise<RequestProblem | null> {
  const number = (await headers()).get("x-with-care-problem");
  return (number !== null && shared.problems?.get(number)) || null;
}
