import { hashToPublish, type Publication } from "#server/base/content/publish.ts";
import { closeDatabase } from "#server/base/db/database.ts";
import { publishAnswerSchema, publishByCommand } from "#server/policy/proposal/command-service.ts";
import type { SigningRules } from "#domain/policy/proposal/proposal.ts";
import { commandEnvironment } from "./command.ts";
import { openUnlessInUse } from "./portal-database.ts";
import { askRunningPortal, notUnderstood } from "./running-portal.ts";

/**
 * Publishes a version that had to be signed: with the portal's database, or through the running portal that has it.
 * @returns why it was not published; null if it was
 * @throws Error if the database cannot be opened
 */
export async function publishSigned(
  directory: string,
  { slug, version }: { slug: string; version: string },
  publication: Publication,
  rules: SigningRules,
): Promise<string | null> {
  const hash = (await hashToPublish(directory, publication.content, { slug, version })) ?? "";
  const env = commandEnvironment();
  try {
    const command = { slug, version, hash };
    const answer = (await openUnlessInUse(env))
      ? await publishByCommand(command, { directory, publication, rules })
      : await askPortal(env, command);
    return answer.code === "done" ? null : answer.message;
  } finally {
    await closeDatabase();
  }
}

async function askPortal(env: ReturnType<typeof commandEnvironment>, command: object) {
  const { address, response } = await askRunningPortal(env, "policy-publish", "/api/policies/publish", command);
  const answer = publishAnswerSchema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !answer.success) throw notUnderstood(address);
  return answer.data;
}
