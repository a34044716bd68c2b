import { openDatabase } from "#server/base/db/open-database.ts";

// Writes teams one after the other into the embedded database of the folder given; prints each once it is committed.
const { prisma } = await openDatabase({ databaseUrl: null, databaseOwnerUrl: null, dataDir: process.argv[2] ?? "" });
console.log("open");
for (let number = 1; ; number++) {
  await prisma.team.create({ data: { id: `t${number}`, body: "nao", name: `Team ${number}` } });
  console.log(`row ${number}.`);
}
