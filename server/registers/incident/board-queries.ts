import "server-only";
import { readFromReplica } from "#server/base/db/replica.ts";
import { countAccidentsByPeriod, type AccidentCount } from "./board-repository.ts";

/**
 * Accidents and possible breaches by period, none left out. For what has authorised already.
 * @param starts of the periods, the oldest first; the last one is the end of all
 */
export async function readAccidentCounts(body: string, starts: readonly Date[]): Promise<AccidentCount[]> {
  const found = await readFromReplica((tx) => countAccidentsByPeriod(tx, body, starts));
  return starts
    .slice(0, -1)
    .map((_, period) => found.find((one) => one.period === period) ?? { period, accidents: 0, breaches: 0 });
}
