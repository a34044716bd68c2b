import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import type { Database } from "#server/base/db/database.ts";
import { createEmbedded } from "#server/base/db/embedded.ts";
import { embeddedOf } from "../../scripts/test-embedded.mjs";

export { putEmbedded } from "../../scripts/test-embedded.mjs";

/** The engine in memory without a table. */
export function createEngine(): Promise<PGlite> {
  return load("initialised.tar");
}

/** A migrated database in memory, without a row. */
export async function openInMemory(): Promise<Database> {
  return createEmbedded(await load("migrated.tar"), async () => {});
}

function load(kind: "initialised.tar" | "migrated.tar"): Promise<PGlite> {
  return PGlite.create({ loadDataDir: new Blob([readFileSync(embeddedOf(kind))]) });
}
