import "server-only";
import { uniqueViolation } from "./unique-violation.ts";

/** A form sent twice: the one that comes second finds the first's row at its next try. A third is for a reference given twice. */
const TRIES = 3;

/**
 * Does what inserts into the table of `model` again when a unique key of it was taken meanwhile.
 * @param attempt looks first whether the row is there already, then inserts it
 * @throws what `attempt` throws, a unique key still taken at the third try included
 */
export async function untilUnique<Result>(model: string, attempt: () => Promise<Result>): Promise<Result> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || uniqueViolation(error)?.model !== model) throw error;
    }
  }
}
