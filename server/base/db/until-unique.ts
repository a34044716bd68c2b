import "server-only";
import { uniqueViolation } from "./unique-violation.ts";

/**
 * For a form sent twice, the second finds the first's row on its second try. A third is for a reference generated
 * twice.
 */
const TRIES = 3;

/**
 * Retries an insert into the table of `model` if one of its unique keys was taken meanwhile.
 * @param attempt first checks whether the row exists already, then inserts it
 * @throws what `attempt` throws, including a unique key still taken at the third try
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
