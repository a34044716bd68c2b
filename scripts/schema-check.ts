import { diffSchema } from "./schema-diff.ts";

// Drift check: fails if prisma/models differs from what the checked-in migrations create.
const sql = await diffSchema();
if (sql) {
  console.error(`prisma/models and prisma/migrations differ. Missing in the migrations:\n\n${sql}\n`);
  console.error("Write it with: npm run migration:new NAME");
  process.exit(1);
}
console.log("Schema and migrations agree.");
