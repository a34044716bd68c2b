import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { migrationConnection } from "#server/base/db/embedded.ts";
import { migrate } from "#server/base/db/migrate.ts";

/** The schema, a file for each room. */
export const MODELS = "prisma/models";
export const MIGRATIONS = "prisma/migrations";

interface SchemaEngine {
  diff(request: object): Promise<{ exitCode: number; stdout: string }>;
}

/**
 * The SQL that takes a database with every checked-in migration to `prisma/models`; empty: no drift. Uses the schema
 * engine that Prisma publishes as WebAssembly: its CLI would download one.
 */
export async function diffSchema(): Promise<string> {
  const names = readdirSync(MODELS).sort();
  const files = names.map((name) => ({
    path: `${MODELS}/${name}`,
    content: readFileSync(`${MODELS}/${name}`, "utf8"),
  }));
  const database = await PGlite.create();
  if (readdirSync(MIGRATIONS).some((name) => /^\d/.test(name))) {
    await migrate(migrationConnection(database), MIGRATIONS);
    await database.exec(`DROP TABLE "_prisma_migrations"`);
  }
  const engine = await createEngine(files, database);
  const { stdout } = await engine.diff({
    from: { tag: "schemaDatasource", files, configDir: "." },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  await database.close();
  return stdout.includes("This is an empty migration") ? "" : stdout.trim();
}

async function createEngine(
  files: readonly { path: string; content: string }[],
  database: PGlite,
): Promise<SchemaEngine> {
  const require = createRequire(import.meta.url);
  // The package declares neither this entry nor its types.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const bindings: any = await import("@prisma/schema-engine-wasm/schema_engine_bg" as string);
  const wasm = require.resolve("@prisma/schema-engine-wasm").replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return bindings.SchemaEngine.new(
    { datamodels: files.map(({ path, content }) => [path, content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database)),
  );
}
