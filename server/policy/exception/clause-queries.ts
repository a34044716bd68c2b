import "server-only";
import { getDatabase } from "#server/base/db/database.ts";
import { listExceptions } from "./repository.ts";

/**
 * How many sent requests, and how many declined ones, named each clause of a version: clause → count. The caller
 * authorises: the counts of a body are shown with `clause.read-counts` (server/policy/question/count-queries.ts).
 */
export async function countByClause(on: {
  body: string;
  policy: string;
  version: string;
  hash: string;
}): Promise<{ asked: Map<string, number>; refused: Map<string, number> }> {
  const all = await listExceptions(getDatabase(), { body: on.body, policy: on.policy });
  const sent = all.filter(
    ({ submittedAt, version, hash }) => submittedAt !== null && version === on.version && hash === on.hash,
  );
  const count = (clauses: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const clause of clauses) counts.set(clause, (counts.get(clause) ?? 0) + 1);
    return counts;
  };
  return {
    asked: count(sent.flatMap(({ clauses }) => clauses)),
    refused: count(sent.filter(({ state }) => state === "declined").flatMap(({ clauses }) => clauses)),
  };
}
