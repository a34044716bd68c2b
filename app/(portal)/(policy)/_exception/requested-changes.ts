import type { ExceptionRecord, StepRecord } from "#server/policy/exception/queries.ts";

/** The changes that a decider asked for, until the request is sent again; undefined if there are none. */
export function askedChanges({ state, steps }: Pick<ExceptionRecord, "state" | "steps">): StepRecord | undefined {
  return state === "changes-requested" ? steps.findLast(({ command }) => command === "request-changes") : undefined;
}
