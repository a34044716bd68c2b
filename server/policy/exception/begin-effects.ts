import type { Actor } from "#domain/access/permission/permission.ts";
import type { RequestContent } from "#domain/policy/exception/request.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { Tx } from "#server/base/db/database.ts";
import { draftOn } from "./draft-service.ts";
import { insertDraft } from "./repository.ts";

/**
 * Writes a draft for somebody within another noun's transaction, which has checked what it says.
 * @param startKey the same key writes one draft
 * @returns its reference
 */
export async function beginException(
  tx: Tx,
  person: Actor,
  version: PolicyVersion,
  startKey: string,
  { clauses, ...content }: Omit<RequestContent, "scope" | "teamId" | "groupId" | "risks">,
): Promise<string> {
  return insertDraft(tx, { ...draftOn(person, version, startKey), ...content, clauses: [...clauses] });
}
