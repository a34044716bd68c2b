import { grouped } from "#domain/base/list/grouped.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { countGroupsByTeamAndApp, type NamedCount } from "./repository.ts";

/** How many groups were on the register at a moment, by team and by app. For what has authorised already. */
export async function countGroupsAt(body: string, at: Date): Promise<{ byTeam: NamedCount[]; byApp: NamedCount[] }> {
  const found = await readFromReplica((tx) => countGroupsByTeamAndApp(tx, body, at));
  const sums = (nameOf: (row: (typeof found)[number]) => string | null) =>
    [...grouped(found, nameOf)].map(([name, rows]) => ({ name, count: rows.reduce((sum, row) => sum + row.count, 0) }));
  return { byTeam: sums(({ team }) => team), byApp: sums(({ app }) => app) };
}
