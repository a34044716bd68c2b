import type { ExceptionRecord, StepRecord } from "#server/policy/exception/queries.ts";

/** What a decider asked to be changed, as long as the request was not sent again; undefined where nothing is asked. */
export function askedChanges({ state, steps }: Pick<ExceptionRecord, "state" | "steps">): StepRecord | undefined {
  return state === "changes-requested" ? steps.findLast(({ command }) => command === "request-changes") : undefined;
}
