import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Fault } from "#domain/policy/decision/rule-file.ts";
import { journeyFaults } from "#domain/policy/policy/journey.ts";
import type { ReadContent } from "./read.ts";

/**
 * Finds the features that content names but no end-to-end test covers.
 * @param folder with `*.spec.ts` files
 * @returns null if the folder is missing: a portal installed for its users comes without its tests
 */
export async function checkJourneys({ versions, servedClauses }: ReadContent, folder: string): Promise<Fault[] | null> {
  const names = await readdir(folder).catch(() => null);
  if (!names) return null;
  const journeys = await Promise.all(
    names
      .filter((name) => name.endsWith(".spec.ts"))
      .sort()
      .map(async (name) => {
        const file = path.join(folder, name);
        return { name: file, text: await readFile(file, "utf8") };
      }),
  );
  const named = versions.flatMap(({ folder: version, rules }) =>
    rules
      ? {
          file: `${version}/rules.yaml`,
          obligations: [...rules.table.obligations.values()],
          served: rules.sources.served,
        }
      : [],
  );
  const ofClauses = Object.values(servedClauses).map((served) => {
    return { file: "served-clauses.yaml", obligations: [], served };
  });
  return journeyFaults([...named, ...ofClauses], journeys);
}
