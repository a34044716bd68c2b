import { diffSchema } from "./schema-diff.ts";

// Drift check: fails when prisma/models says more or less than the checked-in migrations make.
const sql = await diffSchema();
if (sql) {
  console.error(`prisma/models and prisma/migrations differ. Missing in the migrations:\n\n${sql}\n`);
  console.error("Write it with: npm run migration:new NAME");
  process.exit(1);
}
console.log("Schema and migrations agree.");
