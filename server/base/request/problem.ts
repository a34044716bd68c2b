import { headers } from "next/headers";
import { shared } from "#server/base/process-shared.mjs";

/** Why a request is not served, passed by server/shell/http/problem-answer.mjs to the page that shows it. */
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
  /** The address at which to open this portal. */
  appUrl?: string;
  /** What was sent, so that it can be sent again; null if it was not a form. */
  form?: {
    action: string;
    fields: readonly { name: string; value: string }[];
    /** It included a file, which no page can keep. */
    hasFile: boolean;
  } | null;
  /** No answer to the commit was received: it may have been saved. */
  isUnsure?: boolean;
}

declare global {
  interface ProcessShared {
    /** What problem pages are to say, by number: from server/shell/http/problem-answer.mjs. */
    problems?: ReadonlyMap<string, RequestProblem>;
  }
}

/** What the current page is to say; null if somebody opened its address. */
export async function getRequestProblem(): Promise<RequestProblem | null> {
  const number = (await headers()).get("x-with-care-problem");
  return (number !== null && shared.problems?.get(number)) || null;
}
