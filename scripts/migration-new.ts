import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { diffSchema, MIGRATIONS } from "./schema-diff.ts";

// Writes the next migration from the difference between prisma/models and the checked-in migrations.
const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
  console.error("Usage: npm run migration:new NAME   (lower case, words joined by _, such as add_exception)");
  process.exit(1);
}
const sql = await diffSchema();
if (!sql) {
  console.log("Nothing to do: schema and migrations agree.");
  process.exit(0);
}
const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = path.join(MIGRATIONS, `${timestamp}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "migration.sql"), `${sql}\n`);
console.log(`Wrote ${folder}/migration.sql: read it, add triggers or data changes by hand, and check it in.`);
