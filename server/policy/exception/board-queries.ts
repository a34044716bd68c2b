import "server-only";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { countDecisionsBetween, countExceptionsAt, type ExceptionsAtMoment } from "./board-repository.ts";

/** The exceptions of a body over time. */
export interface BoardExceptions {
  /** For each moment. */
  at: ExceptionsAtMoment[];
  /** Decided from the first moment to the last. */
  approved: number;
  declined: number;
}

/** The exceptions of a body at the ends of some days. For what has authorised already. @param from the beginning of all */
export async function readExceptionsAtMoments(
  body: string,
  moments: readonly DayEnd[],
  from: Date,
): Promise<BoardExceptions> {
  const until = moments.at(-1)?.at ?? from;
  return readFromReplica(async (tx) => {
    const [at, decided] = await Promise.all([
      countExceptionsAt(tx, body, moments),
      countDecisionsBetween(tx, body, from, until),
    ]);
    return { at, ...decided };
  });
}
