import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { makeSampleDirectory } from "../../../prisma/seed/sample-people.ts";
import { insertSampleDirectory } from "./repository.ts";

/** Adds the sample people of these bodies that are missing, all or none. For evaluation mode. */
export async function seedSamplePeople(
  prisma: PrismaClient,
  bodies: readonly { slug: string; employers: readonly string[] }[],
): Promise<void> {
  const directory = makeSampleDirectory(bodies);
  await prisma.$transaction((tx) => insertSampleDirectory(tx, directory), { timeout: 30_000 });
}
