import "server-only";
import { grouped } from "#domain/base/list/grouped.ts";
import type { IncidentKind } from "#domain/registers/incident/kind.ts";
import { appInWords } from "#domain/registers/incident/step.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { countAccidentsByKindAndApp, countAccidentsByPeriod, type AccidentCount } from "./board-repository.ts";

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

/** Accidents that a body came to know of between two moments. */
export interface AccidentFigures {
  byKind: { name: IncidentKind; count: number }[];
  /** By the app's name; null where it is not recorded. */
  byApp: { name: string | null; count: number }[];
  /** Those that may be about personal data. */
  breaches: number;
}

/** The accidents of a period by kind and by app. For what has authorised already. */
export async function readAccidentFigures(body: string, from: Date, until: Date): Promise<AccidentFigures> {
  const found = await readFromReplica((tx) => countAccidentsByKindAndApp(tx, body, from, until));
  const sum = (rows: typeof found, of: "count" | "breaches") => rows.reduce((all, row) => all + row[of], 0);
  const by = <Name>(nameOf: (row: (typeof found)[number]) => Name) =>
    [...grouped(found, nameOf)].map(([name, rows]) => ({ name, count: sum(rows, "count") }));
  return { byKind: by(({ kind }) => kind), byApp: by(({ app }) => appInWords(app)), breaches: sum(found, "breaches") };
}
