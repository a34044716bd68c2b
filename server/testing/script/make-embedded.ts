import { writeFileSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { migrationConnection } from "#server/base/db/embedded.ts";
import { migrate } from "#server/base/db/migrate.ts";

// Makes in the folder given what scripts/test-embedded.mjs copies from.
const [, , folder = ""] = process.argv;
const engine = await PGlite.create();
const write = async (name: string) => {
  const tar = await engine.dumpDataDir("none");
  writeFileSync(path.join(folder, name), Buffer.from(await tar.arrayBuffer()));
  return tar;
};
await write("initialised.tar");
await migrate(migrationConnection(engine), "prisma/migrations");
const loadDataDir = await write("migrated.tar");
await (await PGlite.create(path.join(folder, "migrated"), { loadDataDir })).close();
process.exit(0); // what is left open in memory needs no closing
